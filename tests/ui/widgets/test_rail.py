"""The rail leads somewhere, marks where one is, counts what waits and shows who works."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from omsdesk.ui import theme
from omsdesk.ui.widgets.painting import text_width
from omsdesk.ui.widgets.rail import Rail, RailEntry
from tests.ui.widgets.compositions import PLACES

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget
    from pytestqt.qtbot import QtBot

    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


def colours(widget: QWidget) -> set[str]:
    """Every colour of a widget."""
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


@pytest.fixture
def rail(show: Show) -> Rail:
    """Show the rail of a shop."""
    made = Rail(PLACES)
    return show(made, 76, 768)


def test_the_rail_leads_somewhere_and_marks_it(rail: Rail) -> None:
    chosen: list[str] = []
    rail.chosen.connect(chosen.append)
    rail.set_current("sell")
    QTest.mouseClick(rail._entries["orders"], LEFT)
    QTest.mouseClick(rail._entries["orders"], LEFT)
    assert chosen == ["orders", "orders"]
    assert [key for key, entry in rail._entries.items() if entry.isChecked()] == ["orders"]


def test_a_scan_that_was_heard_lights_up_for_a_moment(rail: Rail, qtbot: QtBot) -> None:
    before = rail.grab().toImage()
    rail.flash()
    assert rail.grab().toImage() != before
    qtbot.waitUntil(lambda: rail.grab().toImage() == before)


def test_scans_that_wait_are_counted(rail: Rail) -> None:
    before = rail.grab().toImage()
    rail.set_waiting(2)
    assert rail.grab().toImage() != before
    assert rail.accessibleDescription() == "2 scans wait"
    rail.set_waiting(0)
    assert rail.grab().toImage() == before


def test_a_place_is_called_otherwise(rail: Rail) -> None:
    rail.set_entry(RailEntry("orders", "user", "Sign in"))
    entry = rail._entries["orders"]
    assert (entry.label, entry.icon_name, entry.accessibleName()) == ("Sign in", "user", "Sign in")


def test_a_badge_counts_for_eyes_and_ears(rail: Rail) -> None:
    badge = theme.current().colour.badge.name()
    assert badge not in colours(rail)
    rail.set_badge("orders", "7")
    assert badge in colours(rail)
    assert rail._entries["orders"].accessibleName() == "Orders, 7"
    rail.set_badge("orders", "")
    assert rail._entries["orders"].accessibleName() == "Orders"
    assert badge not in colours(rail)


def test_the_person_stands_at_the_bottom_and_can_be_pressed(rail: Rail) -> None:
    pressed: list[bool] = []
    rail.user_pressed.connect(lambda: pressed.append(True))
    rail.set_user("Anna Maria Klein")
    assert rail._user.accessibleName() == "Anna Maria Klein"
    assert rail._user.geometry().bottom() > 700
    QTest.mouseClick(rail._user, LEFT)
    assert pressed == [True]


def test_help_stands_above_the_person_with_its_key(rail: Rail) -> None:
    pressed: list[bool] = []
    rail.help_pressed.connect(lambda: pressed.append(True))
    assert rail._help.accessibleName() == "F1 Help"
    assert rail._help.geometry().bottom() < rail._user.geometry().top()
    QTest.mouseClick(rail._help, LEFT)
    assert pressed == [True]
    assert not rail._help.isChecked(), "nobody goes anywhere"


@pytest.mark.parametrize("scale", theme.SCALES)
def test_every_word_has_room_at_every_text_size(rail: Rail, scale: float, qapp: QApplication) -> None:
    theme.apply(theme.load("light", scale), qapp)
    longer = Rail([*PLACES, RailEntry("products", "tag", "Products")])
    longer.resize(longer.sizeHint().width(), 768)
    longer.ensurePolished()
    layout = longer.layout()
    assert layout is not None
    layout.activate()
    for entry in (*longer._entries.values(), longer._help):
        word = text_width(theme.current().font(14, 600), entry.label)
        assert word <= entry.width(), f"{entry.label} at {scale:.0%}"
    theme.apply(theme.load("light"), qapp)
    longer.deleteLater()


@pytest.mark.parametrize("scale", theme.SCALES)
def test_nine_places_have_their_words_on_a_low_screen(rail: Rail, scale: float, qapp: QApplication) -> None:
    theme.apply(theme.load("light", scale), qapp)
    many = Rail([RailEntry(str(number), "tag", "Customers") for number in range(9)])
    many.resize(many.sizeHint().width(), 768)
    many.show()
    QApplication.processEvents()
    entry = many._entries["4"]
    image = many.grab(entry.geometry()).toImage()
    beside_the_icon = [
        (x, y)
        for x in range(4, entry.width() // 2 - 24)
        for y in range(4, entry.height() - 4)
        if image.pixelColor(x, y).lightness() > 90
    ]
    assert beside_the_icon, "a word is wider than its icon"
    theme.apply(theme.load("light"), qapp)
    many.deleteLater()


def test_the_rail_fits_a_low_screen(rail: Rail) -> None:
    assert rail.minimumSizeHint().height() <= 480
    rail.resize(76, 480)
    QApplication.processEvents()
    assert all(entry.height() >= 48 for entry in rail._entries.values())


def test_the_rail_is_walked_by_tab(rail: Rail) -> None:
    rail._entries["sell"].setFocus()
    QTest.keyClick(rail._entries["sell"], Qt.Key.Key_Tab)
    assert rail.focusWidget() is rail._entries["orders"]
