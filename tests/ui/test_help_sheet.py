"""The help: what is in front explained, with the keys that hold there, and every other page beside it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QImage, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.help_pages import all_pages
from omsdesk.ui.help_sheet import HelpSheet, open_help
from omsdesk.ui.navigation import Intent, by_key
from omsdesk.ui.till.screen import Mode
from tests.ui.till.conftest import station, till
from tests.ui.till.shop import Station, code_of

__all__ = ["station", "till"]


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


def told(sheet: HelpSheet) -> str:
    return sheet.content.text.toPlainText()


# --- what is shown ----------------------------------------------------------------------------------------------------


def test_the_page_of_what_is_in_front_is_shown_and_marked(area: QWidget) -> None:
    sheet = open_help([intent("pay", "F12")], area, "hold")
    assert sheet.isVisible()
    assert told(sheet).startswith("Hold a sale")
    assert sheet.content.list.currentIndex().row() == 0
    assert sheet.content.list.name_of(0).startswith("Hold a sale")


def test_what_has_a_key_is_listed_and_what_has_none_is_not(area: QWidget) -> None:
    sheet = open_help([intent("pay", "F12"), intent("fold"), intent("find", "Ctrl+K")], area, "hold")
    keys = told(sheet).partition("Keys here")[2]
    assert "Pay" in keys
    assert "Find" in keys
    assert "Fold" not in keys


def test_what_can_be_done_now_comes_before_what_cannot(area: QWidget) -> None:
    sheet = open_help([intent("undo", "Ctrl+Z", is_possible=False), intent("pay", "F12")], area, "hold")
    keys = told(sheet).partition("Keys here")[2]
    assert keys.index("Pay") < keys.index("Undo")


def test_keys_of_this_place_are_not_shown_with_another_page(area: QWidget) -> None:
    sheet = open_help([intent("pay", "F12")], area, "hold")
    sheet.content.list.move_to(1)
    assert "Keys here" not in told(sheet)
    assert not told(sheet).startswith("Hold a sale")
    sheet.content.list.move_to(0)
    assert "Keys here" in told(sheet)


def test_a_place_without_a_page_has_its_keys(area: QWidget) -> None:
    assert "Pay" in told(open_help([intent("pay", "F12")], area))


@pytest.mark.parametrize("count", [0, 1, 2, 7, 40])
def test_any_number_of_keys_is_listed_once_each(area: QWidget, count: int) -> None:
    sheet = open_help([intent(f"do {number:02}", f"Ctrl+{number}") for number in range(count)], area, "hold")
    assert told(sheet).count("Do ") - all_pages()["hold"].text.count("Do ") == count
    assert not sheet.grab().isNull()


@pytest.mark.parametrize(("scale", "ratio"), [(1.0, 1.0), (2.0, 1.0), (1.0, 2.0)])
def test_a_key_is_drawn_as_large_as_its_letters(area: QWidget, qapp: QApplication, scale: float, ratio: float) -> None:
    from omsdesk.ui.help_sheet import _drawn

    theme.apply(theme.load("contrast", scale), qapp)
    short, long = _drawn("F1", ratio), _drawn("Ctrl Shift Enter", ratio)
    assert long.width() > short.width()
    assert short.height() >= 20 * scale * ratio
    assert short.pixelColor(round(10 * ratio), round(10 * ratio)).alpha() == 255
    assert short.pixelColor(0, 0).alpha() == 0


def test_keys_are_found_by_their_address(area: QWidget) -> None:
    text = open_help([], area, "hold").content.text
    assert isinstance(text.loadResource(2, QUrl("key:Ctrl%20K")), QImage)
    assert not isinstance(text.loadResource(2, QUrl("nothing.png")), QImage)


@pytest.mark.parametrize("name", theme.THEMES)
def test_it_follows_the_theme(area: QWidget, qapp: QApplication, name: str) -> None:
    sheet = open_help([intent("pay", "F12")], area, "sell")
    theme.apply(theme.load(name), qapp)
    QApplication.processEvents()
    assert theme.current().colour.text.name() in sheet.content.text.toHtml()


# --- searching --------------------------------------------------------------------------------------------------------


def test_typing_finds_pages_and_shows_the_best(area: QWidget) -> None:
    sheet = open_help([intent("pay", "F12")], area, "sell")
    QTest.keyClicks(sheet.content.field, "forgot pin")
    assert told(sheet).startswith("Sign in")
    QTest.keyClick(sheet.content.field, Qt.Key.Key_Down)
    assert sheet.content.list.currentIndex().row() == min(1, sheet.content.list.count() - 1)


def test_what_nobody_wrote_about_is_said(area: QWidget) -> None:
    sheet = open_help([], area, "sell")
    QTest.keyClicks(sheet.content.field, "xylophone")
    assert not sheet.content.list.isVisible()
    assert sheet.content.nothing.isVisible()
    assert "xylophone" in sheet.content.nothing.sentence.text()


def test_a_long_page_is_turned_by_the_keys_for_it(area: QWidget) -> None:
    area.resize(1000, 320)
    sheet = open_help([intent(f"do {number}", f"Ctrl+{number}") for number in range(9)], area, "sell")
    QApplication.processEvents()
    bar = sheet.content.text.verticalScrollBar()
    QTest.keyClick(sheet.content.field, Qt.Key.Key_PageDown)
    assert bar.value() > 0
    QTest.keyClick(sheet.content.field, Qt.Key.Key_PageUp)
    assert bar.value() == 0


def test_back_empties_the_search_then_closes(area: QWidget, qtbot: QtBot) -> None:
    sheet = open_help([intent("pay", "F12")], area, "hold")
    QTest.keyClicks(sheet.content.field, "pin")
    sheet.back()
    assert sheet.isVisible()
    assert told(sheet).startswith("Hold a sale")
    with qtbot.waitSignal(sheet.destroyed):
        sheet.back()


# --- at a till that runs ----------------------------------------------------------------------------------------------


def page_at(till: Station) -> str:
    till.press(Qt.Key.Key_F1)
    sheet = till.window._help
    assert sheet is not None
    title = told(sheet).splitlines()[0]
    till.press(Qt.Key.Key_Escape)
    assert till.window._help is None
    return title


def test_every_view_of_the_till_has_its_page(till: Station) -> None:
    for mode in Mode:
        assert till.screen.view(mode).help_page in all_pages()  # type: ignore[attr-defined]


def test_help_follows_what_the_cashier_does(till: Station) -> None:
    assert page_at(till) == "Sell goods"
    till.press(Qt.Key.Key_F3)
    assert page_at(till) == "Check a price"
    till.press(Qt.Key.Key_Escape)
    till.scan(code_of("guji"))
    till.press(Qt.Key.Key_F12)
    assert page_at(till) == "Take the money"
    till.press(Qt.Key.Key_Return)
    till.settle()
    assert page_at(till) == "After the sale"


def test_a_key_that_was_read_about_does_what_it_does(till: Station) -> None:
    till.press(Qt.Key.Key_F1)
    till.press(Qt.Key.Key_F3)
    assert till.window._help is None
    assert page_at(till) == "Check a price"


def test_enter_in_the_help_does_nothing_below_it(till: Station) -> None:
    till.scan("4099999999990")
    assert till.state.counter.notice is not None
    till.press(Qt.Key.Key_F1)
    till.press(Qt.Key.Key_Return)
    assert till.window._help is not None
    assert not till.state.unknown.code


def test_a_scan_reaches_the_ticket_and_typing_the_search(till: Station) -> None:
    till.press(Qt.Key.Key_F1)
    till.scan(code_of("guji"))
    assert len(till.state.session.lines) == 1
    till.type_in("pin")
    sheet = till.window._help
    assert sheet is not None
    till.until(lambda: sheet.content.field.text() == "pin")


def test_the_rail_leads_to_it_and_back(till: Station) -> None:
    till.window.rail.help_pressed.emit()
    assert till.window._help is not None
    till.window.rail.help_pressed.emit()
    assert till.window._help is None


def test_whoever_is_locked_out_is_told_how_to_sign_in(station: Station) -> None:
    assert page_at(station.start(is_signed_in=False)) == "Sign in, switch, lock"


def test_pages_come_with_the_program() -> None:
    wheel = (Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    assert '"resources" = "omsdesk/resources"' in wheel


# --- what the keys of the help mean -----------------------------------------------------------------------------------


def test_a_cap_shows_a_key_as_it_stands_on_keyboards() -> None:
    assert intent("a", "Ctrl+Return").cap == "Ctrl Enter"
    assert intent("a", "F2").cap == "F2"
    assert intent("a").cap == ""


def test_a_key_finds_what_it_means_unless_that_is_not_possible_now() -> None:
    found = by_key([intent("pay", "F12"), intent("void", "F4", is_possible=False), intent("hold")])
    assert {keys: meant.name for keys, meant in found.items()} == {"F12": "pay"}
    assert QKeySequence("F12").toString() in found
