"""What the service holds back is listed, and passes when somebody who may lets it."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from omsdesk.domain.body import to_json
from omsdesk.domain.catalogue import ProductEdit, ProductsSaved
from omsdesk.store.journal import GENESIS, Sealed, seal
from omsdesk.sync.messages import Run
from omsdesk.ui.navigation import by_key
from omsdesk.ui.sync.held_session import HeldSession
from omsdesk.ui.sync.office import NO_RIGHT
from omsdesk.ui.sync.screen import SyncScreen
from omsdesk.ui.widgets.key_button import KeyButton
from tests.ui.back_office import BEN, until
from tests.ui.sync.desks import Desk, House


def forge(house: House) -> None:
    """Let a station tell of a product that nobody who works here made."""
    station = house.running.station(house.tenant)
    body = to_json(ProductsSaved("b1", (ProductEdit("bread", name="Bread"),)))
    bare = Sealed(1, 1, 1_790_000_000_000, 60, "eve", "b1", ProductsSaved.kind, 1, body, b"")
    entry = bare._replace(hash=seal(station.device, 1, GENESIS, bare))
    assert station.push(Run(1, 0, GENESIS, (entry,))).status == 200
    station.hang_up()


@pytest.fixture
def session(desk: Desk, house: House) -> HeldSession:
    until(desk.is_synced)
    forge(house)
    made = HeldSession(desk.office, lambda device: f"the {device}")
    made.refresh()
    until(lambda: made.entries)
    return made


def test_what_is_held_says_what_who_and_where(session: HeldSession) -> None:
    (entry,) = session.entries
    assert entry.reason == "Nobody here knows who changed products and prices."
    line = session.line(entry)
    assert "eve" in line
    assert "the station-" in line


def test_who_may_lets_it_pass_and_everybody_hears_it(session: HeldSession, desk: Desk) -> None:
    session.release(session.entries[0])
    until(lambda: not session.entries)
    assert session.done
    until(lambda: desk.shop.reader.value("SELECT name FROM product WHERE id = 'bread'") == "Bread")


def test_what_is_turned_away_is_asked_twice_kept_with_a_name_and_heard_by_nobody(
    session: HeldSession, desk: Desk
) -> None:
    (entry,) = session.entries
    session.turn_away()
    assert session.entries == (entry,), "nobody asked for it"
    session.ask_to_turn_away(entry)
    session.keep()
    session.turn_away()
    assert session.entries == (entry,)
    session.ask_to_turn_away(entry)
    session.turn_away()
    until(lambda: not session.entries)
    assert "No other station" in session.done
    ((refused, by, _),) = session.turned_away
    here = desk.office.person()
    assert here is not None
    assert (refused, by) == (entry, here.id)
    assert f"Turned away by {here.name} · " in session.refused_line(session.turned_away[0])
    desk.exchange.sync_now()
    until(desk.is_synced)
    assert desk.shop.reader.value("SELECT name FROM product WHERE id = 'bread'") is None


def test_who_may_not_let_it_pass_may_not_turn_it_away(session: HeldSession, desk: Desk) -> None:
    desk.shop.person = BEN
    session.ask_to_turn_away(session.entries[0])
    assert (session.asked, session.refusal) == (None, NO_RIGHT)


def test_somebody_else_cannot_answer_the_question(session: HeldSession, desk: Desk) -> None:
    session.ask_to_turn_away(session.entries[0])
    desk.shop.person = BEN
    session.turn_away()
    assert session.refusal == NO_RIGHT
    assert len(session.entries) == 1


def test_who_may_not_is_told_so(session: HeldSession, desk: Desk) -> None:
    desk.shop.person = BEN
    session.release(session.entries[0])
    assert session.refusal == NO_RIGHT
    assert len(session.entries) == 1


def test_a_service_that_is_down_is_said_to_be(session: HeldSession, house: House) -> None:
    house.go_down()
    session.release(session.entries[0])
    until(lambda: session.refusal)
    assert "answer" in session.refusal


def test_the_page_has_a_place_for_it_while_there_is_something(qtbot: QtBot, desk: Desk, house: House) -> None:
    until(desk.is_synced)
    screen = SyncScreen(desk.office)
    qtbot.addWidget(screen)
    screen.show()
    assert "held" not in [key for key, _ in screen._labels]
    forge(house)
    screen.arrived()
    until(lambda: ("held", "Held back (1)") in screen._labels)
    screen.show_part("held")
    words = [label.text() for label in screen.held.cards.findChildren(QLabel)]
    assert "Nobody here knows who changed products and prices." in words


# ---- the page


@pytest.fixture
def screen(qtbot: QtBot, desk: Desk, house: House) -> SyncScreen:
    """The page with two changes that wait."""
    until(desk.is_synced)
    forge(house)
    forge(house)
    made = SyncScreen(desk.office)
    qtbot.addWidget(made)
    made.resize(1024, 768)
    made.show()
    made.activateWindow()
    made.show_part("held")
    until(lambda: len(made.held.cards.cards) == 2)
    return made


def press(screen: SyncScreen, key: str) -> None:
    """Press a key of the page, if it means anything now."""
    intent = by_key(screen.intents()).get(key)
    if intent is not None:
        intent.act()


def test_a_change_is_turned_away_by_keys_alone(screen: SyncScreen, qtbot: QtBot) -> None:
    session, first = screen.held.session, screen.held.cards.cards[0]
    assert not any(button.hasFocus() for button in screen.held.findChildren(KeyButton)), "nothing is offered to Enter"
    assert (first.let_pass.key, screen.held.cards.cards[1].let_pass.key) == ("Ctrl 1", "")
    press(screen, "Ctrl+2")
    assert first.warning.isVisible()
    assert "cannot be taken back" in first.warning.text()
    assert first.keep.hasFocus(), "Enter does nothing that cannot be taken back"
    assert by_key(screen.intents()).keys().isdisjoint({"Ctrl+1", "Ctrl+2"})
    qtbot.keyClick(first.keep, Qt.Key.Key_Escape)
    assert (session.asked, first.warning.isVisible()) == (None, False)
    assert first.ask.hasFocus()
    press(screen, "Ctrl+2")
    qtbot.keyClick(first.keep, Qt.Key.Key_Tab)
    assert first.refuse.hasFocus()
    entry = first.entry
    qtbot.keyClick(first.refuse, Qt.Key.Key_Return)
    until(lambda: len(screen.held.cards.cards) == 1)
    assert entry not in session.entries
    assert screen.held.cards.cards[0].ask.hasFocus(), "the next one, and not the button that lets it pass"
    words = [label.text() for label in screen.held.refused.findChildren(QLabel)]
    assert any("Turned away by" in word for word in words)


def test_a_change_is_let_pass_by_a_key(screen: SyncScreen) -> None:
    press(screen, "Ctrl+1")
    until(lambda: len(screen.held.cards.cards) == 1)
    assert not screen.held.below.isVisible()


def test_what_was_turned_away_can_be_looked_at_when_nothing_waits_any_more(screen: SyncScreen) -> None:
    for left in (1, 0):
        press(screen, "Ctrl+2")
        screen.held.session.turn_away()
        until(lambda left=left: len(screen.held.session.entries) == left)  # type: ignore[misc]
    screen.show_part("standing")
    assert ("held", "Held back") in screen._labels
    screen.show_part("held")
    until(lambda: not screen.held.session.is_busy)
    assert screen.held.below.isVisible()
    assert "The service holds nothing back." in [label.text() for label in screen.held.findChildren(QLabel)]
    assert len(screen.held.refused.cards) == 2


def test_stations_are_called_by_name_once_the_names_are_known(screen: SyncScreen) -> None:
    screen.stations.session.refresh()
    until(lambda: screen.stations.session.stations)
    card = screen.held.cards.cards[0]
    name = screen.stations.session.name(card.entry.device)
    until(lambda: name in card.line.text())
