"""A ticket in several hands: each station works on its own, and sees what became of it elsewhere."""

from __future__ import annotations

from omsdesk.domain import hands
from omsdesk.domain.hands import OWN, Ticket
from omsdesk.domain.messages import Event
from omsdesk.domain.sale import SaleCompleted, SaleHeld, SaleRecalled, SaleStarted, SaleVoided, TenderTaken
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.tender import Tender, TenderKind
from tests.domain.corner_shop import NOON, gbp
from tests.domain.test_sale import added

S = "sale-1"
STARTED = SaleStarted(S, "t1", "shift-1", "GBP", TaxTerms())
FAR, TWIN = "till-2/1", "/2"


def held(till: str = "t1", turn: int = 1, name: str = "Ann") -> SaleHeld:
    return SaleHeld(S, name, 1, gbp("3.20"), till, turn)


def recalled(till: str, turn: int = 2) -> SaleRecalled:
    return SaleRecalled(S, till, turn)


def paid(name: str = "p1") -> TenderTaken:
    return TenderTaken(S, Tender(name, "cash", "Cash", TenderKind.CASH, gbp("1"), gbp("1"), gbp("0"), gbp("0")))


def completed(till: str, number: str, turn: int = 3) -> SaleCompleted:
    return SaleCompleted(
        S, number, till, "s1", "shift-1", NOON, (), (), gbp("0"), (), gbp("0"), 0, turn=turn
    )  # fmt: skip


def ticket(*deeds: Event | tuple[str, Event]) -> Ticket:
    state: Ticket | None = None
    for deed in deeds:
        state = hands.evolve(state, *(deed if isinstance(deed, tuple) else (OWN, deed)))
    assert state is not None
    return state


def lines(state: Ticket) -> list[str]:
    assert state.here is not None
    return [row.line for row in state.here.lines]


def test_what_one_station_does_it_holds_in_its_hands() -> None:
    state = ticket(STARTED, added("a"), added("b"))
    assert lines(state) == ["a", "b"]
    assert state.own is state.here
    assert ticket(STARTED, added("a"), held()).own is None


def test_a_ticket_that_waits_is_taken_up_as_it_was_put_aside() -> None:
    state = ticket((FAR, STARTED), (FAR, added("a")), (FAR, held()))
    assert state.here is not None
    assert (state.here.held_as, state.here.is_elsewhere) == ("Ann", False)
    state = hands.evolve(state, OWN, recalled("t2"))
    assert state.own is not None
    assert (lines(state), state.own.till, state.own.turn) == (["a"], "t2", 2)


def test_what_another_station_works_on_is_elsewhere() -> None:
    state = ticket(STARTED, added("a"), held(), (FAR, recalled("t2")), (FAR, added("b")))
    assert state.here is not None
    assert (lines(state), state.here.is_elsewhere, state.here.till) == (["a", "b"], True, "t2")
    state = hands.evolve(state, FAR, completed("t2", "2A-000001"))
    assert state.here is not None
    assert (state.here.number, state.here.is_elsewhere) == ("2A-000001", False)


def test_two_that_take_it_up_unheard_by_each_other_never_mix() -> None:
    state = ticket(
        STARTED, added("a"), held(), recalled("t1"), added("mine"), (FAR, recalled("t2")), (FAR, added("theirs")),
        (FAR, paid()), (FAR, completed("t2", "2A-000001")), added("mine too"),
    )  # fmt: skip
    assert lines(state) == ["a", "mine", "mine too"]
    assert state.here is not None
    assert state.here.is_open
    assert state.here.tenders == ()
    state = hands.evolve(state, OWN, completed("t1", "1A-000001"))
    assert sorted(sale.number for sale in state.ended) == ["1A-000001", "2A-000001"]


def test_of_two_that_put_it_aside_the_later_turn_counts() -> None:
    state = ticket(
        STARTED, held(), recalled("t1"), (FAR, recalled("t2")), (FAR, held("t2", 3, "Bob")), (FAR, recalled("t2", 4)),
        (FAR, added("b")), (FAR, held("t2", 5, "Bob")), held("t1", 3),
    )  # fmt: skip
    assert state.here is not None
    assert (state.here.held_as, lines(state)) == ("Bob", ["b"])


def test_completed_counts_more_than_voided_or_held() -> None:
    end = (FAR, completed("t2", "2A-000001"))
    others: tuple[Event, ...] = (SaleVoided(S, "t1", "shift-1", "", gbp("0"), turn=3), held("t1", 3))
    for other in others:
        for order in ((end, other), (other, end)):
            state = ticket(STARTED, held(), recalled("t1"), (FAR, recalled("t2")), *order)
            assert state.here is not None
            assert state.here.number == "2A-000001"


def test_a_ticket_that_waits_can_be_voided_by_whoever_sees_it() -> None:
    state = ticket((FAR, STARTED), (FAR, held()), SaleVoided(S, "t1", "shift-1", "", gbp("0"), turn=2))
    assert state.here is not None
    assert state.here.is_voided


def test_where_money_was_taken_it_stays_in_that_hand_though_it_waits() -> None:
    state = ticket(STARTED, added("a"), held(), recalled("t1"), paid(), held("t1", 3), (FAR, recalled("t2")),
                   (FAR, completed("t2", "2A-000001")))  # fmt: skip
    assert state.own is not None
    assert (state.own.held_as, len(state.own.tenders)) == ("Ann", 1)
    state = hands.evolve(state, OWN, recalled("t1", 4))
    assert state.own is not None
    assert (state.own.held_as, len(state.own.tenders)) == (None, 1)


def test_the_twin_of_a_disk_goes_on_with_what_was_on_it() -> None:
    state = ticket(STARTED, added("a"), (TWIN, added("theirs")), added("mine"))
    assert lines(state) == ["a", "mine"]
    assert dict(state.hands)[TWIN].line("theirs") is not None


def test_what_is_heard_too_early_waits_for_what_it_follows_from() -> None:
    state = ticket((FAR, recalled("t2")), (FAR, added("b")))
    assert state.here is None
    for fact in (STARTED, added("a"), held()):
        state = hands.evolve(state, "till-3/1", fact)
    assert (lines(state), state.early) == (["a", "b"], ())


def test_a_completed_ticket_is_one_though_nothing_else_was_heard() -> None:
    state = ticket((FAR, completed("t2", "2A-000001")))
    assert state.here is not None
    assert state.here.number == "2A-000001"
