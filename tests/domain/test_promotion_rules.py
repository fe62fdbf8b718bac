"""What customers get: each kind of offer as a story, in euros."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.domain.promotion import Benefit, Index, Item, Need, Promotion, Selection, Takes, Threshold, Tier
from omsdesk.domain.promotion_rules import best, search
from omsdesk.domain.values import Money, Quantity

FREE = Benefit(Takes.PERCENT, 1_000_000)


def eur(text: str) -> Money:
    return Money.of(text, "EUR")


def percent(share: int) -> Benefit:
    return Benefit(Takes.PERCENT, share * 10_000)


def money(takes: Takes, amount: str) -> Benefit:
    return Benefit(takes, money=eur(amount))


def these(*products: str) -> Selection:
    return Selection(products)


def buy(*goods: str) -> list[Item]:
    """Scan ``"3 ale 2.50"``; ``"0.350 kg brie 19.90"`` is weighed."""
    items = []
    for place, text in enumerate(goods):
        count, *kilo, product, price = text.split()
        items.append(Item(f"{place + 1}", product, Quantity.of(count), eur(price), is_measured=bool(kilo)))
    return items


def offer(name: str, needs: Need | tuple[Need, ...], benefit: Benefit, **more: object) -> Promotion:
    row = Promotion(name, name, needs if isinstance(needs, tuple) else (needs,), benefit)
    return replace(row, **more)  # type: ignore[arg-type]


def off(items: list[Item], *promotions: Promotion) -> dict[str, str]:
    """What comes off, by line: ``{"1": "0.50 weekend, 0.20 members"}``."""
    found = search(items, promotions)
    assert found.is_exact
    return {line: ", ".join(f"{row.amount.decimal} {row.name}" for row in rows) for line, rows in found.lines}


def two_and_one(*products: str) -> tuple[Need, ...]:
    return Need(these(*products), 2, is_reduced=False), Need(these(*products))


# --- every kind ----------------------------------------------------------------------------------------------------


def test_a_share_off_each_unit_is_rounded_as_the_shelf_label_shows_it() -> None:
    week = offer("week", Need(these("brie")), percent(20))
    assert off(buy("3 brie 1.99", "1 ale 2.50"), week) == {"1": "1.20 week"}, "1.59 each, as the label says"


def test_weighed_goods_are_one_unit() -> None:
    week = offer("week", Need(these("brie")), percent(20))
    assert off(buy("0.350 kg brie 19.90"), week) == {"1": "1.39 week"}
    assert off(buy("0.350 kg brie 19.90"), offer("coin", Need(), money(Takes.UNIT_AMOUNT, "1.00"))) == {
        "1": "1.00 coin"
    }


def test_an_amount_off_each_unit_takes_no_more_than_its_price() -> None:
    coin = offer("coin", Need(), money(Takes.UNIT_AMOUNT, "1.00"))
    assert off(buy("2 ale 2.50", "3 bun 0.80"), coin) == {"1": "2.00 coin", "2": "2.40 coin"}


def test_a_price_for_each_unit_never_makes_anything_dearer() -> None:
    euro_day = offer("euro day", Need(), money(Takes.UNIT_PRICE, "1.00"))
    assert off(buy("2 ale 2.50", "3 bun 0.80"), euro_day) == {"1": "3.00 euro day"}


def test_of_three_the_price_of_the_cheapest_is_free_and_all_three_share_it() -> None:
    row = offer("2 + 1", two_and_one("ale", "bun", "cake"), FREE)
    items = buy("1 ale 2.50", "1 cake 3.99", "1 bun 0.80")
    assert off(items, row) == {"1": "0.27 2 + 1", "2": "0.44 2 + 1", "3": "0.09 2 + 1"}
    assert off(buy("1 ale 3.00", "1 bun 3.00", "1 cake 3.00"), row) == dict.fromkeys("123", "1.00 2 + 1")
    assert off(buy("1 ale 2.50", "1 cake 3.99"), row) == {}


def test_sets_are_made_to_the_customers_good() -> None:
    row = offer("2 + 1", two_and_one("ale", "bun"), FREE)
    assert off(buy("3 bun 0.80", "3 ale 2.50"), row) == {"1": "0.80 2 + 1", "2": "2.50 2 + 1"}


def test_the_second_for_half_the_price() -> None:
    row = offer("second", (Need(these("ale"), is_reduced=False), Need(these("ale"))), percent(50))
    assert off(buy("5 ale 2.50"), row) == {"1": "2.50 second"}


def test_with_a_coffee_the_mug_costs_half_though_it_is_dearer() -> None:
    row = offer("mug", (Need(these("coffee"), is_reduced=False), Need(these("mug"))), percent(50))
    assert off(buy("1 mug 8.00", "1 coffee 3.00"), row) == {"1": "2.91 mug", "2": "1.09 mug"}, "4.00, for both"
    assert off(buy("1 mug 8.00"), row) == {}


def test_mix_and_match_comes_to_its_price_and_each_gets_its_part() -> None:
    row = offer("3 for 5", Need(these("ale", "bun", "cake"), 3), money(Takes.SET_PRICE, "5.00"))
    items = buy("1 ale 2.50", "1 bun 0.80", "1 cake 3.99")
    assert off(items, row) == {"1": "0.79 3 for 5", "2": "0.25 3 for 5", "3": "1.25 3 for 5"}
    assert off(buy("3 bun 0.80"), row) == {}, "it would cost more"


def test_the_dearest_three_are_the_three_for_five() -> None:
    row = offer("3 for 5", Need(these("ale", "bun"), 3), money(Takes.SET_PRICE, "5.00"), most=1)
    assert off(buy("2 bun 0.80", "4 ale 2.50"), row) == {"2": "2.50 3 for 5"}
    assert off(buy("6 ale 2.50"), replace(row, most=0)) == {"1": "5.00 3 for 5"}


def test_a_bundle_takes_one_of_each() -> None:
    needs = Need(these("burger")), Need(these("fries")), Need(these("cola", "water"))
    row = offer("menu", needs, money(Takes.SET_PRICE, "7.50"))
    items = buy("2 burger 5.00", "1 fries 3.00", "1 water 1.50", "1 cola 2.00")
    assert off(items, row) == {"1": "1.25 menu", "2": "0.75 menu", "4": "0.50 menu"}, "with the cola it saves more"


def test_an_amount_off_a_set_is_shared_out_to_the_cent() -> None:
    row = offer("pair", (Need(these("ale")), Need(these("cake"))), money(Takes.SET_AMOUNT, "1.00"))
    assert off(buy("3 ale 2.50", "2 cake 3.99"), row) == {"1": "0.78 pair", "2": "1.22 pair"}


def test_tiers_count_all_that_was_bought_and_the_highest_reached_holds() -> None:
    row = offer("wine", Need(these("red", "white")), percent(0), tiers=(Tier(6, percent(10)), Tier(3, percent(5))))
    assert off(buy("2 red 8.00"), row) == {}
    assert off(buy("2 red 8.00", "1 white 6.00"), row) == {"1": "0.80 wine", "2": "0.30 wine"}
    assert off(buy("5 red 8.00", "1 white 6.00"), row) == {"1": "4.00 wine", "2": "0.60 wine"}


def test_from_fifty_euros_five_come_off_the_whole() -> None:
    row = offer("from 50", Need(), money(Takes.BASKET_AMOUNT, "5.00"), threshold=Threshold(eur("50.00")))
    assert off(buy("1 lamp 30.00", "2 vase 9.99"), row) == {}
    assert off(buy("1 lamp 30.00", "2 vase 10.00"), row) == {"1": "3.00 from 50", "2": "2.00 from 50"}


def test_from_fifty_euros_of_drinks_the_snacks_are_cheaper() -> None:
    row = offer("party", Need(these("nuts")), percent(10), threshold=Threshold(eur("50.00"), these("wine")))
    assert off(buy("5 wine 9.99", "1 nuts 3.00"), row) == {}
    assert off(buy("6 wine 9.99", "1 nuts 3.00"), row) == {"2": "0.30 party"}


def test_a_coupon_can_be_good_for_one_unit_only() -> None:
    row = offer("coupon", Need(these("ale", "cake")), percent(50), most=1)
    assert off(buy("2 ale 2.50", "2 cake 4.00"), row) == {"2": "2.00 coupon"}


def test_free_goods_cost_nothing_and_count_for_nothing() -> None:
    row = offer("2 + 1", two_and_one("ale", "bag"), FREE)
    assert off(buy("2 bag 0.00", "2 ale 2.50"), row) == {}


# --- together ------------------------------------------------------------------------------------------------------


def test_of_two_offers_on_the_same_goods_the_better_combination_is_found() -> None:
    free = offer("2 + 1", two_and_one("ale", "cake"), FREE)
    pair = offer("pair", Need(these("ale", "bun"), 2), money(Takes.SET_PRICE, "2.00"))
    items = buy("4 ale 2.50", "1 cake 3.00")
    assert off(items, free) == {"1": "1.56 2 + 1", "2": "0.94 2 + 1"}
    assert off(items, pair) == {"1": "6.00 pair"}
    assert off(items, free, pair) == {"1": "6.00 pair"}
    assert off(buy("3 ale 2.50", "2 cake 3.00"), free, pair) == {
        "1": "0.74 2 + 1, 3.00 pair",
        "2": "1.76 2 + 1",
    }


def test_what_does_not_combine_keeps_its_units_for_itself() -> None:
    week, members = offer("week", Need(these("ale")), percent(20)), offer("members", Need(), percent(10))
    assert off(buy("1 ale 10.00", "1 bun 1.00"), week, members) == {"1": "2.00 week", "2": "0.10 members"}


def test_those_that_combine_work_on_what_the_others_left() -> None:
    week = offer("week", Need(these("ale")), percent(20), is_combinable=True)
    members = offer("members", Need(), percent(10), is_combinable=True)
    coin = offer("coin", Need(), money(Takes.UNIT_AMOUNT, "1.00"), is_combinable=True)
    assert off(buy("1 ale 10.00"), week, members) == {"1": "1.00 members, 1.80 week"}
    assert off(buy("1 ale 10.00"), coin, members, week) == {"1": "1.00 coin, 1.00 members, 1.80 week"}


def test_a_small_offer_that_does_not_combine_keeps_nobody_from_a_greater_one_that_does() -> None:
    small, great = offer("small", Need(), percent(5)), offer("great", Need(), percent(30), is_combinable=True)
    assert off(buy("1 ale 10.00"), small, great) == {"1": "3.00 great"}


def test_a_set_that_combines_finds_the_price_that_is_left() -> None:
    members = offer("members", Need(), percent(10), is_combinable=True)
    three = offer("3 for 5", Need(these("ale"), 3), money(Takes.SET_PRICE, "5.00"), is_combinable=True)
    assert off(buy("4 ale 2.00"), members, three) == {"1": "0.40 3 for 5, 0.80 members"}


def test_a_higher_priority_goes_first_even_where_it_saves_less() -> None:
    first, more = offer("first", Need(these("ale")), percent(5), priority=1), offer("more", Need(), percent(30))
    assert off(buy("1 ale 10.00", "1 bun 1.00"), first, more) == {"1": "0.50 first", "2": "0.30 more"}


def test_what_a_higher_one_took_is_not_counted_by_a_lower_one() -> None:
    first = offer("first", Need(these("lamp")), percent(5), priority=1)
    whole = offer("from 50", Need(), money(Takes.BASKET_AMOUNT, "5.00"), threshold=Threshold(eur("50.00")))
    items = buy("1 lamp 40.00", "2 vase 10.00")
    assert off(items, first, whole) == {"1": "2.00 first"}
    assert off(items, replace(first, priority=0), whole) == {"1": "2.00 first", "2": "5.00 from 50"}
    tiers = offer("tiers", Need(), percent(0), tiers=(Tier(3, percent(10)),))
    assert off(items, first, tiers) == {"1": "2.00 first"}


def test_an_amount_off_the_whole_goes_before_a_lesser_offer_that_would_leave_it_nothing() -> None:
    small = offer("small", Need(), percent(1))
    whole = offer("coupon", Need(), money(Takes.BASKET_AMOUNT, "5.00"))
    found = search(buy("1 lamp 30.00"), [small, whole])
    assert [(row.name, row.amount) for _, rows in found.lines for row in rows] == [("coupon", eur("5.00"))]
    assert not found.is_exact, "that nothing is better it does not know"


def test_an_amount_off_the_whole_that_combines_comes_after_the_goods() -> None:
    week = offer("week", Need(these("ale")), percent(50), is_combinable=True)
    whole = offer("coupon", Need(), money(Takes.BASKET_AMOUNT, "1.00"), is_combinable=True)
    assert off(buy("1 ale 2.00", "1 bun 3.00"), week, whole) == {"1": "0.25 coupon, 1.00 week", "2": "0.75 coupon"}


def test_an_amount_greater_than_the_basket_makes_it_free_and_no_more() -> None:
    whole = offer("voucher", Need(), money(Takes.BASKET_AMOUNT, "50.00"))
    assert off(buy("1 ale 2.00", "0.350 kg brie 19.90"), whole) == {"1": "2.00 voucher", "2": "6.97 voucher"}


def test_equal_offers_are_settled_by_their_ids() -> None:
    one, other = offer("a", Need(), percent(10)), offer("b", Need(), percent(10))
    for rows in ((one, other), (other, one)):
        assert off(buy("1 ale 10.00"), *rows) == {"1": "1.00 a"}


def test_equal_goods_are_settled_by_their_names_and_not_by_the_scanner() -> None:
    row = offer("1 + 1", (Need(these("ale", "bun"), is_reduced=False), Need(these("ale", "bun"))), FREE)
    assert off(buy("1 bun 2.01", "1 ale 2.01"), row) == {"1": "1.00 1 + 1", "2": "1.01 1 + 1"}
    assert off(buy("1 ale 2.01", "1 bun 2.01"), row) == {"1": "1.01 1 + 1", "2": "1.00 1 + 1"}


def test_an_index_gives_the_same_as_the_promotions() -> None:
    rows = [offer("week", Need(these("ale")), percent(20)), offer("3 for 5", Need(quantity=3), FREE)]
    items = buy("3 ale 2.50", "4 bun 0.80")
    index = Index(rows)
    assert best(items, index) == best(items, rows) == best(items, index)


@pytest.mark.parametrize("rows", [[], [offer("week", Need(these("ale")), percent(20))]])
def test_an_empty_ticket_and_one_without_offers_get_nothing(rows: list[Promotion]) -> None:
    assert best([], rows) == ()
    assert best(buy("1 bun 0.80"), rows) == ()


def test_what_is_returned_later_is_worth_what_was_paid_to_the_cent() -> None:
    row = offer("3 for 10", Need(quantity=3), money(Takes.SET_PRICE, "10.00"))
    items = buy("3 ale 3.50")
    (line,) = best(items, [row])
    paid = items[0].amount - line[1][0].amount
    assert paid == eur("10.00")
    assert sum((part.minor for part in paid.share((1, 1, 1))), 0) == 1000


def test_an_amount_that_a_set_does_not_cost_is_not_mistaken_for_a_gain() -> None:
    pair = offer("pair", (Need(these("ale"), is_reduced=False), Need(these("ale"))), money(Takes.SET_AMOUNT, "5.00"))
    euro_day = offer("euro day", Need(), money(Takes.UNIT_PRICE, "0.01"))
    found = search(buy("2 ale 2.50"), [pair, euro_day])
    assert [(row.name, row.amount) for _, rows in found.lines for row in rows] == [("euro day", eur("4.98"))]
    assert not found.is_exact
