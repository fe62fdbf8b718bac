"""The search field takes every key, hands ↑ and ↓ to the list below it and is emptied by Esc or its cross."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


@pytest.fixture
def field(show: Show) -> SearchField:
    """Show a focused field."""
    made = show(SearchField("Scan or type", "F2"), 500, 52)
    made.setFocus()
    QApplication.processEvents()
    return made


def test_it_is_framed_blue_while_it_listens(field: SearchField) -> None:
    accent = theme.current().colour.accent
    assert [field.grab().toImage().pixelColor(250, y) for y in (0, 1)] == [accent, accent]
    field.clearFocus()
    image = field.grab().toImage()
    assert image.pixelColor(250, 0) == theme.current().colour.edge
    assert image.pixelColor(250, 1) == theme.current().colour.surface


def test_arrows_go_to_the_list_and_letters_stay(field: SearchField) -> None:
    steps: list[int] = []
    field.stepped.connect(steps.append)
    QTest.keyClicks(field, "oat")
    QTest.keyClick(field, Qt.Key.Key_Down)
    QTest.keyClick(field, Qt.Key.Key_Up)
    assert field.text() == "oat"
    assert steps == [1, -1]


def test_escape_empties_it_first_and_then_belongs_to_the_screen(show: Show) -> None:
    heard: list[int] = []

    class Screen(QWidget):
        def keyPressEvent(self, event: object) -> None:
            heard.append(event.key())  # type: ignore[attr-defined]

    screen = Screen()
    field = SearchField("Scan or type")
    QVBoxLayout(screen).addWidget(field)
    show(screen)
    field.setFocus()
    emptied: list[bool] = []
    field.cleared.connect(lambda: emptied.append(True))
    QTest.keyClicks(field, "oat")
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert field.text() == ""
    assert emptied == [True]
    assert heard == []
    QTest.keyClick(field, Qt.Key.Key_Escape)
    assert heard == [Qt.Key.Key_Escape]


def test_the_cross_is_there_only_with_text_and_empties_it(field: SearchField) -> None:
    cross = QPoint(500 - 26, 26)
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=cross)
    QTest.keyClicks(field, "oat")
    QTest.mouseClick(field, Qt.MouseButton.LeftButton, pos=cross)
    assert field.text() == ""


def test_the_pointer_shows_what_can_be_pressed(field: SearchField) -> None:
    field.setText("oat")
    QTest.mouseMove(field, QPoint(474, 26))
    assert field.cursor().shape() == Qt.CursorShape.ArrowCursor
    QTest.mouseMove(field, QPoint(100, 26))
    assert field.cursor().shape() == Qt.CursorShape.IBeamCursor


def test_enter_is_heard(field: SearchField) -> None:
    entered: list[str] = []
    field.returnPressed.connect(lambda: entered.append(field.text()))
    QTest.keyClicks(field, "4006381333931")
    QTest.keyClick(field, Qt.Key.Key_Return)
    assert entered == ["4006381333931"]


def test_its_name_is_its_question(field: SearchField) -> None:
    assert field.accessibleName() == field.placeholderText() == "Scan or type"


def test_it_grows_with_the_text(field: SearchField, qapp: QApplication) -> None:
    theme.apply(theme.load("dark", 1.5), qapp)
    assert field.sizeHint().height() == 78
    assert field.font().pixelSize() == 24
    field.clearFocus()
    assert field.grab().toImage().pixelColor(250, 5) == theme.current().colour.surface


def test_what_was_searched_for_before_does_not_come_back(field: SearchField) -> None:
    QTest.keyClicks(field, "cof")
    field.clear()
    QTest.keyClick(field, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == ""
