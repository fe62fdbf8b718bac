"""Two stations did different things with one order; a person who sees both settles it, and no fact is undone."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.messages import Refusal
from omsdesk.domain.order import GoodsHandedOver, Order, OrderCancelled, OrderChanged, OrderSettled, Portion, evolve
from omsdesk.domain.order_change import ChangedMeanwhile, kept
from omsdesk.domain.order_command import AgreeOnOrder, ChangeOrder
from omsdesk.domain.order_dispute import Dispute, dispute, in_favour_of, seen, standing_by, withdrawing
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.people import Person, Role
from omsdesk.domain.values import ONE, Quantity, Stamp
from tests.domain.corner_shop import DESK, gbp
from tests.domain.order_story import ORDER, OrderStory

CARA = Person("cara", "Cara", Role.CASHIER)
THREE = Quantity.of(3)


def heard(story: OrderStory, *facts: OrderCancelled | GoodsHandedOver | OrderChanged | OrderSettled) -> OrderStory:
    """Hear what another station did."""
    for fact in facts:
        story._follow(fact)
    return story


def cancelled(quantity: Quantity = THREE) -> OrderCancelled:
    return OrderCancelled(ORDER, (Portion("l1", quantity),), Stamp(5_000, 0), gbp("0.96"), "moved away")


def handed(quantity: Quantity = THREE, sale: str = "there") -> GoodsHandedOver:
    return GoodsHandedOver(ORDER, sale, "2A-000007", "t2", (Portion("l1", quantity, gbp("3.20").times(quantity)),))


def changed(order: Order, quantity: int, at: int) -> OrderChanged:
    rows = kept(order, {"l1": Quantity.of(quantity)})
    return OrderChanged(ORDER, 1, rows, Terms(until=f"2026-12-{quantity:02}"), Stamp(at, 0))


def do(story: OrderStory, command: AgreeOnOrder | ChangeOrder) -> None:
    decision = story.do(command)
    assert not isinstance(decision, Refusal), decision


def test_one_mind_has_nothing_to_settle() -> None:
    story = OrderStory()
    assert dispute(story.order) is None
    story.hand_over("l1")
    heard(story, cancelled(Quantity.of(2)))
    assert dispute(story.order) is None, "one was fetched and two given up"


def test_lines_that_were_changed_at_both_are_chosen_from() -> None:
    story = OrderStory()
    order = story.order
    heard(story, changed(order, 5, 1_000), changed(order, 2, 2_000))
    assert dispute(story.order) is Dispute.LINES
    five = next(fact for fact in story.order.rivals if fact.rows[0].quantity == Quantity.of(5))
    do(story, in_favour_of(story.order, five))
    assert dispute(story.order) is None
    assert (story.order.total, story.order.terms.until) == (gbp("16.00"), "2026-12-05")


def test_what_was_handed_over_stays_whatever_side_is_chosen() -> None:
    story = OrderStory()
    order = story.order
    heard(story, changed(order, 5, 1_000), changed(order, 1, 2_000), handed(THREE))
    one = next(fact for fact in story.order.rivals if fact.rows[0].quantity == ONE)
    do(story, in_favour_of(story.order, one))
    assert story.order.rows[0].quantity == THREE
    assert not story.order.has_open_rows
    assert dispute(story.order) is None


def test_an_ended_order_can_still_be_settled() -> None:
    story = OrderStory()
    order = story.order
    heard(story, changed(order, 5, 1_000), changed(order, 1, 2_000), handed(Quantity.of(5)))
    assert not story.order.has_open_rows
    assert dispute(story.order) is Dispute.LINES
    for side in story.order.rivals[:1]:
        do(story, in_favour_of(story.order, side))
    assert story.order.given("l1") == Quantity.of(5)
    assert dispute(story.order) is None


def test_given_up_here_and_handed_over_there_was_wanted_after_all() -> None:
    story = heard(OrderStory(), cancelled(), handed(Quantity.of(2)))
    assert dispute(story.order) is Dispute.CANCELLED
    assert story.order.fee_due == gbp("0.96")
    do(story, withdrawing(story.order))
    order = story.order
    assert dispute(order) is None
    assert order.given("l1") == Quantity.of(2), "what went is gone"
    assert order.open_quantity(order.rows[0]) == ONE, "what was not fetched is kept again"
    assert (order.fee_due, order.settled) == (gbp("0.00"), gbp("6.40"))


def test_or_it_stays_given_up_with_its_fee() -> None:
    story = heard(OrderStory(), cancelled(), handed(Quantity.of(2)))
    do(story, standing_by(story.order))
    assert dispute(story.order) is None
    assert story.order.fee_due == gbp("0.96")
    assert not story.order.has_open_rows


def test_what_went_twice_is_acknowledged() -> None:
    story = heard(OrderStory(), handed(sale="here"), handed(sale="there"))
    assert dispute(story.order) is Dispute.TWICE
    do(story, standing_by(story.order))
    assert dispute(story.order) is None
    assert story.order.given("l1") == Quantity.of(6)


def test_what_is_heard_after_the_settlement_opens_it_again() -> None:
    story = heard(OrderStory(), cancelled(), handed(Quantity.of(2)))
    do(story, withdrawing(story.order))
    heard(story, handed(ONE, "later"))
    assert dispute(story.order) is Dispute.CANCELLED
    stale = AgreeOnOrder(ORDER, seen(story.order)[:1])
    assert isinstance(story.do(stale), ChangedMeanwhile)
    do(story, withdrawing(story.order))
    assert dispute(story.order) is None
    assert story.order.settlement is not None
    assert story.order.settlement.revision == 2


def test_two_who_settle_it_differently_have_to_settle_that() -> None:
    story = heard(OrderStory(), cancelled(), handed(Quantity.of(2)))
    order = story.order
    one = OrderSettled(ORDER, 1, Stamp(9_000, 0), seen(order), withdrawing(order).withdrawn)
    other = OrderSettled(ORDER, 1, Stamp(8_000, 0), seen(order))
    both = [evolve(evolve(order, first), second) for first, second in ((one, other), (other, one))]
    assert both[0] == both[1]
    assert dispute(both[0]) is Dispute.CANCELLED
    assert dispute(evolve(evolve(order, one), replace(one, at=Stamp(9_500, 0)))) is None, "they said the same"


def test_a_cashier_asks_somebody() -> None:
    story = heard(OrderStory(), cancelled(), handed(Quantity.of(2)))
    story.desk = replace(DESK, author=CARA)
    assert isinstance(story.do(withdrawing(story.order)), ApprovalNeeded)


def test_a_fee_that_was_kept_already_goes_back_where_the_goods_were_wanted() -> None:
    story = OrderStory()
    story.pay(gbp("5.00"))
    heard(story, cancelled())
    assert story.settle().total == gbp("-4.04")
    assert story.drawer == 96, "the fee"
    heard(story, handed())
    do(story, withdrawing(story.order))
    assert (story.order.fee_due, story.order.settled) == (gbp("-0.96"), gbp("10.56"))
    assert story.settle().total == gbp("-0.96")
    assert story.drawer == 0
    assert (story.order.fee_due, story.order.settled) == (gbp("0.00"), gbp("9.60"))
