"""What an order is, comes from its facts alone: how much was handed over, what was paid, what is still due."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.domain.body import from_json, to_json
from omsdesk.domain.discount import Discount
from omsdesk.domain.messages import Refusal
from omsdesk.domain.order import (
    ENDED,
    GoodsHandedOver,
    Order,
    OrderChanged,
    Portion,
    Purpose,
    QuotationAccepted,
    Status,
    evolve,
)
from omsdesk.domain.order_command import AcceptQuotation, CancelOrder, ReadyGoods
from omsdesk.domain.order_terms import Fee, Instalment, Terms
from omsdesk.domain.sale_command import DiscountSale
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.values import ONE, Money, Quantity, Stamp
from tests.domain.corner_shop import APPLES, CARDS, COFFEE, DESK, NOON, SHOP, TEA, gbp
from tests.domain.order_story import ORDER, OrderStory

LATER = Stamp(NOON.utc_ms + 86_400_000)
TAX_ON_TOP = replace(DESK, shop=replace(SHOP, tax_terms=TaxTerms(is_inclusive=False)))


def test_a_layaway_is_open_then_partly_paid_then_paid_then_handed_over() -> None:
    story = OrderStory(terms=Terms(gbp("2.00")))
    assert story.status() is Status.OPEN
    assert story.order.total == gbp("9.60")
    story.pay(gbp("2.00"))
    assert story.status() is Status.PARTLY_PAID
    assert story.due == gbp("7.60")
    story.pay(gbp("7.60"))
    assert story.status() is Status.PAID
    document = story.hand_over()
    assert story.status() is Status.HANDED_OVER
    assert document.total == gbp("9.60")
    assert (story.held, story.drawer) == (0, 960)


def test_what_is_paid_next_follows_the_terms() -> None:
    plan = (Instalment("2026-12-23", gbp("3.00")), Instalment("2027-01-23", gbp("4.60")))
    story = OrderStory(terms=Terms(gbp("2.00"), plan))
    asked = []
    while story.due:
        asked.append(story.order.next_payment(story.money))
        story.pay(asked[-1])
    assert asked == [gbp("2.00"), gbp("3.00"), gbp("4.60")]


def test_goods_that_stand_together_make_an_order_ready() -> None:
    story = OrderStory(Purpose.PICK_UP)
    assert story.do(ReadyGoods(ORDER))
    assert story.status() is Status.READY
    assert story.do(ReadyGoods(ORDER)) == (), "they stand there already"
    story.hand_over("l1")
    assert story.status() is Status.READY
    story.hand_over()
    assert story.status() is Status.HANDED_OVER


def test_a_quotation_keeps_nothing_and_ends_on_its_day() -> None:
    story = OrderStory(Purpose.QUOTATION, Terms(until="2026-11-23"))
    assert story.status() is Status.QUOTATION
    assert story.order.reserved() == ()
    assert story.order.status(gbp("0.00"), "2026-11-24") is Status.EXPIRED
    assert not isinstance(story.do(AcceptQuotation(ORDER, Purpose.PICK_UP, "s1")), Refusal)
    assert story.status() is Status.OPEN
    assert story.order.reserved() == (Portion("l1", Quantity.of(3)),)


def test_what_is_reserved_is_what_is_still_to_be_handed_over() -> None:
    story = OrderStory()
    story.hand_over("l1")
    assert story.order.reserved() == (Portion("l1", Quantity.of(2)),)
    story.do(CancelOrder(ORDER, (Portion("l1", ONE),)))
    assert story.order.reserved() == (Portion("l1", ONE),)
    story.hand_over()
    assert story.order.reserved() == ()


def test_parts_of_a_line_add_up_to_its_price() -> None:
    pence = ((CARDS, Quantity.of(7)),)
    off = DiscountSale("sale-1", Discount(amount=gbp("0.50")))
    story = OrderStory(goods=pence, discount=off)
    given = [story.hand_over("l1").total for _ in range(7)]
    assert sum(given, start=gbp("0.00")) == story.order.total == gbp("6.50")
    assert len(set(given)) == 2, "no part is more than a penny from the others"


def test_taxes_on_top_are_part_of_the_price() -> None:
    story = OrderStory(goods=((COFFEE, ONE), (TEA, Quantity.of(3))), desk=TAX_ON_TOP)
    assert story.order.total == story.ticket.total == gbp("12.84")
    story.pay(gbp("12.84"))
    story.hand_over("l2", ONE)
    story.hand_over()
    assert story.held == 0
    assert story.drawer == 1284


def test_an_order_is_over_its_day_only_while_it_is_open() -> None:
    story = OrderStory(terms=Terms(until="2026-11-22"))
    assert story.order.is_over("2026-11-23")
    story.do(CancelOrder(ORDER, has_expired=True))
    assert story.status() is Status.EXPIRED
    assert not story.order.is_over("2026-11-23")
    assert story.status() in ENDED


def test_the_change_of_two_places_is_told_and_one_of_them_holds() -> None:
    story = OrderStory()
    order = story.order
    two = (replace(order.rows[0], quantity=Quantity.of(2), amount=gbp("6.40")),)
    four = (replace(order.rows[0], quantity=Quantity.of(4), amount=gbp("12.80")),)
    here, there = (OrderChanged(ORDER, 1, rows, Terms(), NOON) for rows in (two, four))
    both = [evolve(evolve(order, first), second) for first, second in ((here, there), (there, here))]
    assert both[0] == both[1]
    assert both[0].rivals
    settled = evolve(both[0], OrderChanged(ORDER, 2, two, Terms(), LATER))
    assert not settled.rivals
    assert settled.total == gbp("6.40")


def test_the_first_acceptance_counts_and_later_terms_hold() -> None:
    story = OrderStory(Purpose.QUOTATION, Terms(until="2026-12-24"))
    late = QuotationAccepted(ORDER, Purpose.LAYAWAY, "s2", LATER, Terms(until="2027-02-01"), story.order.party)
    first = QuotationAccepted(ORDER, Purpose.DELIVERY, "s1", NOON, Terms(), story.order.party)
    order = evolve(evolve(story.order, late), first)
    assert (order.purpose, order.store, order.terms) == (Purpose.DELIVERY, "s1", Terms())
    changed = evolve(order, OrderChanged(ORDER, 1, order.rows, Terms(until="2027-03-01"), LATER))
    assert changed.terms.until == "2027-03-01"


def test_what_follows_may_be_heard_before_what_it_follows_from() -> None:
    story = OrderStory()
    story.pay(gbp("9.60"))
    story.hand_over("l1")
    story.do(CancelOrder(ORDER, (Portion("l1", ONE),)))
    story.hand_over()
    assert len(story.facts) == 4
    for facts in permutations(story.facts):
        order: Order | None = None
        for fact in facts:
            order = evolve(order, fact)
            assert order.is_known is any(known.kind == "order.placed" for known in facts[: facts.index(fact) + 1])
        assert order == story.order


def test_more_handed_over_than_ordered_is_a_fact_like_any_other() -> None:
    story = OrderStory()
    story.hand_over()
    twice = GoodsHandedOver(ORDER, "other", "2A-000001", "t2", (Portion("l1", ONE, gbp("3.20")),))
    order = evolve(story.order, twice)
    assert order.given("l1") == Quantity.of(4)
    assert order.status(gbp("0.00"), NOON.day) is Status.HANDED_OVER
    assert order.to_settle == gbp("0.00")


def test_an_order_is_read_again_as_it_was_written() -> None:
    story = OrderStory(terms=Terms(gbp("1.00"), (Instalment("2026-12-01", gbp("8.60")),), "2027-01-01", Fee(100_000)))
    story.hand_over("l1")
    for fact in story.facts:
        assert from_json(fact.kind, fact.version, to_json(fact)) == fact


_ACTS = st.lists(
    st.tuples(st.sampled_from(("pay", "give", "cancel", "back")), st.integers(1, 3), st.integers(1, 900)), max_size=12
)


@settings(max_examples=60, deadline=None)
@given(_ACTS, st.booleans(), st.integers(0, 500_000))
def test_whatever_is_done_the_money_adds_up(acts: list[tuple[str, int, int]], on_top: bool, fee: int) -> None:
    goods = ((COFFEE, Quantity.of(3)), (APPLES, Quantity.of("1.234567")), (CARDS, Quantity.of(11)))
    story = OrderStory(terms=Terms(fee=Fee(fee)), goods=goods, desk=TAX_ON_TOP if on_top else DESK)
    for act, line, pence in acts:
        _act(story, act, f"l{line}", pence)
        _adds_up(story)
    if story.order.has_open_rows:
        story.hand_over()
    if story.money or story.order.fee_due:
        story.settle()
    _adds_up(story)
    assert story.held == 0
    assert story.status() in ENDED


def _act(story: OrderStory, act: str, line: str, pence: int) -> None:
    row = story.order.row(line)
    assert row is not None
    left = story.order.open_quantity(row)
    some = min(left, Quantity(pence * 3_000), key=lambda quantity: quantity.micro)
    if act == "pay":
        story.pay(Money(pence, "GBP"))
    elif act == "give" and left:
        story.hand_over(line, some)
    elif act == "cancel" and left:
        assert not isinstance(story.do(CancelOrder(ORDER, (Portion(line, some),))), Refusal)
    elif act == "back" and story.due.minor < 0:
        story.settle()


def _adds_up(story: OrderStory) -> None:
    """What lies in the drawer is what was handed over, what was kept as fees, and what still lies on the account."""
    order = story.order
    assert story.drawer == order.settled.minor + story.held
    assert order.paid(story.money) == Money(story.drawer, "GBP")
    assert order.total == order.paid(story.money) + story.due
    assert sum(sale.turnover.minor for sale in story.completed) == order.settled.minor


def test_what_is_late_is_what_its_plan_wanted_by_now() -> None:
    plan = (Instalment("2026-12-01", gbp("4.00")), Instalment("2027-01-01", gbp("3.60")))
    story = OrderStory(terms=Terms(gbp("2.00"), plan))
    late = story.order.late
    assert late(story.money, "2026-12-01") == gbp("0.00"), "it can be paid on its day"
    assert late(story.money, "2026-12-02") == gbp("6.00"), "the deposit was never paid, either"
    assert story.order.late_since(story.money, "2027-06-01") == "2026-12-01"
    story.pay(gbp("6.00"))
    assert late(story.money, "2026-12-02") == gbp("0.00")
    assert (late(story.money, "2027-06-01"), story.order.late_since(story.money, "2027-06-01")) == (
        gbp("3.60"), "2027-01-01",
    )  # fmt: skip
    story.hand_over("l1", Quantity.of(3))
    assert story.order.late(story.money, "2027-06-01") == gbp("0.00"), "what is fetched is paid"


def test_a_quotation_is_never_late() -> None:
    plan = (Instalment("2026-12-01", gbp("4.00")),)
    story = OrderStory(Purpose.QUOTATION, Terms(plan=plan))
    assert not story.order.late(story.money, "2027-06-01")
    assert story.order.late_since(story.money, "2027-06-01") == ""
