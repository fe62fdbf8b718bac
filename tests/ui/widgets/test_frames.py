"""What stands around the work: rail, panels, strips, empty lists, paper."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QHBoxLayout

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.banner import Banner, BannerLook
from omsdesk.ui.widgets.card import Card, Panel
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.paper_view import PaperView
from omsdesk.ui.widgets.rail import Rail
from tests.ui.widgets.compositions import PLACES, paper

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

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


def test_the_rail_fits_a_low_screen(rail: Rail) -> None:
    assert rail.minimumSizeHint().height() <= 480
    rail.resize(76, 480)
    QApplication.processEvents()
    assert all(entry.height() >= 48 for entry in rail._entries.values())


def test_the_rail_is_walked_by_tab(rail: Rail) -> None:
    rail._entries["sell"].setFocus()
    QTest.keyClick(rail._entries["sell"], Qt.Key.Key_Tab)
    assert rail.focusWidget() is rail._entries["orders"]


def test_a_panel_draws_only_the_lines_it_was_asked_for(show: Show) -> None:
    panel = show(Panel(Qt.Edge.LeftEdge | Qt.Edge.TopEdge), 100, 80)
    image, look = panel.grab().toImage(), theme.current()
    assert image.pixelColor(0, 40) == look.colour.line
    assert image.pixelColor(50, 0) == look.colour.line
    assert image.pixelColor(99, 40) == look.colour.surface
    assert image.pixelColor(50, 79) == look.colour.surface


@pytest.mark.parametrize("kind", [Panel, Card])
def test_an_alarm_frames_a_panel_all_around(show: Show, kind: type[Panel]) -> None:
    panel = show(kind(), 100, 80)
    panel.set_alarm(Tone.WARN)
    image, warn = panel.grab().toImage(), theme.current().colour.warn
    assert [image.pixelColor(*place) for place in ((1, 40), (98, 40), (50, 1), (50, 78))] == [warn] * 4
    panel.set_alarm(None)
    assert theme.current().colour.warn.name() not in colours(panel)


def test_a_card_has_round_corners(show: Show) -> None:
    card = show(Card(), 100, 80)
    image = card.grab().toImage()
    assert image.pixelColor(0, 0) == theme.current().colour.bg
    assert image.pixelColor(50, 40) == theme.current().colour.surface


def test_a_banner_is_silent_until_it_has_something_to_say(show: Show) -> None:
    host = Panel()
    row = QHBoxLayout(host)
    banner = Banner()
    row.addWidget(banner)
    show(host, 600, 80)
    assert not banner.isVisible()
    banner.say("Offline. 14 sales wait.", Tone.WARN, "cloud-off", "Try now", "F5")
    assert banner.isVisible()
    assert banner.text() == banner.accessibleName() == "Offline. 14 sales wait."
    pressed: list[bool] = []
    banner.pressed.connect(lambda: pressed.append(True))
    QTest.mouseClick(banner.button, LEFT)
    assert pressed == [True]
    banner.say("Online again.", Tone.OK, "cloud-check")
    assert not banner.button.isVisible()


def test_a_loud_banner_can_be_seen_from_afar(show: Show) -> None:
    banner = show(Banner(BannerLook.LOUD, size=28, height=96), 700, 96)
    banner.say("Not in this order: Oat milk", Tone.BAD, "circle-x")
    assert banner.sizeHint().height() >= 96
    assert banner.grab().toImage().pixelColor(690, 50) == theme.current().colour.bad
    banner.say("V60 dripper 1 / 1", Tone.OK, "circle-check")
    assert banner.grab().toImage().pixelColor(690, 50) == theme.current().colour.ok


def test_training_is_striped(show: Show) -> None:
    plain, striped = show(Banner(), 600, 52), show(Banner(BannerLook.STRIPED), 600, 52)
    for banner in (plain, striped):
        banner.say("Training", Tone.WARN, "graduation-cap")
    line = [{banner.grab().toImage().pixelColor(x, 10).name() for x in range(300, 590)} for banner in (plain, striped)]
    assert len(line[0]) == 1
    assert len(line[1]) > 5


def test_an_empty_list_explains_itself_and_offers_one_thing(show: Show) -> None:
    empty = show(EmptyState("inbox", "No open orders. New web orders appear here.", "Connect a shop"), 400, 400)
    pressed: list[bool] = []
    empty.pressed.connect(lambda: pressed.append(True))
    button = empty.findChild(KeyButton)
    assert isinstance(button, KeyButton)
    QTest.mouseClick(button, LEFT)
    assert pressed == [True]
    empty.set_content("search", "Nothing matches.")
    assert QAccessible.queryAccessibleInterface(empty.sentence).text(QAccessible.Text.Name) == "Nothing matches."


def test_an_empty_list_without_a_way_out_has_no_button(show: Show) -> None:
    empty = show(EmptyState("inbox", "All packed."), 300, 300)
    assert not empty.button.isVisible()
    assert empty.minimumSizeHint().height() < 300


def test_paper_lies_on_a_desk_and_never_grows_beyond_its_size(show: Show) -> None:
    view = show(PaperView("Receipt"), 500, 300)
    view.show_pages([paper(), paper()])
    QApplication.processEvents()
    image = view.grab().toImage()
    desk = theme.current().colour.desk
    assert image.pixelColor(20, 100) == desk
    assert image.pixelColor(240, 30) == QColor("white")
    assert view._paper._places[0].width() == 280
    assert view.verticalScrollBar().maximum() > 400
    view.verticalScrollBar().setValue(9999)
    view.resize(200, 300)
    QApplication.processEvents()
    assert view._paper._places[0].width() < 200


def test_paper_that_is_no_picture_is_an_error_in_words(show: Show) -> None:
    view = show(PaperView("Receipt"))
    with pytest.raises(ValueError, match="no picture"):
        view.show_pages([b"%PDF-1.7"])


@pytest.mark.parametrize("kind", ["rail", "panel", "banner", "paper", "empty"])
def test_everything_follows_a_new_theme(show: Show, qapp: QApplication, kind: str) -> None:
    made: QWidget = {
        "rail": lambda: Rail(PLACES),
        "panel": Panel,
        "banner": Banner,
        "paper": lambda: PaperView("Receipt"),
        "empty": lambda: EmptyState("inbox", "Nothing here."),
    }[kind]()
    show(made, 300, 500)
    if isinstance(made, Banner):
        made.say("Offline", Tone.WARN, "cloud-off")
    before = made.grab().toImage()
    theme.apply(theme.load("dark"), qapp)
    QApplication.processEvents()
    assert made.grab().toImage() != before
