"""What may be done with an order, and what is refused with a sentence that helps."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.approval import ApprovalNeeded, Grant
from omsdesk.domain.line import SoldLine
from omsdesk.domain.messages import Refusal
from omsdesk.domain.order import OrderPlaced, Origin, Party, Portion, Purpose, Status
from omsdesk.domain.order_command import (
    CANCEL_RIGHT,
    AcceptQuotation,
    CancelOrder,
    ChangeOrder,
    OrderCommand,
    PlaceOrder,
    ReadyGoods,
)
from omsdesk.domain.order_terms import Fee, Instalment, Terms
from omsdesk.domain.ordering import NoSuchOrder, NotAQuotation, OrderEnded, StillAQuotation, decide, place
from omsdesk.domain.people import Person, Role
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import DESK, TILL, gbp
from tests.domain.order_story import ORDER, OrderStory

CARA = Person("cara", "Cara", Role.CASHIER)
ROW = SoldLine("w1", "p-coffee", "Coffee", Quantity.of(2), gbp("3.20"), gbp("6.40"))
WEB = PlaceOrder(
    ORDER, Purpose.DELIVERY, "s1", "", (ROW,), Party(name="Anna"), origin=Origin.WEB, reference="#1001"
)  # fmt: skip


def refused(story: OrderStory, command: OrderCommand) -> Refusal:
    decision = story.do(command)
    assert isinstance(decision, Refusal), decision
    return decision


def test_a_web_order_has_the_same_words() -> None:
    (fact,) = placed(WEB)
    assert isinstance(fact, OrderPlaced)
    assert (fact.origin, fact.reference, fact.till, fact.rows) == (Origin.WEB, "#1001", "", (ROW,))


def placed(command: PlaceOrder) -> tuple[object, ...]:
    decision = place(command, None, "1A-B00001", DESK)
    assert not isinstance(decision, Refusal), decision
    return decision


@pytest.mark.parametrize(
    ("command", "said"),
    [
        (replace(WEB, rows=()), "nothing to order"),
        (replace(WEB, rows=(replace(ROW, quantity=-ONE),)), "Look at its lines"),
        (replace(WEB, terms=Terms(Money(100, "EUR"))), "in GBP"),
        (replace(WEB, terms=Terms(gbp("-1.00"))), "below zero"),
        (replace(WEB, terms=Terms(plan=(Instalment("2026-12-24", gbp("-1.00")),))), "below zero"),
        (replace(WEB, sale="gone"), "not in work here"),
    ],
)
def test_what_cannot_be_meant_is_refused(command: PlaceOrder, said: str) -> None:
    decision = place(command, None, "1A-B00001", DESK)
    assert isinstance(decision, Refusal)
    assert said in decision.sentence


def test_training_makes_no_orders() -> None:
    decision = place(WEB, None, "1A-B00001", replace(DESK, till=replace(TILL, is_training=True)))
    assert isinstance(decision, Refusal)
    assert "training" in decision.sentence


def test_an_order_that_is_not_known_here_is_not_touched() -> None:
    decision = decide(CancelOrder("nobody"), DESK)
    assert isinstance(decision, NoSuchOrder)


def test_what_has_ended_stays_so() -> None:
    story = OrderStory()
    story.hand_over()
    for command in (CancelOrder(ORDER), ReadyGoods(ORDER), ChangeOrder(ORDER, story.order.rows, Terms())):
        assert isinstance(refused(story, command), OrderEnded)


def test_only_a_quotation_is_accepted_and_it_becomes_something() -> None:
    assert isinstance(refused(OrderStory(), AcceptQuotation(ORDER, Purpose.LAYAWAY, "s1")), NotAQuotation)
    story = OrderStory(Purpose.QUOTATION)
    assert "become" in refused(story, AcceptQuotation(ORDER, Purpose.QUOTATION, "s1")).sentence
    assert isinstance(refused(story, ReadyGoods(ORDER)), StillAQuotation)


def test_after_its_day_a_quotation_is_for_whoever_may_take_something_off() -> None:
    story = OrderStory(Purpose.QUOTATION, Terms(until="2026-11-01"))
    assert story.status() is Status.EXPIRED
    clerk = Person("clem", "Clem", Role.CLERK)
    story.desk = replace(DESK, author=clerk)
    assert isinstance(refused(story, AcceptQuotation(ORDER, Purpose.PICK_UP, "s1")), ApprovalNeeded)
    story.desk = replace(DESK, author=CARA)
    assert story.do(AcceptQuotation(ORDER, Purpose.PICK_UP, "s1"))
    assert story.status() is Status.OPEN


def test_nobody_cancels_more_than_there_is() -> None:
    story = OrderStory()
    story.hand_over("l1", Quantity.of(2))
    assert "Only 1" in refused(story, CancelOrder(ORDER, (Portion("l1", Quantity.of(2)),))).sentence
    assert "not on the order" in refused(story, CancelOrder(ORDER, (Portion("l9", ONE),))).sentence


def test_the_fee_is_never_more_than_what_was_paid() -> None:
    story = OrderStory(terms=Terms(fee=Fee(amount=gbp("5.00"))))
    story.pay(gbp("2.00"))
    story.do(CancelOrder(ORDER))
    assert story.order.fee_due == gbp("2.00")
    assert story.settle().total == gbp("0.00")
    assert story.held == 0


def test_an_order_that_nothing_was_paid_on_is_given_up_by_anybody_without_a_fee() -> None:
    story = OrderStory(terms=Terms(fee=Fee(100_000)))
    story.desk = replace(DESK, author=CARA)
    story.do(CancelOrder(ORDER))
    assert story.status() is Status.CANCELLED
    assert not story.order.fee_due


def test_a_supervisor_agrees_to_give_up_what_was_paid_for() -> None:
    story = OrderStory()
    story.pay(gbp("2.00"))
    story.desk = replace(DESK, author=CARA)
    needed = refused(story, CancelOrder(ORDER))
    assert isinstance(needed, ApprovalNeeded)
    assert needed.right == CANCEL_RIGHT
    story.desk = replace(story.desk, grants=(Grant("g", CANCEL_RIGHT, "sue", until=replace(DESK.at, utc_ms=10**14)),))
    assert story.do(CancelOrder(ORDER))
