"""A new computer becomes another till of a shop: let in, filled, and one till that nobody else is."""

from __future__ import annotations

import pytest

from omsdesk.domain.shop import SaveTill, Till
from omsdesk.store.queries.till import people
from omsdesk.sync.codes import invitation
from omsdesk.sync.messages import Enrolment
from omsdesk.ui.sync.join_session import Choice, JoinSession, Stage
from tests.ui.back_office import until
from tests.ui.sync.desks import Desk, House, Opens


@pytest.fixture
def newcomer(opens: Opens) -> Desk:
    """A computer on which there is nothing yet."""
    return opens("new", is_set_up=False)


def begin(newcomer: Desk) -> JoinSession:
    """Open the page, which hears of the exchange as a screen does."""
    session = JoinSession(newcomer.office)
    newcomer.exchange.changed.connect(lambda _: session.go_on())
    return session


def enter(session: JoinSession, house: House, code: str) -> None:
    session.enrolment.take(invitation(house.address, code))
    session.enrolment.enrol()


def test_it_becomes_the_till_that_the_code_names(desk: Desk, house: House, newcomer: Desk) -> None:
    desk.shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    until(desk.is_synced)
    session = begin(newcomer)
    assert session.stage is Stage.CODE
    enter(session, house, house.code("s1", till="t2"))
    until(lambda: session.stage is Stage.DONE)
    assert newcomer.shop.database.station.till == "t2"
    assert newcomer.office.shop == desk.office.shop
    until(lambda: "Till 2" in {row.name for row in house.devices()})
    assert [person.name for person in people(newcomer.shop.reader)] == ["Anna Keller", "Ben Ito", "Olga Berg"]


def test_where_the_code_names_no_till_it_is_chosen_and_none_is_taken_twice(
    desk: Desk, house: House, newcomer: Desk
) -> None:
    desk.shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    until(desk.is_synced)
    session = begin(newcomer)
    enter(session, house, house.code("s1"))
    until(lambda: session.stage is Stage.TILL)
    assert session.choices == [
        Choice("t1", "Till 1 (1)", "front"),
        Choice("t2", "Till 2 (2)"),
        Choice("", "No till: back office"),
    ]
    session.become("t1")
    assert session.refusal.startswith("Another station is this till already")
    assert newcomer.shop.database.station.till == ""
    session.become("t2")
    assert session.stage is Stage.DONE
    assert newcomer.shop.database.station.till == "t2"


def test_a_head_office_is_no_till_unless_somebody_says_so(desk: Desk, house: House, newcomer: Desk) -> None:
    session = begin(newcomer)
    enter(session, house, house.code("*"))
    until(lambda: session.stage is Stage.TILL)
    assert session.choices == [Choice("", "No till: head office"), Choice("t1", "Corner Coffee: Till 1 (1)", "front")]


def test_a_business_without_a_shop_gets_it_from_here(house: House, newcomer: Desk) -> None:
    session = begin(newcomer)
    enter(session, house, house.code())
    until(lambda: session.stage is Stage.NEW)
    assert len(newcomer.exchange.service.store) == 16


def test_a_store_that_is_not_set_up_yet_is_made_here(desk: Desk, house: House, newcomer: Desk) -> None:
    session = begin(newcomer)
    enter(session, house, house.code("s2"))
    until(lambda: session.stage is Stage.NEW)
    assert newcomer.office.home is None
    assert [row.title for row in session.choices] == ["No till: back office"], "tills of other stores are not its own"


def test_what_was_broken_off_goes_on(desk: Desk, house: House, newcomer: Desk) -> None:
    session = begin(newcomer)
    enter(session, house, house.code("s1"))
    until(lambda: not session.enrolment.is_working)
    house.go_down()
    again = begin(newcomer)
    assert again.stage in {Stage.FILLING, Stage.TILL}
    house.come_back()
    again.try_again()
    until(lambda: again.stage is Stage.TILL)


def test_a_computer_that_is_shut_out_meanwhile_is_asked_for_a_new_code(
    desk: Desk, house: House, newcomer: Desk
) -> None:
    session = begin(newcomer)
    code = house.code("s1")
    house.running.do(lambda service: service.registrar.enrol(Enrolment(code, newcomer.exchange.device, bytes(32))))
    assert session.stage is Stage.CODE
    enter(session, house, code)
    until(lambda: not session.enrolment.is_working)
    assert session.enrolment.errors == {"code": "This code was used already. Ask a manager for a new one."}


def test_a_till_that_is_heard_later_than_the_shop_is_waited_for(desk: Desk, house: House, newcomer: Desk) -> None:
    session = begin(newcomer)
    enter(session, house, house.code("s1", till="t2"))
    until(lambda: session.stage is Stage.TILL)
    desk.shop.do(SaveTill(Till("t2", "s1", "2", "Till 2")))
    until(lambda: session.stage is Stage.DONE)
    assert newcomer.shop.database.station.till == "t2"
