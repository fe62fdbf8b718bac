"""A sheet covers the work area, keeps the keyboard to itself and leaves everything as it was."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import shiboken6
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


class Screen(QWidget):
    """A work area with a field, and a sheet with two fields and a button."""

    def __init__(self) -> None:
        super().__init__()
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        body = QWidget()
        column = QVBoxLayout(body)
        self.first, self.second = QLineEdit(), QLineEdit()
        column.addWidget(self.first)
        column.addWidget(self.second)
        self.save = KeyButton("Save")
        self.sheet = Sheet("Customer", body, self, [self.save])


@pytest.fixture
def screen(show: Show) -> Screen:
    """Show the screen with the focus in its field."""
    made = show(Screen(), 600, 400)
    made.field.setFocus()
    return made


def focus(screen: Screen) -> QWidget | None:
    """Who hears the keyboard."""
    return screen.focusWidget()


def test_it_covers_the_area_and_follows_its_size(screen: Screen) -> None:
    assert not screen.sheet.isVisible()
    screen.sheet.open_sheet()
    assert screen.sheet.geometry() == screen.rect()
    screen.resize(800, 500)
    QApplication.processEvents()
    assert screen.sheet.geometry() == screen.rect()


def test_it_takes_the_focus_and_gives_it_back(screen: Screen) -> None:
    screen.sheet.open_sheet()
    assert focus(screen) is screen.first
    closed: list[bool] = []
    screen.sheet.closed.connect(lambda: closed.append(True))
    QTest.keyClick(screen.first, Qt.Key.Key_Escape)
    assert not screen.sheet.isVisible()
    assert focus(screen) is screen.field
    assert closed == [True]
    screen.sheet.close_sheet()
    assert closed == [True], "closed is closed"


def test_tab_stays_inside(screen: Screen) -> None:
    screen.sheet.open_sheet()
    seen = []
    for _ in range(8):
        current = focus(screen)
        assert current is not None
        seen.append(current)
        QTest.keyClick(current, Qt.Key.Key_Tab)
    assert screen.field not in seen
    assert {screen.first, screen.second, screen.save} <= set(seen)
    screen.first.setFocus()
    QTest.keyClick(screen.first, Qt.Key.Key_Backtab)
    assert focus(screen) not in {screen.first, screen.field}


def test_its_back_button_closes_it(screen: Screen) -> None:
    screen.sheet.open_sheet()
    back = next(button for button in screen.sheet.findChildren(KeyButton) if button.label == "Back")
    QTest.mouseClick(back, Qt.MouseButton.LeftButton)
    assert not screen.sheet.isVisible()


def test_a_form_is_not_stretched_over_a_wide_screen(show: Show) -> None:
    screen = show(QWidget(), 1200, 600)
    body = QLineEdit()
    sheet = Sheet("Customer", body, screen, body_width=480)
    sheet.open_sheet()
    QApplication.processEvents()
    assert body.width() == 480
    assert sheet.accessibleName() == sheet.title.text() == "Customer"


def test_a_long_body_scrolls_on_a_small_screen(show: Show) -> None:
    screen = show(QWidget(), 500, 300)
    body = QWidget()
    column = QVBoxLayout(body)
    for _ in range(20):
        column.addWidget(QLineEdit())
    sheet = Sheet("Customer", body, screen)
    sheet.open_sheet()
    QApplication.processEvents()
    assert sheet.height() == 300
    assert body.height() > 400


def test_it_closes_although_what_had_the_focus_has_gone(screen: Screen) -> None:
    """Otherwise nobody hears that it closed, and its key never opens it again."""
    screen.sheet.open_sheet()
    shiboken6.delete(screen.field)
    closed: list[bool] = []
    screen.sheet.closed.connect(lambda: closed.append(True))
    screen.sheet.close_sheet()
    assert closed == [True]
    assert not screen.sheet.isVisible()


def test_an_area_of_any_size_is_covered(screen: Screen) -> None:
    screen.setMinimumSize(1, 1)
    screen.sheet.open_sheet()
    for width, height in ((1, 1), (90, 40), (3000, 60)):
        screen.resize(width, height)
        QApplication.processEvents()
        assert screen.sheet.geometry() == screen.rect()
        assert not screen.sheet.grab().isNull()


def test_a_sheet_of_words_only_keeps_the_keyboard_all_the_same(show: Show) -> None:
    area = show(QWidget(), 400, 300)
    sheet = Sheet("About", QWidget(), area)
    sheet.open_sheet()
    QTest.keyClick(sheet, Qt.Key.Key_Tab)
    QTest.keyClick(sheet, Qt.Key.Key_Backtab)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    assert not sheet.isVisible()


def test_the_second_half_of_a_double_click_presses_nothing_below_the_pointer(screen: Screen) -> None:
    pressed: list[bool] = []
    screen.save.clicked.connect(lambda: pressed.append(True))
    screen.sheet.open_sheet()
    place = QPointF(screen.save.rect().center())
    left, none = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    for kind in (QEvent.Type.MouseButtonDblClick, QEvent.Type.MouseButtonRelease):
        at = screen.save.mapToGlobal(place)
        QApplication.sendEvent(screen.save, QMouseEvent(kind, place, at, left, left, none))
    assert pressed == []
    QTest.mouseClick(screen.save, left)
    assert len(pressed) == 1
