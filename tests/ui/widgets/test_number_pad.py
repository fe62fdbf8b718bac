"""Digits for a finger: what the pad emits and how it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.number_pad import NumberPad, PadKey

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


def test_it_gives_way_to_what_stands_above_it(show: Show) -> None:
    pad = NumberPad()
    pad.give_way()
    room = QWidget()
    above = QWidget()
    above.setMinimumHeight(200)
    made = column(above, pad, 1)
    made.setStretch(1, 100)
    room.setLayout(made)
    for height, low in ((800, pad.sizeHint().height()), (430, 222)):
        show(room, 400, height)
        QApplication.processEvents()
        assert abs(pad.height() - low) < 4, height
    assert room.minimumSizeHint().height() < 430


def test_every_key_of_the_pad_says_what_it_is(show: Show) -> None:
    pad = show(NumberPad(","), 320, 320)
    keyed: list[str] = []
    pad.keyed.connect(keyed.append)
    for name in pad.buttons:
        QTest.mouseClick(pad.buttons[name], LEFT)
    assert sorted(keyed) == sorted([*"0123456789", "00", ".", "backspace", "clear", "enter"])
    assert set(keyed) >= {str(key) for key in PadKey}


def test_the_key_that_ends_the_entry_is_larger_than_a_digit(show: Show) -> None:
    pad = show(NumberPad(), 320, 320)
    assert pad.sizeHint().width() == 4 * 72 + 3 * 8
    assert pad.buttons["enter"].height() > 2 * pad.buttons["5"].height()
    assert pad.buttons["enter"].grab().toImage().pixelColor(10, 60) == theme.current().colour.pay
    assert min(button.height() for button in pad.buttons.values()) >= 48


def test_digits_stand_as_on_a_till(show: Show) -> None:
    pad = show(NumberPad(), 320, 320)
    places = {name: (button.y(), button.x()) for name, button in pad.buttons.items()}
    assert sorted("1234567890", key=lambda digit: places[digit]) == list("7894561230")


def test_a_currency_without_cents_has_no_decimal_key(show: Show) -> None:
    pad = show(NumberPad(has_decimal=False), 320, 320)
    keyed: list[str] = []
    pad.keyed.connect(keyed.append)
    QTest.mouseClick(pad.buttons["."], LEFT)
    assert keyed == []


def test_the_pad_never_takes_the_focus(show: Show) -> None:
    screen = QWidget()
    column = QVBoxLayout(screen)
    field, pad = QLineEdit(), NumberPad()
    column.addWidget(field)
    column.addWidget(pad)
    show(screen, 320, 400)
    field.setFocus()
    QTest.mouseClick(pad.buttons["7"], LEFT)
    assert screen.focusWidget() is field


def test_pads_grow_with_the_text(qapp: QApplication) -> None:
    small = NumberPad().sizeHint()
    theme.apply(theme.load("light", 1.25), qapp)
    assert NumberPad().sizeHint().width() > small.width()
    assert NumberPad().minimumSizeHint().height() <= 260
