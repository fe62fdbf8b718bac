"""What the service holds back is listed, and passes when somebody who may lets it."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from omsdesk.domain.body import to_json
from omsdesk.domain.catalogue import ProductEdit, ProductsSaved
from omsdesk.store.journal import GENESIS, Sealed, seal
from omsdesk.sync.messages import Run
from omsdesk.ui.sync.held_session import HeldSession
from omsdesk.ui.sync.office import NO_RIGHT
from omsdesk.ui.sync.screen import SyncScreen
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
    assert session.title(entry) == "Catalogue: products saved"
    assert entry.reason == "Nobody here knows who changed products and prices."
    line = session.line(entry)
    assert "eve" in line
    assert "the station-" in line


def test_who_may_lets_it_pass_and_everybody_hears_it(session: HeldSession, desk: Desk) -> None:
    session.release(session.entries[0])
    until(lambda: not session.entries)
    assert session.done
    until(lambda: desk.shop.reader.value("SELECT name FROM product WHERE id = 'bread'") == "Bread")


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
