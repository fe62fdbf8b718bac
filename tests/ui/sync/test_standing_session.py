"""How it stands, in figures and in words; and the way out."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.store import exchange as notes
from omsdesk.store.database import open_database
from omsdesk.sync.codes import invitation
from omsdesk.sync.enrolment import reach
from omsdesk.sync.keys import KeyRing
from omsdesk.sync.state import Phase
from omsdesk.sync.turn import take_turn
from omsdesk.ui.sync.office import NO_RIGHT
from omsdesk.ui.sync.standing_session import StandingSession
from tests.ui.back_office import BEN, until
from tests.ui.sync.desks import Desk, House, Opens


def test_a_station_by_itself_says_how_to_begin(alone: Desk) -> None:
    session = StandingSession(alone.office)
    assert session.needs_code
    assert session.words.label == "This till only"
    assert session.how_to_begin == 'omsdesk server new-business "Corner Coffee"'


def test_it_is_let_in_and_tells_how_it_stands(alone: Desk, house: House) -> None:
    session = StandingSession(alone.office)
    session.enrolment.take(invitation(house.address, house.code()))
    session.enrol()
    until(lambda: alone.is_synced() and session.done)
    facts = dict(session.facts)
    assert (facts["Service"], facts["Shop"], facts["This computer"]) == (house.address, "Corner Coffee", "Till 1 (1)")
    assert facts["Waits here to be sent"] == facts["Still to be heard"] == "nothing"
    assert session.words.label == "Synced"
    assert session.fork_words == ""


def test_what_waits_is_counted(desk: Desk, house: House) -> None:
    session = StandingSession(desk.office)
    house.go_down()
    desk.reprice("oat", "2.95")
    until(lambda: session.state.waiting and session.state.phase is Phase.OFFLINE)
    assert dict(session.facts)["Waits here to be sent"].startswith(f"{session.state.waiting} change")
    house.come_back()
    session.sync_now()
    until(desk.is_synced)


@pytest.mark.parametrize("does", ["leaves", "stays"])
def test_leaving_is_asked_for_twice(desk: Desk, does: str) -> None:
    session = StandingSession(desk.office)
    session.leave()
    assert not session.is_busy, "nobody was asked"
    session.ask_to_leave()
    assert session.is_leaving
    if does == "stays":
        session.stay()
        session.leave()
        assert desk.exchange.service.is_enrolled
        return
    session.leave()
    until(lambda: not session.is_busy)
    assert session.done.startswith("This station works by itself now.")
    assert session.needs_code


def test_before_there_is_a_shop_anybody_may_type_a_code(house: House, opens: Opens) -> None:
    new = opens("new", is_set_up=False)
    session, joined = StandingSession(new.office), list[bool]()
    session.on_joined = lambda: joined.append(True)
    assert session.may_edit
    assert session.needs_code
    session.enrolment.take(invitation(house.address, house.code()))
    session.enrol()
    until(lambda: joined)
    assert session.done == "", "the shop comes first"


def test_who_may_not_change_the_shop_can_look(desk: Desk) -> None:
    desk.shop.person = BEN
    session = StandingSession(desk.office)
    session.ask_to_leave()
    assert (session.is_leaving, session.refusal) == (False, NO_RIGHT)
    assert session.words.label == "Synced"


def test_a_copied_disk_is_explained_in_plain_words(desk: Desk) -> None:
    session = StandingSession(desk.office)
    database = desk.shop.database
    desk.shop.writer.run(lambda: database.fork(database.station.epoch, 3, 0)).result()
    assert notes.forks(desk.shop.reader)
    assert "a backup was put back" in session.fork_words
    assert "New receipts have the series 1B." in session.fork_words
    assert "nothing is lost" in session.fork_words


def test_a_healthy_station_that_is_let_in_again_is_not_told_that_it_was_copied(desk: Desk, house: House) -> None:
    session = StandingSession(desk.office)
    desk.connect(house, house.code("s1", desk.exchange.device))
    assert desk.shop.database.station.epoch == 2
    assert "copied" not in session.fork_words
    assert session.fork_words.startswith("This computer was let in again with a code")
    assert session.fork_words.endswith("New receipts have the series 1B.")


def test_a_station_whose_old_epoch_went_on_elsewhere_is_told_once_it_hears_of_it(
    desk: Desk, house: House, tmp_path: Path
) -> None:
    database = desk.shop.database
    copy = tmp_path / "copy" / "shop.db"
    copy.parent.mkdir()
    desk.shop.writer.run(lambda: database.writer.run("VACUUM INTO :copy", copy=str(copy))).result()
    desk.reprice("oat", "2.95")
    until(desk.is_synced)
    desk.exchange.stop()
    twin = open_database(copy, lambda: pytest.fail("it has one already"))
    service, keys = desk.exchange.service, KeyRing(desk.shop.folder)
    line = reach(service, twin.station.device, keys)
    turn = take_turn(twin, line, service.store)
    (fork,) = turn.forks
    assert not fork.moved
    assert notes.went_on_elsewhere(twin.writer, twin.station.device, fork)
    line.close()
    twin.close()
