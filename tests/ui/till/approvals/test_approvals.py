"""What is asked when somebody has to agree, whom, and what becomes of it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.people import hash_badge
from omsdesk.domain.approval import ApprovalGiven
from omsdesk.domain.cash import CashMoved, CashReason, DrawerOpened
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.rights import Leave, Rule
from omsdesk.domain.role import SaveRole
from omsdesk.domain.sale import SaleVoided
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.approvals.approvals import ApprovalDesk
from tests.ui.till.bench import Bench, euros
from tests.ui.till.shop import PINS, code_of, hashed, set_up

SUE = Person("sue", "Sue Lindqvist", Role.SUPERVISOR, hashed("1357"))
BADGE = "BADGE-OF-SUE-0001"


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    """A till where Ben, the cashier, stands."""
    made = Bench(set_up(tmp_path), "ben")
    made.do(SavePerson(SUE))
    yield made
    made.close()


def pay_out(bench: Bench, amount: str = "5.00", reason: str = "") -> ApprovalDesk:
    bench.state.shift.pay_out(euros(amount), reason or "coffee")
    desk = bench.state.approvals
    desk.begin()
    return desk


def paid_out(bench: Bench) -> list[str]:
    return [str(fact.amount) for fact in bench.facts(CashMoved) if fact.reason is CashReason.PAY_OUT]


def by(desk: ApprovalDesk, who: str, pin: str) -> None:
    desk.choose(next(person for person in desk.approvers if person.id == who))
    desk.type_pin(pin)


def test_who_may_do_it_and_can_prove_who_they_are_is_asked(bench: Bench) -> None:
    bench.do(
        SavePerson(Person("pat", "Pat No-Pin", Role.MANAGER)),
        SavePerson(Person("clem", "Clem", Role.CLERK, hashed("1111"))),
        SaveRole("supervisor", (Rule("cash.move", Leave.ALLOWED, 1_000),)),
    )
    assert [person.id for person in pay_out(bench).approvers] == ["anna", "sue"]
    bench.state.approvals.give_up()
    assert [person.id for person in pay_out(bench, "10.01").approvers] == ["anna"], "it is above Sue's limit"


def test_the_only_one_is_chosen_and_of_several_who_agreed_last(bench: Bench) -> None:
    bench.do(SavePerson(replace(SUE, is_active=False)))
    desk = pay_out(bench)
    assert desk.chosen is not None
    assert desk.chosen.id == "anna"
    desk.give_up()
    bench.do(SavePerson(SUE))
    desk = pay_out(bench)
    assert desk.chosen is None
    desk.type_pin("1357")
    assert desk.message == "Choose who agrees first."
    by(desk, "sue", "1357")
    assert paid_out(bench) == ["-5.00 EUR"]
    assert (chosen := pay_out(bench).chosen) is not None
    assert chosen.id == "sue"


def test_why_is_asked_where_nothing_says_it_and_in_any_order(bench: Bench) -> None:
    bench.do(SaveRole("cashier", (Rule("sale.void", Leave.APPROVAL),)))
    for order in ("pin", "reason"):
        bench.session.intake.scanned(code_of("oat"))
        bench.session.void()
        desk = bench.state.approvals
        desk.begin()
        assert desk.once == "This ticket"
        if order == "reason":
            desk.set_reason("  wrong basket ")
        by(desk, "anna", PINS["anna"])
        if order == "pin":
            assert desk.message == "Anna Klein agrees. Now say why."
            assert bench.facts(SaleVoided) == []
            desk.set_reason("wrong basket")
            desk.confirm()
        assert bench.lines == []
    assert len(bench.facts(SaleVoided)) == 2
    assert {fact.reason for fact in bench.facts(ApprovalGiven)} == {"wrong basket"}


def test_nobody_makes_it_longer_than_what_was_agreed_to(bench: Bench) -> None:
    bench.do(SaveRole("cashier", (Rule("sale.void", Leave.APPROVAL),)))
    bench.session.intake.scanned(code_of("oat"))
    bench.session.void()
    desk = bench.state.approvals
    desk.begin()
    by(desk, "anna", PINS["anna"])
    desk.set_timed(is_timed=True)
    desk.set_reason("wrong basket")
    desk.confirm()
    (given,) = bench.facts(ApprovalGiven)
    assert given.grant.until is None
    assert given.grant.sale


def test_two_questions_are_asked_one_after_the_other(bench: Bench) -> None:
    bench.do(SaveRole("cashier", (Rule("cash.drawer", Leave.APPROVAL),)))
    desk = pay_out(bench)
    bench.state.shift.open_drawer()
    assert "pay money" in desk.sentence
    by(desk, "anna", PINS["anna"])
    assert paid_out(bench) == ["-5.00 EUR"]
    desk.begin()
    assert desk.sentence == "Ben Okafor wants to open the drawer without a sale."
    desk.give_up()
    assert bench.facts(DrawerOpened) == []
    assert desk.wanted is None
    assert bench.said == "Nobody agreed to it, and nothing was changed."


def test_a_badge_of_somebody_who_may_not_agree_is_refused_and_a_strange_code_is_an_ordinary_scan(bench: Bench) -> None:
    clem = Person("clem", "Clem", Role.CLERK, hashed("1111"), badge_hash=hash_badge("BADGE-OF-CLEM", ()))
    desk = pay_out(bench)
    assert not desk.read_badge(BADGE), "nobody has one yet"
    bench.do(SavePerson(clem), SavePerson(replace(SUE, badge_hash=hash_badge(BADGE, (clem,)))))
    assert not desk.read_badge("12345678"), "it could be a PIN"
    assert not desk.read_badge(code_of("oat")), "an article is no badge"
    assert desk.read_badge("BADGE-OF-CLEM")
    assert desk.message == "Clem may not agree to this. Ask somebody else."
    assert desk.read_badge("NO-BADGE-AT-ALL")
    assert bench.session.intake.waiting == ["NO-BADGE-AT-ALL"]
    assert desk.read_badge(BADGE)
    assert paid_out(bench) == ["-5.00 EUR"]
    (given,) = bench.facts(ApprovalGiven)
    assert (given.grant.approver, given.by_badge, given.reason) == ("sue", True, "coffee")


def test_who_left_the_till_meanwhile_asks_for_nothing_any_more(bench: Bench) -> None:
    bench.state.shift.pay_out(euros("5.00"), "coffee")
    bench.counter.person = queries.person(bench.reader, "anna")
    bench.state.approvals.begin()
    assert bench.state.approvals.wanted is None
    assert paid_out(bench) == []


def test_who_may_not_even_with_an_approval_is_told_so(bench: Bench) -> None:
    bench.do(SaveRole("cashier", (Rule("cash.move", Leave.DENIED),)))
    bench.state.shift.pay_out(euros("5.00"), "coffee")
    assert bench.state.approvals.wanted is None
    assert bench.said == "Ben Okafor may not pay money in and out. Ask somebody to sign in who may."
