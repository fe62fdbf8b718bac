"""A finger scrolls a page by dragging it, and a tap stays a tap."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit, QPushButton, QScrollArea, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.flicking import WideBar, flick, scrolling
from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton
_NO_KEYS = Qt.KeyboardModifier.NoModifier


class Page(QScrollArea):
    """Buttons and a field below one another, twice as high as the page."""

    def __init__(self) -> None:
        super().__init__()
        body = QWidget()
        column = QVBoxLayout(body)
        self.taps: list[int] = []
        self.field = QLineEdit("some words")
        column.addWidget(self.field)
        self.buttons = [QPushButton(str(number)) for number in range(16)]
        for number, button in enumerate(self.buttons):
            button.setMinimumHeight(48)
            button.clicked.connect(lambda _=False, number=number: self.taps.append(number))
            column.addWidget(button)
        self.setWidget(body)
        self.setWidgetResizable(True)
        flick(self)


@pytest.fixture
def page(show: Show) -> Page:
    return show(Page(), 400, 400)


def place(page: Page, widget: QWidget, at: QPoint) -> QPoint:
    return widget.mapTo(page.window(), at)


def drag(page: Page, widget: QWidget, *steps: QPoint) -> None:
    """Press, move through the steps and let go, as the system tells the window."""
    handle = page.window().windowHandle()
    assert handle is not None
    points = [place(page, widget, step) for step in steps]
    kinds = QEvent.Type
    moves = [(kinds.MouseMove, point) for point in points[1:]]
    for kind, point in ((kinds.MouseButtonPress, points[0]), *moves, (kinds.MouseButtonRelease, points[-1])):
        there = QPointF(point)
        button = Qt.MouseButton.NoButton if kind is kinds.MouseMove else LEFT
        held = Qt.MouseButton.NoButton if kind is kinds.MouseButtonRelease else LEFT
        event = QMouseEvent(kind, there, QPointF(handle.mapToGlobal(point)), button, held, _NO_KEYS)
        QApplication.sendEvent(handle, event)
        QTest.qWait(12)


def test_a_drag_scrolls_and_presses_nothing(page: Page, qtbot: QtBot) -> None:
    start = QPoint(100, 20)
    drag(page, page.buttons[4], *(start - QPoint(0, 12 * step) for step in range(14)))
    qtbot.waitUntil(lambda: page.verticalScrollBar().value() > 60, timeout=20_000)
    assert page.taps == []
    qtbot.waitUntil(lambda: not any(button.isDown() for button in page.buttons), timeout=20_000)


@pytest.mark.parametrize("jitter", [QPoint(0, 0), QPoint(3, 2), QPoint(0, 6), QPoint(-4, -4), QPoint(7, 0)])
def test_every_tap_is_a_tap_even_of_a_finger_that_trembles(page: Page, qtbot: QtBot, jitter: QPoint) -> None:
    for number in range(5):
        drag(page, page.buttons[number], QPoint(60, 20), QPoint(60, 20) + jitter)
    assert page.taps == [0, 1, 2, 3, 4]
    assert page.verticalScrollBar().value() == 0


def test_a_press_is_felt_before_the_finger_is_lifted(page: Page, qtbot: QtBot) -> None:
    handle = page.window().windowHandle()
    assert handle is not None
    QTest.mousePress(handle, LEFT, pos=place(page, page.buttons[1], QPoint(60, 20)))
    qtbot.waitUntil(page.buttons[1].isDown, timeout=20_000)
    QTest.mouseRelease(handle, LEFT, pos=place(page, page.buttons[1], QPoint(60, 20)))
    assert page.taps == [1]


def test_a_tap_after_a_flick_stops_it_or_is_a_tap(page: Page, qtbot: QtBot) -> None:
    drag(page, page.buttons[5], *(QPoint(100, 20) - QPoint(0, 16 * step) for step in range(8)))
    qtbot.wait(600)
    at = page.verticalScrollBar().value()
    qtbot.waitUntil(lambda: at == page.verticalScrollBar().value())
    seen = page.viewport().rect()
    shown = next(row for row in page.buttons if seen.contains(QRect(row.mapTo(page.viewport(), QPoint()), row.size())))
    drag(page, shown, QPoint(60, 20), QPoint(60, 20))
    assert page.taps == [page.buttons.index(shown)]


def test_a_field_takes_the_focus_by_a_tap(page: Page) -> None:
    page.buttons[0].setFocus()
    drag(page, page.field, QPoint(20, 8), QPoint(20, 8))
    assert page.field.hasFocus()


def test_a_bar_beside_fields_and_buttons_is_as_wide_as_a_finger(show: Show, qapp: QApplication) -> None:
    theme.apply(theme.load("light"), qapp)
    column = CardColumn([[QPushButton(str(number))] for number in range(40)])
    page = show(column, 400, 400)
    assert page.verticalScrollBar().width() >= 44
    text = QPlainTextEdit("line\n" * 40)
    assert show(text, 400, 200).verticalScrollBar().width() < 44, "a small field keeps its room"


def test_a_view_that_needs_more_than_there_is_scrolls_by_a_bar_for_fingers_and_sideways_never(qtbot: QtBot) -> None:
    view = QWidget()
    view.setMinimumSize(300, 2000)
    frame = scrolling(view)
    qtbot.addWidget(frame)
    frame.resize(400, 300)
    frame.show()
    qtbot.waitUntil(lambda: frame.verticalScrollBar().maximum() > 0, timeout=20_000)
    assert isinstance(frame.verticalScrollBar(), WideBar)
    assert frame.horizontalScrollBarPolicy() is Qt.ScrollBarPolicy.ScrollBarAlwaysOff
