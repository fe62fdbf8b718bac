"""One pill is chosen, by finger, arrow or Alt and a digit; more pills than fit scroll sideways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QAccessible, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.widgets.pill_bar import PillBar

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton
NAMES = ("Favourites", "Coffee", "Drinks", "Bakery", "Equipment", "Gift cards", "Tea", "Syrups", "Cups", "Books")


@pytest.fixture
def bar(show: Show) -> PillBar:
    """Show ten pills in room for five."""
    made = show(PillBar("Categories"), 556, 48)
    made.set_pills([(name.lower(), name) for name in NAMES])
    return made


def test_the_first_pill_is_chosen_silently(bar: PillBar) -> None:
    assert bar.chosen_key() == "favourites"
    spoken: list[object] = []
    bar.chosen.connect(spoken.append)
    bar.set_pills([("a", "A"), ("b", "B")])
    assert spoken == []
    assert bar.chosen_key() == "a"


def test_a_tapped_pill_turns_dark_and_says_so(bar: PillBar) -> None:
    chosen: list[object] = []
    bar.chosen.connect(chosen.append)
    QTest.mouseClick(bar.viewport(), LEFT, pos=bar.shown_rect(1).center())
    assert chosen == ["coffee"]
    edge = bar.shown_rect(1).center() - QPoint(0, 14)
    assert bar.grab().toImage().pixelColor(edge) == theme.current().colour.text


def test_alt_and_a_digit_choose_from_any_field_of_the_window(show: Show) -> None:
    screen = QWidget()
    column = QVBoxLayout(screen)
    field, bar = QLineEdit(), PillBar("Categories")
    column.addWidget(field)
    column.addWidget(bar)
    bar.set_pills([(name, name) for name in NAMES[:4]])
    show(screen, 600, 120)
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_3, Qt.KeyboardModifier.AltModifier)
    assert bar.chosen_key() == "Drinks"
    QTest.keyClick(field, Qt.Key.Key_9, Qt.KeyboardModifier.AltModifier)
    assert bar.chosen_key() == "Drinks", "there is no ninth"
    assert field.text() == ""


def test_a_second_bar_on_a_screen_leaves_the_keys_to_the_first(show: Show) -> None:
    screen = QWidget()
    column = QVBoxLayout(screen)
    bars = [PillBar("Categories"), PillBar("Dates", has_keys=False)]
    for bar in bars:
        bar.set_pills([(name, name) for name in NAMES[:4]])
        column.addWidget(bar)
    show(screen, 600, 160)
    QTest.keyClick(screen, Qt.Key.Key_2, Qt.KeyboardModifier.AltModifier)
    assert [bar.chosen_key() for bar in bars] == ["Coffee", "Favourites"]


def test_arrow_keys_walk_and_enter_chooses(bar: PillBar) -> None:
    chosen: list[object] = []
    bar.chosen.connect(chosen.append)
    bar.setFocus()
    QTest.keyClick(bar, Qt.Key.Key_Right)
    QTest.keyClick(bar, Qt.Key.Key_Right)
    QTest.keyClick(bar, Qt.Key.Key_Return)
    assert chosen == ["drinks"]


def test_hidden_pills_are_announced_and_reached_by_the_arrow(bar: PillBar) -> None:
    assert not bar.viewport().rect().contains(bar.shown_rect(9))
    for _ in range(4):
        QTest.mouseClick(bar.viewport(), LEFT, pos=QPoint(540, 24))
    assert bar.shown_rect(9).right() < 460, "not under the arrows"
    assert bar.chosen_key() == "favourites", "paging chooses nothing"
    for _ in range(4):
        QTest.mouseClick(bar.viewport(), LEFT, pos=QPoint(490, 24))
    assert bar.horizontalOffset() == 0


def test_wheel_and_drag_scroll_sideways(bar: PillBar) -> None:
    place = QPointF(100, 20)
    wheel = QWheelEvent(
        place, bar.mapToGlobal(place), QPoint(), QPoint(0, -120), LEFT.NoButton,
        Qt.KeyboardModifier.NoModifier, Qt.ScrollPhase.NoScrollPhase, False,
    )  # fmt: skip
    QApplication.sendEvent(bar.viewport(), wheel)
    assert bar.horizontalOffset() == 120
    QTest.mousePress(bar.viewport(), LEFT, pos=QPoint(300, 20))
    QTest.mouseMove(bar.viewport(), QPoint(250, 20))
    QTest.mouseRelease(bar.viewport(), LEFT, pos=QPoint(250, 20))
    assert bar.horizontalOffset() == 170


def test_a_pill_chosen_by_key_comes_into_view(bar: PillBar) -> None:
    bar.choose(8)
    assert bar.shown_rect(8).left() >= 0
    assert bar.shown_rect(8).right() <= 460, "not under the arrows"


def test_a_screen_reader_finds_the_pills(bar: PillBar) -> None:
    reader = QAccessible.queryAccessibleInterface(bar)
    assert reader.text(QAccessible.Text.Name) == "Categories"
    assert [reader.child(number).text(QAccessible.Text.Name) for number in range(3)] == list(NAMES[:3])


def test_larger_text_makes_larger_pills(bar: PillBar, qapp: QApplication) -> None:
    small = bar.cell_rect(0)
    theme.apply(theme.load("light", 1.5), qapp)
    assert bar.cell_rect(0).width() > small.width()
    assert bar.sizeHint().height() == 72


def test_an_empty_bar_has_no_choice(show: Show) -> None:
    bar = show(PillBar("Categories"))
    assert bar.chosen_key() is None
    QTest.mouseClick(bar.viewport(), LEFT, pos=QPoint(10, 10))
    bar.choose(0)
    assert bar.chosen_key() is None
