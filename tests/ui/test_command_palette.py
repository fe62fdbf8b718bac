"""Everything that can be done, found by a few letters of its name and taken by Enter."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.command_palette import WIDTH, CommandPalette
from omsdesk.ui.navigation import Intent

LABELS = {
    "pay": "Take payment",
    "hold": "Hold the sale",
    "return": "Take goods back",
    "cafe": "Café orders",
    "report": "Report so far",
}


class Desk(QWidget):
    """An area with a field that has the focus, and what was done there."""

    def __init__(self) -> None:
        super().__init__()
        self.done: list[str] = []
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)
        self.resize(1000, 700)

    def intents(self) -> list[Intent]:
        def act(name: str) -> Intent:
            return Intent(name, LABELS[name], "package", lambda: self.done.append(name), "F12" if name == "pay" else "")

        return [act(name) for name in LABELS]

    def palette(self) -> CommandPalette:  # type: ignore[override]
        return CommandPalette(self.intents(), self)


@pytest.fixture
def desk(qtbot: QtBot, qapp: QApplication) -> Iterator[Desk]:
    theme.apply(theme.load("light"), qapp)
    made = Desk()
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    made.field.setFocus()
    QApplication.processEvents()
    yield made
    theme.apply(theme.load("light"), qapp)


def offered(palette: CommandPalette) -> list[str]:
    return [palette.results.name_of(row) for row in range(palette.results.count())]


# --- finding ----------------------------------------------------------------------------------------------------------


def test_it_opens_over_the_area_with_everything_and_takes_the_typing(desk: Desk) -> None:
    palette = desk.palette()
    assert palette.isVisible()
    assert len(offered(palette)) == len(LABELS)
    assert offered(palette)[0] == "Take payment, F12"
    assert palette.field.hasFocus()
    assert desk.rect().contains(palette.geometry())
    assert abs(palette.geometry().center().x() - desk.rect().center().x()) <= 1


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("ta", ["Take payment, F12", "Take goods back"]),
        ("back ta", ["Take goods back"]),
        ("TAKE  PAY", ["Take payment, F12"]),
        ("cafe", ["Café orders"]),
        ("CAFÉ", ["Café orders"]),
        ("ayment", []),
        ("zzz", []),
        ("   ", list(range(len(LABELS)))),
    ],
)
def test_words_may_be_short_in_any_order_and_without_accents(desk: Desk, typed: str, found: list[str]) -> None:
    palette = desk.palette()
    QTest.keyClicks(palette.field, typed)
    assert len(offered(palette)) == len(found)
    if typed.strip():
        assert offered(palette) == found


@pytest.mark.parametrize("typed", ["%", "\\", "'", "[", "(a|b)*", "\u202e", "🍵", "x" * 5000])
def test_signs_that_mean_something_to_programs_mean_nothing_here(desk: Desk, typed: str) -> None:
    palette = desk.palette()
    palette.field.setText(typed)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.done == [] or offered(palette)
    assert not palette.grab().isNull()


# --- doing ------------------------------------------------------------------------------------------------------------


def test_enter_does_the_best_match_once_and_gives_the_focus_back(desk: Desk, qtbot: QtBot) -> None:
    palette = desk.palette()
    QTest.keyClicks(palette.field, "goods")
    with qtbot.waitSignal(palette.closed):
        QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.done == ["return"]
    assert not palette.isVisible()
    assert desk.field.hasFocus()


def test_arrows_walk_and_enter_takes_where_they_stopped(desk: Desk) -> None:
    palette = desk.palette()
    for _ in range(2):
        QTest.keyClick(palette.field, Qt.Key.Key_Down)
    QTest.keyClick(palette.field, Qt.Key.Key_Up)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.done == ["hold"]


def test_a_tap_takes_what_it_touches(desk: Desk) -> None:
    palette = desk.palette()
    rect = palette.results.shown_rect(2)
    QTest.mouseClick(palette.results.viewport(), Qt.MouseButton.LeftButton, pos=rect.center())
    assert desk.done == ["return"]


def test_enter_without_a_match_does_nothing_and_stays(desk: Desk) -> None:
    palette = desk.palette()
    QTest.keyClicks(palette.field, "zzz")
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert desk.done == []
    assert palette.isVisible()


def test_esc_empties_the_field_first_and_closes_then(desk: Desk, qtbot: QtBot) -> None:
    palette = desk.palette()
    QTest.keyClicks(palette.field, "pay")
    QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert palette.isVisible()
    assert palette.field.text() == ""
    with qtbot.waitSignal(palette.closed):
        QTest.keyClick(palette.field, Qt.Key.Key_Escape)
    assert desk.done == []
    assert desk.field.hasFocus()


def test_what_had_the_focus_may_have_gone_meanwhile(desk: Desk) -> None:
    """A shift is closed elsewhere and the screen below is built anew while somebody looks for a command."""
    palette = desk.palette()
    shiboken6.delete(desk.field)
    palette.close_palette()
    assert not palette.isVisible()


# --- room -------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [(1920, 1080), (640, 480), (300, 200), (40, 40)])
@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_it_stays_inside_its_area_however_small(
    desk: Desk, size: tuple[int, int], scale: float, qapp: QApplication
) -> None:
    theme.apply(theme.load("light", scale), qapp)
    desk.setMinimumSize(1, 1)
    palette = desk.palette()
    desk.resize(*size)
    assert palette.width() <= max(desk.width(), palette.minimumSizeHint().width())
    assert palette.width() <= theme.current().px(WIDTH)
    assert palette.geometry().left() >= min(0, (desk.width() - palette.minimumSizeHint().width()) // 2)
    assert not palette.grab().isNull()


def test_it_is_as_high_as_what_it_found(desk: Desk) -> None:
    palette = desk.palette()
    full = palette.height()
    QTest.keyClicks(palette.field, "goods")
    assert palette.height() < full


def test_no_commands_at_all_are_an_empty_list(desk: Desk) -> None:
    palette = CommandPalette([], desk)
    QTest.keyClick(palette.field, Qt.Key.Key_Return)
    assert offered(palette) == []
    assert palette.isVisible()


def test_a_screen_reader_hears_what_it_is_for(desk: Desk) -> None:
    palette = desk.palette()
    reader = QAccessible.queryAccessibleInterface(palette.field)
    assert reader.text(QAccessible.Text.Name) == "What do you want to do?"
    assert palette.accessibleName() == palette.results.accessibleName() == "Commands"
