"""Promotions on a ticket: they follow every change of its lines, and nobody pays what they were not told."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.domain import hands
from omsdesk.domain.approval import ApprovalNeeded
from omsdesk.domain.body import from_json, to_json
from omsdesk.domain.catalogue import Article
from omsdesk.domain.discount import BY_HAND, Discount, Reduction
from omsdesk.domain.hands import OWN, Ticket
from omsdesk.domain.line import Line
from omsdesk.domain.offers import Offers
from omsdesk.domain.people import Person, Role
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.promotion import Benefit, Need, Promotion, Selection, Takes, Threshold, holding
from omsdesk.domain.repricing import repriced, settled
from omsdesk.domain.returns import Receipt, ReturnGoods
from omsdesk.domain.sale import Coupon, CouponRemoved, CouponShown, LineAdded, Repriced, evolve
from omsdesk.domain.sale_command import (
    AddLine,
    ChangePrice,
    ChangeQuantity,
    CompleteSale,
    DiscountLine,
    DiscountSale,
    HoldSale,
    NoteLine,
    PriceAnew,
    RecallSale,
    RemoveLine,
    RemoveTender,
    RestoreLine,
    TakeTender,
)
from omsdesk.domain.sale_refusal import PricesChanged
from omsdesk.domain.selling import decide
from omsdesk.domain.shop import Desk
from omsdesk.domain.tax import Tax
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Money, Quantity, Stamp
from tests.domain.corner_shop import APPLES, CARDS, CASH, COFFEE, DESK, GIFT, NOON, REPAIR, TEA, TWO, gbp
from tests.domain.ticket_story import Story, add, priced, sum_of

S = "sale-1"
THREE = Quantity.of(3)
FREE, TENTH, FIFTH = (Benefit(Takes.PERCENT, ppm) for ppm in (1_000_000, 100_000, 200_000))
COFFEES, TEAS = Selection(products=(COFFEE.product,)), Selection(products=(TEA.product,))
THREE_FOR_TWO = Promotion("3for2", "3 for 2", (Need(COFFEES, 2, is_reduced=False), Need(COFFEES)), FREE)
TENTH_OFF_TEA = Promotion("tea", "Tea week", (Need(TEAS),), TENTH)
TENTH_OFF_ALL = Promotion("all", "Everything less", (Need(),), TENTH)
FIFTH_OFF_ALL = replace(TENTH_OFF_ALL, id="fifth", benefit=FIFTH)
PAIR = Promotion("pair", "Coffee and tea", (Need(COFFEES), Need(TEAS)), Benefit(Takes.SET_PRICE, money=gbp("5.00")))
BASKET = Promotion(
    "basket", "2.00 off from 10.00", (Need(),), Benefit(Takes.BASKET_AMOUNT, money=gbp("2.00")),
    threshold=Threshold(gbp("10.00")),
)  # fmt: skip


def desk_with(*promotions: Promotion, desk: Desk = DESK) -> Desk:
    return replace(desk, promotions=Offers(holding(promotions, desk.at, desk.shop.id)))


def told(*promotions: Promotion) -> Story:
    return Story(desk=desk_with(*promotions))


def off(story: Story, line: str) -> int:
    row = story.ticket.line(line)
    assert row is not None
    return sum_of(reduction.amount for reduction in row.reductions)


# ---- following the lines


def test_the_third_is_free_from_the_third_on() -> None:
    story = told(THREE_FOR_TWO)
    for number in range(2):
        assert [type(fact) for fact in story.do(add(f"l{number}", COFFEE))][-1] is not Repriced
    fact = story.do(add("l2", COFFEE))[-1]
    assert isinstance(fact, Repriced)
    assert fact.rows[0].reductions == (Reduction("3for2", "3 for 2", gbp("3.20")),)
    assert fact.rows[0].article is None
    assert story.ticket.total == gbp("6.40")
    story.do(ChangeQuantity(S, "l0", TWO))
    assert story.ticket.total == gbp("6.40")
    assert off(story, "l0") == 0


def test_only_the_lines_that_differ_are_told() -> None:
    story = told(TENTH_OFF_TEA)
    story.do(add("a", COFFEE))
    fact = story.do(add("b", TEA))[-1]
    assert isinstance(fact, Repriced)
    assert [row.line for row in fact.rows] == ["b"]
    assert not any(isinstance(fact, Repriced) for fact in story.do(add("c", REPAIR, TWO)))
    assert not any(isinstance(fact, Repriced) for fact in story.do(NoteLine(S, "b", "cold")))


def test_a_line_that_goes_takes_the_offer_of_another_along() -> None:
    story = told(PAIR)
    story.do(add("a", COFFEE))
    story.do(add("b", TEA))
    assert story.ticket.total == gbp("5.00")
    story.do(RemoveLine(S, "a"))
    assert story.ticket.total == gbp("2.50")
    story.do(RestoreLine(S, Line("a", COFFEE, ONE), 0))
    assert story.ticket.total == gbp("5.00")


def test_a_line_that_is_put_back_has_what_holds_now_and_not_what_held_before() -> None:
    story = told(THREE_FOR_TWO)
    row = Line("a", COFFEE, THREE, reductions=(Reduction("gone", "Last week", gbp("9.60")),))
    story.do(add("b", TEA))
    story.do(RestoreLine(S, row, 0))
    assert off(story, "a") == 320
    without = Story(add("b", TEA))
    without.do(RestoreLine(S, row, 0))
    assert off(without, "a") == 0


def test_without_promotions_nothing_is_priced_anew() -> None:
    for desk in (DESK, desk_with()):
        story = Story(add("a", COFFEE), add("b", APPLES, Quantity.of("1.25")), desk=desk)
        assert not any(isinstance(fact, Repriced) for fact in story.facts)


def test_goods_are_known_by_category_brand_and_family_too() -> None:
    named = {
        "categories": replace(TEA, product="x1", category="Hot"),
        "brands": replace(TEA, product="x2", brand="Alba"),
        "families": replace(TEA, product="x3", family="Infusions"),
    }
    for by, article in named.items():
        key = article.category or article.brand or article.family
        story = told(Promotion("p", "P", (Need(Selection(**{by: (key,)})),), TENTH))
        story.do(add("a", article))
        story.do(add("b", TEA))
        assert (off(story, "a"), off(story, "b")) == (25, 0)


def test_weighed_goods_are_reduced_as_a_whole_and_fill_no_set() -> None:
    story = told(TENTH_OFF_ALL)
    story.do(add("a", APPLES, Quantity.of("1.235")))
    assert story.ticket.total == gbp("3.32")
    apples = Selection(products=(APPLES.product,))
    sets = told(Promotion("s", "S", (Need(apples, 2, is_reduced=False), Need(apples)), FREE))
    sets.do(add("a", APPLES, THREE))
    assert off(sets, "a") == 0


def test_what_costs_nothing_and_what_was_given_a_price_by_its_article_alone() -> None:
    story = told(TENTH_OFF_ALL)
    story.do(add("a", GIFT))
    story.do(AddLine(S, "b", REPAIR, ONE, gbp("40.00")))
    assert story.ticket.total == gbp("36.00")


# ---- beside what people do


def test_a_typed_price_is_what_was_said_and_counts_for_no_offer() -> None:
    story = told(THREE_FOR_TWO)
    story.do(add("a", COFFEE, TWO))
    story.do(AddLine(S, "b", COFFEE, ONE, gbp("2.00")))
    assert story.ticket.total == gbp("8.40")
    story.do(ChangePrice(S, "b", None))
    assert story.ticket.total == gbp("6.40")
    story.do(ChangePrice(S, "b", gbp("3.00")))
    assert story.ticket.total == gbp("9.40")


def test_a_price_that_is_asked_each_time_is_no_persons_doing() -> None:
    story = told(TENTH_OFF_ALL)
    ham = replace(COFFEE, product="p-ham", traits=Traits(asks_price=True))
    story.do(AddLine(S, "a", ham, ONE, gbp("5.00")))
    assert story.ticket.total == gbp("4.50")
    story.desk = replace(story.desk, author=Person("cara", "Cara", Role.CASHIER))
    assert story.do(DiscountLine(S, "a", Discount(ppm=100_000)))


def test_nothing_comes_off_a_deposit() -> None:
    story = told(TENTH_OFF_ALL)
    story.do(add("a", replace(TEA, product="p-bottle", traits=Traits(is_deposit=True))))
    assert story.ticket.total == gbp("2.50")


def test_what_a_person_takes_off_comes_after_promotions() -> None:
    story = told(TENTH_OFF_ALL)
    story.do(add("a", COFFEE))
    story.do(DiscountLine(S, "a", Discount(ppm=500_000, reason="dented")))
    story.do(DiscountSale(S, Discount(amount=gbp("0.44"))))
    assert story.ticket.total == gbp("1.00")
    sold = story.pay().lines[0]
    assert [(row.source, row.amount.minor) for row in sold.reductions] == [("all", 32), (BY_HAND, 144), ("ticket", 44)]
    assert sold.unit_price - Money(sum_of(row.amount for row in sold.reductions), "GBP") == sold.amount


def test_the_limit_of_a_role_is_about_what_a_person_takes_off() -> None:
    cara = replace(desk_with(PAIR), author=Person("cara", "Cara", Role.CASHIER))
    story = Story(add("a", COFFEE), add("b", TEA), desk=cara)
    assert story.ticket.total == gbp("5.00")
    # A tenth of what promotions left is within the limit of a cashier; half is not.
    assert story.do(DiscountSale(S, Discount(ppm=100_000)))
    story.is_refused(ApprovalNeeded, "take 50 % off this sale. Ask", DiscountSale(S, Discount(ppm=500_000)))
    # The coffee would cost 2.81 in the offer: less than that is her doing, the offer that ends is not.
    assert story.do(DiscountSale(S, None))
    story.is_refused(ApprovalNeeded, "sell “Coffee” for 1.00 GBP, 64.4 % less", ChangePrice(S, "a", gbp("1.00")))
    assert story.do(ChangePrice(S, "a", gbp("3.00")))
    assert story.ticket.total == gbp("5.50")


def test_a_typed_price_is_held_against_the_least_price_without_the_promotion_that_it_ends() -> None:
    cara = replace(desk_with(TENTH_OFF_ALL), author=Person("cara", "Cara", Role.CASHIER))
    book = replace(COFFEE, product="p-book", traits=Traits(minimum_price=gbp("2.90")))
    story = Story(add("a", book), desk=cara)
    assert story.ticket.total == gbp("2.88"), "what the shop itself asks may be less"
    assert story.do(ChangePrice(S, "a", gbp("3.00"))), story.refusal
    assert story.ticket.total == gbp("3.00")
    story.is_refused(ApprovalNeeded, "below its least price", ChangePrice(S, "a", gbp("2.80")))


def test_what_comes_back_takes_no_part_and_brings_what_was_paid() -> None:
    bought = told(THREE_FOR_TWO)
    bought.do(add("a", COFFEE, THREE))
    receipt = Receipt(bought.pay(), {})
    back = Story(desk=replace(desk_with(THREE_FOR_TWO, TENTH_OFF_ALL)))
    back.receipts = {S: receipt}
    back.do(ReturnGoods("sale-2", "r", S, "a", ONE))
    assert back.ticket.total == gbp("-2.13")
    back.do(add("b", COFFEE, TWO, sale="sale-2"))
    assert off(back, "b") == 64
    assert back.ticket.total == gbp("3.63")


@given(st.permutations([1, 2, 3, 1]), st.sampled_from([THREE_FOR_TWO, TENTH_OFF_ALL, BASKET]))
@settings(max_examples=25, deadline=None)
def test_however_goods_come_back_they_bring_what_was_paid(parts: list[int], offer: Promotion) -> None:
    story = told(offer)
    story.do(add("a", COFFEE, Quantity.of(7)))
    sold = story.pay()
    given_back, before = 0, Quantity(0)
    for number, part in enumerate(parts):
        back = Story(desk=desk_with(offer))
        back.receipts = {S: Receipt(sold, {"a": before})}
        back.do(ReturnGoods(f"back-{number}", "r", S, "a", Quantity.of(part)))
        given_back -= back.ticket.total.minor
        before += Quantity.of(part)
    assert given_back == sold.total.minor


# ---- another hour


EVENING = Stamp(NOON.utc_ms + 6 * 3_600_000, 0)
HAPPY_HOUR = replace(TENTH_OFF_ALL, id="happy", name="Happy hour", to_time="18:00")
NOW, LATER = desk_with(HAPPY_HOUR), desk_with(HAPPY_HOUR, desk=replace(DESK, at=EVENING))


def test_nobody_pays_what_they_were_not_told() -> None:
    story = Story(add("a", COFFEE), desk=NOW)
    assert story.ticket.total == gbp("2.88")
    story.is_refused(PricesChanged, "new total", TakeTender(S, "p", CASH, gbp("2.88")), LATER)
    assert story.do(PriceAnew(S), LATER)
    assert story.do(PriceAnew(S), LATER) == ()
    assert story.ticket.total == gbp("3.20")
    assert story.do(TakeTender(S, "p", CASH, gbp("3.20")), LATER)


def test_a_ticket_without_anything_due_is_not_ended_at_old_prices_either() -> None:
    free = replace(HAPPY_HOUR, benefit=FREE)
    story = Story(add("a", COFFEE), desk=desk_with(free))
    assert story.ticket.due == gbp("0")
    later = desk_with(free, desk=replace(DESK, at=EVENING))
    story.is_refused(PricesChanged, "new total", CompleteSale(S), later)
    assert story.do(CompleteSale(S))


def test_what_was_paid_for_in_part_keeps_its_prices() -> None:
    story = Story(add("a", COFFEE), TakeTender(S, "p", CASH, gbp("1.00")), desk=NOW)
    assert story.do(TakeTender(S, "q", CASH, gbp("1.88")), LATER)
    assert story.do(RemoveTender(S, "q"), LATER)
    assert story.ticket.total == gbp("2.88")
    assert story.do(RemoveTender(S, "p"), LATER)
    assert story.ticket.total == gbp("3.20")


def test_a_ticket_that_waited_is_priced_by_what_holds_when_it_is_taken_up() -> None:
    story = Story(add("a", COFFEE), HoldSale(S, "Ann"), desk=NOW)
    assert story.ticket.total == gbp("2.88")
    facts = story.do(RecallSale(S), LATER)
    assert [fact.kind for fact in facts] == ["sale.recalled", "sale.repriced"]
    assert story.ticket.total == gbp("3.20")


# ---- other prices for a customer


def test_articles_can_be_given_anew_and_promotions_follow_them() -> None:
    story = told(TENTH_OFF_ALL)
    story.do(add("a", COFFEE))
    story.do(add("b", TEA))

    def trade(row: Line) -> Article:
        half = Money(row.article.prices[0].price.minor // 2, "GBP")
        return replace(row.article, prices=(PriceBreak(Quantity(0), half),)) if row.line == "a" else row.article

    decision = decide(story.ticket, PriceAnew(S), story.desk, anew=trade)
    assert isinstance(decision, tuple)
    (fact,) = decision
    assert isinstance(fact, Repriced)
    assert [row.line for row in fact.rows] == ["a"]
    assert fact.rows[0].article == trade(story.ticket.lines[0])
    assert fact.rows[0].reductions[0].amount == gbp("0.16")


def test_taxes_of_a_customer_can_be_others() -> None:
    story = Story(add("a", COFFEE))
    (fact,) = repriced(story.ticket, DESK, lambda row: replace(row.article, taxes=(Tax("Z", "Zero", 0),)))
    assert fact.rows[0].article is not None
    assert fact.rows[0].article.taxes == (Tax("Z", "Zero", 0),)


def test_what_comes_back_keeps_its_article() -> None:
    bought = Story(add("a", COFFEE))
    back = Story()
    back.receipts = {S: Receipt(bought.pay(), {})}
    back.do(ReturnGoods("sale-2", "r", S, "a", ONE))
    assert repriced(back.ticket, DESK, lambda _: TEA) == ()


# ---- coupons

ONCE = replace(FIFTH_OFF_ALL, id="once", coupon="once")
BY_CODE = replace(TENTH_OFF_ALL, coupon="Spring10")


def test_a_coupon_on_the_ticket_opens_what_asks_for_it_until_it_is_given_back() -> None:
    story = told(ONCE, BY_CODE)
    story.do(add("a", COFFEE))
    assert repriced(story.ticket, story.desk) == ()
    for coupon, left in ((Coupon("SPRING10"), "2.88"), (Coupon("X7Q-M2P", "once"), "2.56")):
        shown = evolve(story.ticket, CouponShown(S, coupon))
        assert settled(shown, story.desk).total == gbp(left)
        back = evolve(settled(shown, story.desk), CouponRemoved(S, coupon.code))
        assert settled(back, story.desk) == story.ticket


def test_coupons_stay_with_the_ticket_whatever_happens_to_its_lines() -> None:
    story = told(ONCE)
    story.do(add("a", COFFEE))
    shown = evolve(story.ticket, CouponShown(S, Coupon("X7Q-M2P", "once")))
    for fact in (NoteLine(S, "a", "cold"), ChangeQuantity(S, "a", TWO), HoldSale(S, "Ann")):
        decision = decide(shown, fact, story.desk)
        assert isinstance(decision, tuple)
        for row in decision:
            shown = evolve(shown, row)
    assert shown.coupons == (Coupon("X7Q-M2P", "once"),)


# ---- for every ticket


ARTICLES = (COFFEE, TEA, CARDS, APPLES, replace(TEA, product="p-mate", name="Mate", brand="Alba"))
PROMOTIONS = (THREE_FOR_TWO, TENTH_OFF_TEA, PAIR, BASKET, replace(TENTH_OFF_ALL, is_combinable=True))
rung = st.lists(st.tuples(st.integers(0, len(ARTICLES) - 1), st.integers(1, 4)), min_size=1, max_size=7)
offered = st.lists(st.sampled_from(PROMOTIONS), max_size=4, unique_by=lambda row: row.id)


def ring(rows: list[tuple[int, int]], promotions: list[Promotion]) -> Story:
    story = told(*promotions)
    for number, (article, count) in enumerate(rows):
        story.do(add(f"l{number}", ARTICLES[article], Quantity.of(count)))
    return story


@given(rung, offered, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_scanning_does_not_change_the_total(
    rows: list[tuple[int, int]], promotions: list[Promotion], dice: object
) -> None:
    shuffled = list(rows)
    dice.shuffle(shuffled)  # type: ignore[attr-defined]
    assert ring(rows, promotions).ticket.total == ring(shuffled, promotions).ticket.total


def test_nor_does_any_of_all_orders() -> None:
    rows = [(0, 2), (0, 1), (1, 1), (4, 2)]
    totals = {ring(list(order), list(PROMOTIONS)).ticket.total for order in permutations(rows)}
    assert len(totals) == 1


@given(rung, offered)
@settings(max_examples=60, deadline=None)
def test_nothing_is_below_zero_and_the_parts_are_the_whole(
    rows: list[tuple[int, int]], promotions: list[Promotion]
) -> None:
    story = ring(rows, promotions)
    ticket = story.ticket
    full = sum(row.full_amount("GBP").minor for row in ticket.lines)
    assert all(amount.minor >= 0 for amount in ticket.amounts())
    taken = sum(off(story, row.line) for row in ticket.lines)
    assert priced(ticket).minor == full - taken
    document = story.pay()
    for row in document.lines:
        assert row.unit_price.times(row.quantity).minor - sum_of(r.amount for r in row.reductions) == row.amount.minor
    assert sum_of(row.amount for row in document.lines) == full - taken


@given(rung, offered)
@settings(max_examples=40, deadline=None)
def test_another_station_folds_the_same_ticket_from_what_was_written(
    rows: list[tuple[int, int]], promotions: list[Promotion]
) -> None:
    story = ring(rows, promotions)
    far: Ticket | None = None
    for fact in story.facts:
        far = hands.evolve(far, "till-2/1", from_json(fact.kind, fact.version, to_json(fact)))
    assert far is not None
    assert far.here == replace(story.ticket, is_elsewhere=True)
    assert hands.evolve(None, OWN, story.facts[0]).here is not None
    assert any(isinstance(fact, LineAdded) for fact in story.facts)
