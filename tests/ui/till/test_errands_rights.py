"""Who may do what at the till: a role that does not allow something reads whom to ask, and nothing happens."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from omsdesk.domain.cash import CashMoved, CashReason, Counted, DrawerOpened, ShiftClosed, XReportTaken
from omsdesk.domain.catalogue import ProductsSaved
from omsdesk.domain.messages import Event
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.sale import LineAdded, SaleCompleted, SaleVoided
from omsdesk.ui.till.errands import Errands
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import PINS, code_of, hashed, set_up

NOT_ALLOWED = "Ask somebody to sign in who may."
ASK = "Ask somebody who may."
UNKNOWN = "4099999999991"

SELLERS = {Role.CASHIER, Role.SUPERVISOR, Role.MANAGER, Role.OWNER}
MOVERS = SELLERS - {Role.CASHIER}
ASKERS = SELLERS | {Role.CLERK}
"""Who may do it, or may ask."""
EDITORS = {Role.MANAGER, Role.OWNER}


@pytest.fixture(params=list(Role), ids=str)
def stood(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """A till with an open shift and a ticket in work, and somebody of each role who takes it over."""
    bench = Bench(set_up(tmp_path))
    bench.session.intake.scanned(code_of("oat"))
    eve = Person("eve", "Eve Example", request.param, hashed(PINS["anna"]))
    bench.do(SavePerson(eve))
    bench.state.sign_in.lock()
    bench.state.sign_in.enter(eve)
    assert bench.counter.person is not None
    assert bench.counter.person.role is request.param
    yield bench
    bench.close()


def role_of(bench: Bench) -> Role:
    assert bench.counter.person is not None
    return bench.counter.person.role


def make_product(bench: Bench) -> None:
    bench.state.unknown.open(UNKNOWN)
    bench.state.unknown.save("Blood orange", euros("0.80"), "food", "")


ACTS: dict[str, tuple[Callable[[Bench], object], type[Event], set[Role]]] = {
    "scan": (lambda bench: bench.session.intake.scanned(code_of("mug")), LineAdded, SELLERS),
    "pay": (lambda bench: bench.checkout.pay_exactly(), SaleCompleted, SELLERS),
    "void": (lambda bench: bench.session.void(), SaleVoided, SELLERS),
    "drawer": (lambda bench: bench.state.shift.open_drawer(), DrawerOpened, SELLERS),
    "x report": (lambda bench: bench.state.shift.x_report(), XReportTaken, SELLERS),
    "close": (lambda bench: bench.state.shift.close((Counted("cash", euros("1.00")),)), ShiftClosed, SELLERS),
    "pay out": (lambda bench: bench.state.shift.pay_out(euros("5.00"), "coffee"), CashMoved, MOVERS),
    "pay in": (lambda bench: bench.state.shift.pay_in(euros("5.00"), "change"), CashMoved, MOVERS),
    "product": (make_product, ProductsSaved, EDITORS),
}


def made(bench: Bench, kind: type[Event]) -> list[Event]:
    facts: list[Event] = list(bench.facts(kind))
    return [fact for fact in facts if not isinstance(fact, CashMoved) or fact.reason is not CashReason.FLOAT]


def is_sent_to_somebody(said: str) -> bool:
    return said.endswith((NOT_ALLOWED, ASK))


@pytest.mark.parametrize("name", ACTS)
def test_a_role_does_what_it_may_and_reads_whom_to_ask_otherwise(stood: Bench, name: str) -> None:
    act, kind, allowed = ACTS[name]
    before, lines = len(made(stood, kind)), stood.lines
    act(stood)
    if role_of(stood) in allowed:
        assert len(made(stood, kind)) > before
        assert not is_sent_to_somebody(stood.said)
        assert stood.state.approvals.wanted is None
    else:
        assert len(made(stood, kind)) == before
        assert is_sent_to_somebody(stood.said) or stood.state.approvals.wanted is not None
        assert stood.lines == lines


def test_what_is_offered_is_what_the_role_allows(stood: Bench) -> None:
    offered = {intent.name for intent, _ in Errands(stood.state, lambda _: None)._more() if intent.is_possible()}
    role = role_of(stood)
    assert ({"pay_in", "pay_out"} <= offered) is (role in ASKERS)
    assert ("void" in offered) is (role in ASKERS)
    assert stood.state.unknown.is_allowed is (role in EDITORS)


def test_a_locked_till_offers_nothing(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    bench.state.sign_in.lock()
    offered = [intent.name for intent, _ in Errands(bench.state, lambda _: None)._more() if intent.is_possible()]
    assert offered == []


def test_before_the_shift_nothing_is_offered_that_needs_one(tmp_path: Path) -> None:
    bench = Bench(set_up(tmp_path), is_open=False)
    offered = [intent.name for intent, _ in Errands(bench.state, lambda _: None)._more() if intent.is_possible()]
    assert offered == ["lock"]
    bench.close()


def test_who_was_sent_away_meanwhile_serves_their_customer_and_nobody_after(bench: Bench) -> None:
    bench.session.intake.scanned(code_of("oat"))
    anna = bench.counter.person
    assert anna is not None
    bench.do(SavePerson(Person("zoe", "Zoe", Role.OWNER, hashed(PINS["ben"]))))
    bench.do(SavePerson(Person(anna.id, anna.name, anna.role, anna.pin_hash, is_active=False)))
    bench.session.intake.scanned(code_of("mug"))
    assert [name for _, name in bench.lines] == ["Oat milk 1 L", "Travel mug 350 ml"]
    bench.session.void()
    bench.session.intake.scanned(code_of("mug"))
    assert bench.said == "Whoever does this does not work here. Ask somebody to sign in who does."
    assert bench.lines == []
