"""Stations are listed, added with a code for a till of their own, let in again, and let in no more."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.values import Stamp
from omsdesk.sync.codes import read_invitation
from omsdesk.sync.messages import COMMAND_LINE, CodeWish
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.sync.state import Phase
from omsdesk.ui.sync.office import NO_RIGHT
from omsdesk.ui.sync.standing_session import StandingSession
from omsdesk.ui.sync.stations_session import ASK_EVERY_MS, BACK_OFFICE, NEW_STORE, NEW_TILL, StationsSession
from omsdesk.ui.sync.stations_view import StationsView
from tests.ui.back_office import BEN, OWNER, until
from tests.ui.sync.desks import Desk, House, Opens


@pytest.fixture
def session(desk: Desk) -> StationsSession:
    """The stations as the first one sees them."""
    made = StationsSession(desk.office)
    made.refresh()
    until(lambda: made.stations)
    return made


def ready(session: StationsSession) -> None:
    """Wait until what was asked is answered."""
    until(lambda: not session.is_busy)


def test_the_first_station_sees_itself(session: StationsSession, desk: Desk) -> None:
    assert [(row.name, row.till) for row in session.stations] == [("front", "t1")]
    assert session.chosen == desk.exchange.device
    assert session.name(desk.exchange.device) == "this computer"
    assert session.name("nobody-knows") == "another station"
    assert session.station is not None
    assert session.station.entries > 0


def test_a_new_till_is_set_up_with_the_code_for_it(
    session: StationsSession, desk: Desk, house: House, opens: Opens
) -> None:
    session.begin()
    assert session.posts[0] == (NEW_TILL, "A new till: Till 2")
    session.add(NEW_TILL)
    ready(session)
    assert session.ticket is not None
    assert session.ticket.what == "Till 2, a new till"
    assert session.remains == "23 h 59 min"
    address, _ = read_invitation(session.ticket.invitation)
    assert address == house.address
    assert [till.code for till in desk.office.tills] == ["1", "2"]
    until(desk.is_synced)
    second = opens("second", is_set_up=False)
    second.connect(house, session.ticket.code)
    session.refresh()
    until(lambda: len(session.stations) == 2)
    assert session.name(second.exchange.device) == "Till 2 · second"
    assert [label for _, label in session.posts] == [
        "A new till: Till 3",
        "A back office, no till",
        "The first till of a new store",
        "A head office: it hears all stores, no till",
    ]


def test_a_new_store_and_a_head_office_get_their_codes_here(
    session: StationsSession, desk: Desk, house: House, opens: Opens
) -> None:
    for post, name in ((NEW_STORE, "harbour"), (HEAD_OFFICE, "head")):
        session.begin()
        session.add(post)
        ready(session)
        assert session.ticket is not None
        opens(name, is_set_up=False).connect(house, session.ticket.code)
        session.refresh()
        until(lambda: session.ticket is None)
    stores = {row.name: row.store for row in session.stations}
    assert (stores["front"], stores["head"]) == ("s1", HEAD_OFFICE)
    assert stores["harbour"] not in {"", "s1", HEAD_OFFICE}
    harbour = next(row for row in session.stations if row.name == "harbour")
    assert session.store_of(harbour) == "Not set up yet"
    assert [session.title(row) for row in session.stations[1:]] == ["Back office · harbour", "Head office · head"]


def test_a_head_office_makes_codes_for_each_store_and_lets_nobody_in_elsewhere(
    desk: Desk, house: House, opens: Opens
) -> None:
    shop = desk.office.shop
    assert shop is not None
    desk.shop.do(SaveShop(replace(shop, id="s2", name="Harbour")), SaveTill(Till("h1", "s2", "9", "Harbour till")))
    until(desk.is_synced)
    head = opens("head", is_set_up=False)
    head.connect(house, house.code(HEAD_OFFICE))
    head.shop.person = OWNER
    session = StationsSession(head.office)
    session.refresh()
    until(lambda: len(session.stations) == 2)
    assert [label for _, label in session.posts] == [
        "Corner Coffee: A new till: Till 2",
        "Corner Coffee: A back office, no till",
        "Harbour: A new till: Till 2",
        "Harbour: Harbour till (9)",
        "Harbour: A back office, no till",
        "A head office, no till",
        "The first till of a new store",
    ]
    session.add("h1")
    ready(session)
    assert session.ticket is not None
    second = opens("second", is_set_up=False)
    second.connect(house, session.ticket.code)
    assert second.exchange.service.store == "s2"
    session.refresh()
    until(lambda: session.ticket is None)
    assert session.station is not None
    assert session.store_of(session.station) == "Harbour"
    session.choose(desk.exchange.device)
    session.let_in_again()
    ready(session)
    assert session.ticket is not None
    desk.connect(house, session.ticket.code)
    assert desk.exchange.service.store == "s1", "it comes back to its own store"


def test_a_till_that_no_station_is_can_be_had(session: StationsSession, desk: Desk) -> None:
    desk.shop.do(SaveTill(Till("t7", "s1", "7", "Garden")))
    session.begin()
    assert ("t7", "Garden (7)") in session.posts
    session.add("t7")
    ready(session)
    assert session.ticket is not None
    assert session.ticket.what == "Garden (7)"
    session.begin()
    session.add(BACK_OFFICE)
    ready(session)
    assert session.ticket is not None
    assert session.ticket.what == "A back office, no till"
    assert len(desk.office.tills) == 2


def test_two_computers_that_are_one_till_are_shown_at_both_until_one_is_another(
    session: StationsSession, desk: Desk, house: House, opens: Opens
) -> None:
    session.begin()
    session.add(NEW_TILL)
    ready(session)
    assert session.ticket is not None
    second = opens("second", is_set_up=False)
    second.connect(house, session.ticket.code)
    second.become_till("t1")
    second.exchange.sync_now()
    until(lambda: second.exchange.state.neighbours)
    words = StandingSession(second.office).neighbour_words
    assert words.startswith("This computer is Till 1 (1), and so is front (last heard of ")
    session.refresh()
    until(lambda: [row.till for row in session.stations] == ["t1", "t1"])
    mine, other = session.stations
    assert (session.neighbours(mine), session.neighbours(other)) == ([other], [mine])
    view = StationsView(session)
    view.show_values()
    assert "Another station is this till, too." in view.list.name_of(0)
    assert "The same till as second (last heard of just now). Both go on selling" in view.facts.text()
    asked: list[str] = []
    desk.exchange.ask_who_is("t1", lambda found: asked.append(found.name if found else ""))
    until(lambda: asked)
    assert asked == ["second"]
    second.become_till(next(till.id for till in desk.office.tills if till.id != "t1"))
    second.exchange.sync_now()
    until(lambda: not second.exchange.state.neighbours)
    session.refresh()
    until(lambda: not session.neighbours(session.stations[0]))
    assert StandingSession(second.office).neighbour_words == ""


def test_nobody_is_asked_who_a_till_is_where_nobody_can_be(alone: Desk) -> None:
    asked: list[object] = []
    alone.exchange.ask_who_is("t1", asked.append)
    assert asked == [None]


def test_a_station_comes_again_with_a_code_of_its_own(session: StationsSession, desk: Desk, house: House) -> None:
    session.let_in_again()
    ready(session)
    assert session.ticket is not None
    device = desk.exchange.device
    desk.connect(house, session.ticket.code)
    assert desk.exchange.device == device


def test_a_station_is_called_otherwise(session: StationsSession, desk: Desk) -> None:
    assert session.called == "front"
    assert not session.can_rename
    session.type_name("Counter at the door")
    session.refresh()
    until(lambda: not session._is_asking)
    assert session.called == "Counter at the door", "what is being typed stays"
    session.rename()
    ready(session)
    assert session.done == "It is called Counter at the door now."
    assert session.station is not None
    assert session.title(session.station) == "Till 1 · Counter at the door"
    session.type_name("  ")
    assert not session.can_rename
    desk.shop.person = BEN
    session.type_name("Mine")
    assert not session.can_rename


def test_a_station_that_is_called_as_its_till_is_named_once(session: StationsSession) -> None:
    session.type_name("Till 1")
    session.rename()
    ready(session)
    assert session.station is not None
    assert session.title(session.station) == "Till 1"


def test_a_station_is_retired_after_somebody_said_yes(session: StationsSession, house: House, opens: Opens) -> None:
    second = opens("second", is_set_up=False)
    second.connect(house, house.code("s1"))
    session.refresh()
    until(lambda: len(session.stations) == 2)
    session.choose(second.exchange.device)
    session.retire()
    assert not session.is_busy, "nobody was asked"
    session.ask_to_retire()
    session.keep()
    assert not session.is_retiring
    session.ask_to_retire()
    session.retire()
    ready(session)
    assert session.done == "Second is let in no more. What it told stays."
    assert [bool(row.retired_ms) for row in session.stations] == [False, True]
    second.exchange.sync_now()
    until(lambda: second.exchange.state.phase is Phase.REFUSED)


def test_who_may_not_change_the_shop_lets_nobody_in_or_out(session: StationsSession, desk: Desk) -> None:
    desk.shop.person = BEN
    for act in (session.begin, session.let_in_again, session.ask_to_retire):
        act()
        assert session.refusal == NO_RIGHT
        assert not (session.is_adding)
        assert not (session.is_retiring)
        assert not (session.is_busy)
    session.add(NEW_TILL)
    assert session.ticket is None
    assert len(desk.office.tills) == 1


def test_a_service_that_is_down_is_said_and_the_list_stays(session: StationsSession, house: House) -> None:
    house.go_down()
    session.refresh()
    until(lambda: session.refusal)
    assert "does not answer" in session.refusal
    assert len(session.stations) == 1
    session.begin()
    session.add(BACK_OFFICE)
    ready(session)
    assert "does not answer" in session.refusal
    assert session.ticket is None
    house.come_back()
    session.refresh()
    until(lambda: not session.refusal)


def test_a_code_goes_as_soon_as_a_station_came_with_it(
    session: StationsSession, desk: Desk, house: House, opens: Opens
) -> None:
    session.begin()
    session.add(NEW_TILL)
    ready(session)
    assert session.ticket is not None
    until(desk.is_synced)
    other = opens("other", is_set_up=False)
    other.connect(house, house.code("s1"))
    session.refresh()
    until(lambda: len(session.stations) == 2)
    assert session.ticket is not None, "that station came with another code"
    second = opens("second", is_set_up=False)
    second.connect(house, session.ticket.code)
    session.refresh()
    until(lambda: session.ticket is None)
    assert session.done == "Till 2 has joined."
    assert session.chosen == second.exchange.device


def test_who_made_a_code_is_told(session: StationsSession, desk: Desk, house: House, opens: Opens) -> None:
    session.begin()
    session.add(NEW_TILL)
    ready(session)
    session.refresh()
    until(lambda: session.waiting_codes)
    assert session.waiting_codes == ["Till 2: made by Anna Keller, holds for 23 h 59 min more"]
    assert session.station is not None
    assert session.let_in_by(session.station) == "", "its code was made by nobody in particular"
    assert session.ticket is not None
    until(desk.is_synced)
    second = opens("second", is_set_up=False)
    second.connect(house, session.ticket.code)
    session.refresh()
    until(lambda: not session.waiting_codes)
    assert session.station.device == second.exchange.device
    assert session.let_in_by(session.station) == "Anna Keller"


def test_an_address_that_leads_nowhere_from_elsewhere_is_known(session: StationsSession, desk: Desk) -> None:
    assert session.is_service_here
    desk.keep(replace(desk.settings.service, address="https://desk.example:8460"))
    assert not session.is_service_here


def test_a_code_says_what_it_is_for(session: StationsSession, house: House, desk: Desk) -> None:
    house.running.do(lambda service: service.registrar.make_code(house.tenant, CodeWish("s1", made_by=COMMAND_LINE)))
    house.code("*")
    house.code("s1", desk.exchange.device)
    session.refresh()
    until(lambda: len(session.waiting_codes) == 3)
    assert {words.partition(":")[0] for words in session.waiting_codes} == {
        "A station without a till", "Head office", "this computer, again",
    }  # fmt: skip
    assert any("made by whoever runs the service" in words for words in session.waiting_codes)


def test_the_code_of_a_station_that_comes_again_goes_once_it_did(
    session: StationsSession, desk: Desk, house: House
) -> None:
    session.let_in_again()
    ready(session)
    assert session.ticket is not None
    session.refresh()
    until(lambda: not session._is_asking)
    assert session.ticket is not None
    desk.connect(house, session.ticket.code)
    session.refresh()
    until(lambda: session.ticket is None)
    assert session.done == "Till 1 has joined."


def test_while_somebody_looks_the_list_is_asked_for_again_sooner_while_a_code_waits(
    session: StationsSession, desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    until(lambda: not session._is_asking)
    moments, asked = Moments(desk), []
    monkeypatch.setattr(type(desk.exchange), "roster", lambda *_: asked.append(moments.now().utc_ms))
    session.office = replace(desk.office, clock=moments)
    moments.later = ASK_EVERY_MS - 5_000
    session.tick()
    assert not asked
    moments.later = ASK_EVERY_MS
    session.tick()
    session.tick()
    assert len(asked) == 1, "the answer is still awaited"


def test_a_code_that_nobody_used_is_taken_away_when_it_holds_no_more(session: StationsSession, desk: Desk) -> None:
    session.begin()
    session.add(BACK_OFFICE)
    ready(session)
    moments = Moments(desk)
    session.office = replace(desk.office, clock=moments)
    moments.later = 24 * 3_600_000 - 10 * 60_000
    session.tick()
    assert session.ticket is not None
    assert session.remains in {"9 min", "10 min"}
    moments.later += 10 * 60_000
    session.tick()
    assert session.ticket is None
    assert session.refusal == "The code was not used in time and holds no more. Make a new one."


def test_what_was_refused_stays_in_sight_while_the_list_is_asked_for_again(
    session: StationsSession, desk: Desk
) -> None:
    desk.shop.person = BEN
    session.begin()
    session.refresh()
    until(lambda: not session._is_asking)
    assert session.refusal == NO_RIGHT


class Moments:
    """The desk's clock, set to later."""

    def __init__(self, desk: Desk) -> None:
        self.clock, self.later = desk.office.clock, 0

    def now(self) -> Stamp:
        """The moment, later."""
        now = self.clock.now()
        return Stamp(now.utc_ms + self.later, now.offset_minutes)

    def new_id(self) -> str:
        """Any new id."""
        return self.clock.new_id()
