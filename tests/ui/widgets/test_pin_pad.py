"""A PIN by finger or keyboard, which nobody reads out."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QVBoxLayout, QWidget

from omsdesk.ui.widgets.pin_pad import LONGEST, PinPad

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


@pytest.fixture
def pin(show: Show) -> PinPad:
    """Show a pad for four digits."""
    made = show(PinPad(4), 300, 400)
    made.setFocus()
    return made


def test_a_pin_is_complete_with_its_last_digit(pin: PinPad) -> None:
    entered: list[str] = []
    pin.submitted.connect(entered.append)
    for digit in "20":
        QTest.mouseClick(pin.buttons[digit], LEFT)
    QTest.keyClicks(pin, "46")
    assert entered == ["2046"]


def test_a_mistyped_digit_can_be_taken_back(pin: PinPad) -> None:
    entered: list[str] = []
    pin.submitted.connect(entered.append)
    QTest.keyClicks(pin, "209")
    QTest.keyClick(pin, Qt.Key.Key_Backspace)
    QTest.mouseClick(pin.buttons["Delete last digit"], LEFT)
    QTest.keyClicks(pin, "046")
    assert entered == ["2046"]


@pytest.mark.parametrize(
    "modifier", [Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.MetaModifier]
)
def test_a_digit_that_is_a_command_is_no_part_of_a_pin(pin: PinPad, modifier: Qt.KeyboardModifier) -> None:
    entered: list[str] = []
    pin.submitted.connect(entered.append)
    QTest.keyClick(pin, Qt.Key.Key_4, modifier)
    QTest.keyClick(pin, Qt.Key.Key_F4)
    QTest.keyClicks(pin, "204")
    assert entered == []
    QTest.keyClick(pin, Qt.Key.Key_6, Qt.KeyboardModifier.KeypadModifier)
    assert entered == ["2046"]


def test_a_pin_of_any_length_ends_with_enter(show: Show) -> None:
    pin = show(PinPad(), 300, 400)
    entered: list[str] = []
    pin.submitted.connect(entered.append)
    pin.setFocus()
    QTest.keyClick(pin, Qt.Key.Key_Return)
    QTest.keyClicks(pin, "123456789012")
    QTest.mouseClick(pin.buttons["Enter"], LEFT)
    assert entered == ["12345678"]
    assert len(entered[0]) == LONGEST


def test_a_wrong_pin_shakes_says_so_and_starts_again(pin: PinPad, qtbot: QtBot) -> None:
    QTest.keyClicks(pin, "11")
    pin.show_wrong("That PIN is not known here. Try again.")
    offsets: set[int] = set()

    def has_swung() -> bool:
        offsets.add(pin._dots.offset())
        return min(offsets) < 0 < max(offsets)

    qtbot.waitUntil(has_swung)
    assert "not known" in pin._message.text()
    qtbot.waitUntil(lambda: pin._dots.offset() == 0)
    entered: list[str] = []
    pin.submitted.connect(entered.append)
    QTest.keyClicks(pin, "2046")
    assert entered == ["2046"]
    assert pin._message.text() == ""


def test_nobody_reads_the_digits_out(pin: PinPad) -> None:
    QTest.keyClicks(pin, "207")
    spoken = [widget.accessibleName() for widget in pin.findChildren(QWidget)]
    shown = [label.text() for label in pin.findChildren(QLabel)]
    assert "3 digits entered" in spoken
    assert not any("207" in text for text in spoken + shown)


def test_other_keys_belong_to_the_screen(show: Show) -> None:
    heard: list[str] = []

    class Screen(QWidget):
        def keyPressEvent(self, event: object) -> None:
            heard.append(event.text())  # type: ignore[attr-defined]

    screen = Screen()
    pin = PinPad(4)
    QVBoxLayout(screen).addWidget(pin)
    show(screen, 320, 400)
    pin.setFocus()
    QTest.keyClicks(pin, "a²")
    assert heard[0] == "a"
