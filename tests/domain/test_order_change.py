"""Other goods on an order: its prices stay, what happened stays, and to the minor unit it adds up."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.discount import Discount
from omsdesk.domain.line import Line
from omsdesk.domain.messages import Refusal
from omsdesk.domain.order import OrderChanged, Portion, Purpose
from omsdesk.domain.order_change import AlreadyBegun, ChangedMeanwhile, kept, priced, replanned
from omsdesk.domain.order_command import CancelOrder, ChangeOrder
from omsdesk.domain.order_terms import Terms, a_plan
from omsdesk.domain.people import Person, Role
from omsdesk.domain.sale_command import DiscountSale
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import COFFEE, DESK, gbp
from tests.domain.order_story import ORDER, OrderStory

CARA = Person("cara", "Cara", Role.CASHIER)
TEN_PERCENT = DiscountSale("sale-1", Discount(ppm=100_000, reason="Loyal"))


def change(story: OrderStory, quantities: dict[str, Quantity], base: int | None = None) -> ChangeOrder:
    return ChangeOrder(ORDER, kept(story.order, quantities), story.order.terms, base)


def refused(story: OrderStory, command: ChangeOrder) -> Refusal:
    decision = story.do(command)
    assert isinstance(decision, Refusal), decision
    return decision


def test_more_of_a_line_costs_what_it_cost_then() -> None:
    story = OrderStory(discount=TEN_PERCENT)
    before = story.order.rows[0]
    assert story.order.total == gbp("8.64")
    assert not isinstance(story.do(change(story, {"l1": Quantity.of(6)})), Refusal)
    row = story.order.rows[0]
    assert (row.unit_price, row.amount, story.order.total) == (before.unit_price, gbp("17.28"), gbp("17.28"))
    assert [reduction.name for reduction in row.reductions] == ["Loyal"]
    assert row.unit_price.times(row.quantity) - row.amount == row.reductions[0].amount


@given(st.integers(1, 40), st.integers(1, 40))
def test_a_line_is_what_its_parts_are_whatever_it_was_resized_to(ordered: int, wanted: int) -> None:
    story = OrderStory(goods=((COFFEE, Quantity.of(ordered)),), discount=TEN_PERCENT)
    story.do(change(story, {"l1": Quantity.of(wanted)}))
    row = story.order.rows[0]
    assert row.unit_price.times(row.quantity) - sum((r.amount for r in row.reductions), start=gbp("0")) == row.amount
    sums = sum(story.hand_over("l1").total.minor for _ in range(wanted))
    assert sums == row.amount.minor == story.order.total.minor
    assert not story.order.has_open_rows


def test_what_is_new_costs_what_it_costs_today() -> None:
    story = OrderStory()
    new = priced(story.order, (Line("n1", COFFEE, Quantity.of(2)),), DESK)
    story.do(ChangeOrder(ORDER, (*story.order.rows, *new), Terms()))
    assert story.order.total == gbp("16.00")
    assert story.hand_over("n1", Quantity.of(2)).total == gbp("6.40")


def test_what_was_handed_over_or_given_up_stays() -> None:
    story = OrderStory()
    story.hand_over("l1")
    left = refused(story, change(story, {"l1": Quantity(0)}))
    assert isinstance(left, AlreadyBegun)
    assert left.sentence == "1 × “Coffee” was handed over already: so much of it stays on the order."
    story.do(CancelOrder(ORDER, (Portion("l1", ONE),)))
    assert "handed over or given up" in refused(story, change(story, {"l1": ONE})).sentence
    dearer = replace(story.order.rows[0], unit_price=gbp("9.00"))
    assert "its price stay" in refused(story, ChangeOrder(ORDER, (dearer,), Terms())).sentence
    assert not isinstance(story.do(change(story, {"l1": Quantity.of(2)})), Refusal)
    assert not story.order.has_open_rows, "what was left of it is not wanted"


def test_less_than_was_paid_is_for_whoever_may_give_money_back() -> None:
    story = OrderStory()
    story.pay(gbp("9.60"))
    story.desk = replace(story.desk, author=CARA)
    lacking = refused(story, change(story, {"l1": ONE}))
    assert isinstance(lacking, ApprovalNeeded)
    assert "to less than was paid for it" in lacking.sentence
    assert not isinstance(story.do(change(story, {"l1": Quantity.of(4)})), Refusal), "more is for anybody"
    story.desk = replace(story.desk, author=None)
    story.do(change(story, {"l1": ONE}))
    assert story.due == gbp("-6.40")
    assert story.settle().total == gbp("-6.40")
    assert story.hand_over().total == gbp("3.20")
    assert story.drawer == 320


def test_a_change_of_what_was_looked_at_before_another_one_is_asked_about() -> None:
    story = OrderStory()
    seen = story.order.revision
    story.do(change(story, {"l1": Quantity.of(5)}, seen))
    assert isinstance(refused(story, change(story, {"l1": ONE}, seen)), ChangedMeanwhile)
    story.do(change(story, {"l1": ONE}, story.order.revision))
    assert story.order.revision == 2


def test_nothing_at_all_is_no_order() -> None:
    assert "nothing to order" in refused(OrderStory(), change(OrderStory(), {"l1": Quantity(0)})).sentence


@pytest.mark.parametrize(("total", "parts"), [("19.20", [600, 600, 600]), ("4.20", [100, 100, 100]), ("1.00", [])])
def test_a_plan_shares_the_new_rest_on_the_same_days(total: str, parts: list[int]) -> None:
    terms = Terms(gbp("1.20"), a_plan(gbp("8.40"), "2026-11-23", 3))
    made = replanned(terms, gbp(total))
    assert [row.amount.minor for row in made.plan] == parts
    assert [row.day for row in made.plan] == [row.day for row in terms.plan][: len(parts)]
    assert made.deposit == terms.deposit
    assert replanned(Terms(), gbp(total)) == Terms()


def test_a_quotation_is_changed_by_anybody() -> None:
    story = OrderStory(Purpose.QUOTATION)
    story.desk = replace(story.desk, author=CARA)
    decision = story.do(change(story, {"l1": ONE}))
    assert not isinstance(decision, Refusal)
    assert [type(fact) for fact in decision] == [OrderChanged]
    assert story.order.total == Money(320, "GBP")
