"""The keys of a screen beside what they do."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.help_sheet import open_help
from omsdesk.ui.navigation import Intent, by_key
from omsdesk.ui.widgets.label import Label


def intent(name: str, keys: str = "", *, is_possible: bool = True) -> Intent:
    return Intent(name, name.capitalize(), "package", lambda: None, keys, lambda: is_possible)


@pytest.fixture
def area(qtbot: QtBot, qapp: QApplication) -> Iterator[QWidget]:
    theme.apply(theme.load("light"), qapp)
    made = QWidget()
    QVBoxLayout(made).addWidget(QLineEdit())
    made.resize(1000, 700)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.activateWindow()
    yield made
    theme.apply(theme.load("light"), qapp)


def said(sheet: QWidget) -> list[str]:
    return [label.text() for label in sheet.findChildren(Label)]


def test_what_has_a_key_is_listed_and_what_has_none_is_not(area: QWidget) -> None:
    sheet = open_help([intent("pay", "F12"), intent("hold"), intent("find", "Ctrl+K")], area)
    assert sheet.isVisible()
    assert [word for word in said(sheet) if word in {"Pay", "Hold", "Find"}] == ["Pay", "Find"]


@pytest.mark.parametrize("count", [0, 1, 2, 7, 40])
def test_any_number_of_keys_stands_in_two_columns_without_covering_one_another(area: QWidget, count: int) -> None:
    sheet = open_help([intent(f"do {number}", f"Ctrl+{number}") for number in range(count)], area)
    QApplication.processEvents()
    labels = [label for label in sheet.findChildren(Label) if label.text().startswith("Do ")]
    assert len(labels) == count
    assert len({label.x() for label in labels}) == min(count, 2)
    for one, other in pairwise(labels):
        assert not one.geometry().intersects(other.geometry())
    assert not sheet.grab().isNull()


@pytest.mark.parametrize("scale", [1.0, 2.0])
def test_long_keys_and_large_letters_fit_their_caps(area: QWidget, qapp: QApplication, scale: float) -> None:
    theme.apply(theme.load("contrast", scale), qapp)
    sheet = open_help([intent("pay", "Ctrl+Shift+Return"), intent("x", "F1")], area)
    caps = [part for part in sheet.findChildren(QWidget) if type(part).__name__ == "_Cap"]
    assert len(caps) == 2
    assert caps[0].sizeHint().width() > caps[1].sizeHint().width()
    assert all(cap.minimumSizeHint() == cap.sizeHint() for cap in caps)
    for cap in caps:
        assert not cap.grab().isNull()


def test_esc_closes_it_and_it_is_gone(area: QWidget, qtbot: QtBot) -> None:
    sheet = open_help([intent("pay", "F12")], area)
    with qtbot.waitSignal(sheet.destroyed):
        QTest.keyClick(sheet, Qt.Key.Key_Escape)


# --- what the keys of the help mean -----------------------------------------------------------------------------------


def test_a_cap_shows_a_key_as_it_stands_on_keyboards() -> None:
    assert intent("a", "Ctrl+Return").cap == "Ctrl Enter"
    assert intent("a", "F2").cap == "F2"
    assert intent("a").cap == ""


def test_a_key_finds_what_it_means_unless_that_is_not_possible_now() -> None:
    found = by_key([intent("pay", "F12"), intent("void", "F4", is_possible=False), intent("hold")])
    assert {keys: meant.name for keys, meant in found.items()} == {"F12": "pay"}
    assert QKeySequence("F12").toString() in found
