"""Rows of editors: any number, each with its own bin and its own mistake."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit
from pytestqt.qtbot import QtBot

from omsdesk.ui.widgets.field_card import Value, combo
from omsdesk.ui.widgets.row_table import Column, RowTable

COLUMNS = (
    Column("name", "Name", QLineEdit, 3),
    Column("kind", "Kind", combo),
    Column("is_open", "Open", QCheckBox),
)
OFFERS = {"kind": [("x", "Ex"), ("y", "Why")]}
ROWS: tuple[dict[str, Value], ...] = (
    {"name": "one", "kind": "x", "is_open": True},
    {"name": "two", "kind": "y", "is_open": False},
)


def table(qtbot: QtBot, bin_: str = "Remove it") -> RowTable:
    """Show two rows."""
    made = RowTable(COLUMNS, bin_)
    qtbot.addWidget(made)
    made.resize(600, 200)
    made.show_rows(ROWS, OFFERS)
    made.show()
    return made


def test_values_stand_in_their_columns(qtbot: QtBot) -> None:
    made = table(qtbot)
    name, kind, tick = (made.editor(1, column.name) for column in COLUMNS)
    assert isinstance(name, QLineEdit)
    assert isinstance(kind, QComboBox)
    assert isinstance(tick, QCheckBox)
    assert (name.text(), kind.currentText(), tick.isChecked()) == ("two", "Why", False)
    assert name.accessibleName() == "Name"


def test_typing_is_told_with_row_and_column(qtbot: QtBot) -> None:
    made = table(qtbot)
    told: list[tuple[int, str, object]] = []
    made.edited.connect(lambda row, name, value: told.append((row, name, value)))
    QTest.keyClicks(made.editor(1, "name"), "!")
    QTest.keyClick(made.editor(0, "is_open"), Qt.Key.Key_Space)
    assert told == [(1, "name", "!two"), (0, "is_open", False)]


def test_rows_come_and_go(qtbot: QtBot) -> None:
    made = table(qtbot)
    gone: list[int] = []
    made.removed.connect(gone.append)
    QTest.mouseClick(made.bin(1), Qt.MouseButton.LeftButton)
    assert gone == [1]
    made.show_rows(ROWS[:1], OFFERS)
    assert made.count() == 1
    made.show_rows((*ROWS, *ROWS), OFFERS)
    assert made.count() == 4
    made.show_rows(())
    assert not made.isVisible()


def test_a_mistake_stands_below_its_row(qtbot: QtBot) -> None:
    made = table(qtbot)
    assert made.show_errors({1: "Two is too many."}) is made.editor(1, "name")
    assert made.error(1) == "Two is too many."
    assert made.error(0) == ""
    assert made.show_errors({}) is None
    assert made.error(1) == ""


def test_what_may_not_be_changed_is_shown_and_has_no_bin(qtbot: QtBot) -> None:
    made = table(qtbot)
    made.show_rows(ROWS, OFFERS, may_edit=False)
    assert not made.editor(0, "name").isEnabled()
    assert not made.bin(0).isVisible()
    assert not table(qtbot, "").bin(0).isVisible()
