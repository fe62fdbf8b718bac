"""What a set takes off is shared among all of its goods: to the minor unit, above least prices, in any order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from fractions import Fraction

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from omsdesk.domain.discount import Discount
from omsdesk.domain.line import Line
from omsdesk.domain.offers import Offers
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.promotion import Benefit, Item, Need, Promotion, Selection, Takes, Threshold
from omsdesk.domain.promotion_rules import search
from omsdesk.domain.promotion_sharing import share_within
from omsdesk.domain.returns import Receipt, ReturnGoods
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.sale_command import DiscountLine
from omsdesk.domain.tax import Tax
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Money, Quantity
from tests.domain.corner_shop import COFFEE, DESK, TEA
from tests.domain.promotion_oracle import proportional
from tests.domain.ticket_story import Story, add, sum_of

FREE = Benefit(Takes.PERCENT, 1_000_000)
DRINKS = Selection(categories=("drinks",))
TWO_AND_ONE = (Need(DRINKS, 2, is_reduced=False), Need(DRINKS))
THREE_FOR_TWO = Promotion("3for2", "3 for 2", TWO_AND_ONE, FREE)


def drink(line: str, price: int, count: int = 1, *, product: str = "", least: int | None = None) -> Item:
    floor = None if least is None else Money(least, "EUR")
    return Item(
        line, product or line, Quantity.of(count), Money(price, "EUR"), "drinks", least=floor
    )  # fmt: skip


def off(items: Sequence[Item], *promotions: Promotion) -> dict[str, int]:
    """What comes off each line, in cents."""
    return {line: sum(row.amount.minor for row in rows) for line, rows in search(items, promotions).lines}


# ---- three for two


def test_each_of_three_is_worth_two_thirds_on_one_line_or_on_three() -> None:
    assert off([drink("a", 300), drink("b", 300), drink("c", 300)], THREE_FOR_TWO) == dict.fromkeys("abc", 100)
    assert off([drink("a", 300, 3)], THREE_FOR_TWO) == {"a": 300}
    assert off([drink("a", 300, 2), drink("b", 300)], THREE_FOR_TWO) == {"a": 200, "b": 100}


def test_what_is_in_no_set_has_no_part_in_one() -> None:
    found = off([drink("a", 300), drink("b", 300), drink("c", 300), drink("d", 90)], THREE_FOR_TWO)
    assert found == dict.fromkeys("abc", 100)


def test_every_set_shares_what_it_took_off_itself() -> None:
    dear, cheap = [drink(line, 600) for line in "abc"], [drink(line, 90) for line in "def"]
    assert off(dear + cheap, THREE_FOR_TWO) == {**dict.fromkeys("abc", 200), **dict.fromkeys("def", 30)}


def test_odd_cents_go_to_the_largest_remainders_and_then_by_name() -> None:
    assert off([drink("b", 100), drink("c", 100), drink("a", 100)], THREE_FOR_TWO) == {"b": 33, "c": 33, "a": 34}
    assert off([drink("a", 5), drink("b", 2), drink("c", 1)], THREE_FOR_TWO) == {"a": 1}


@pytest.mark.parametrize(
    ("takes", "money", "parts"),
    [
        (Takes.PERCENT, None, {"mug": 291, "tea": 109}),
        (Takes.UNIT_AMOUNT, 220, {"mug": 160, "tea": 60}),
        (Takes.UNIT_PRICE, 250, {"mug": 400, "tea": 150}),
        (Takes.SET_AMOUNT, 220, {"mug": 160, "tea": 60}),
        (Takes.SET_PRICE, 250, {"mug": 400, "tea": 150}),
    ],
)
def test_whatever_way_it_is_taken_off_what_was_bought_for_it_has_its_part(
    takes: Takes, money: int | None, parts: dict[str, int]
) -> None:
    with_tea = Need(Selection(products=("tea",)), is_reduced=False), Need(Selection(products=("mug",)))
    benefit = Benefit(takes, 500_000, None if money is None else Money(money, "EUR"))
    assert off([drink("mug", 800), drink("tea", 300)], Promotion("m", "Mug", with_tea, benefit)) == parts


def test_what_is_said_of_each_unit_and_earned_by_no_other_stays_with_the_unit() -> None:
    each = Promotion("e", "1.00 each", (Need(DRINKS, 2),), Benefit(Takes.UNIT_PRICE, money=Money(100, "EUR")))
    assert off([drink("a", 300), drink("b", 200)], each) == {"a": 200, "b": 100}


# ---- together with others

COIN = Promotion(
    "coin", "Coin", (Need(DRINKS),), Benefit(Takes.UNIT_AMOUNT, money=Money(250, "EUR")), is_combinable=True
)


def test_what_a_later_offer_leaves_is_what_is_shared() -> None:
    three = replace(THREE_FOR_TWO, is_combinable=True, priority=1)
    items = [drink("a", 300), drink("b", 300), drink("c", 300)]
    found = dict(search(items, [three, COIN]).lines)
    taken = {line: {row.source: row.amount.minor for row in rows} for line, rows in found.items()}
    assert taken == {"a": {"3for2": 38, "coin": 250}, "b": {"3for2": 37, "coin": 250}, "c": {"3for2": 225}}
    assert sum(sum(parts.values()) for parts in taken.values()) == 300 + 2 * 250, "what comes off is as it ever was"


def test_a_share_of_the_basket_comes_off_before_the_set_is_shared() -> None:
    three = replace(THREE_FOR_TWO, is_combinable=True)
    basket = Promotion(
        "b", "2.00 from 5.00", (Need(),), Benefit(Takes.BASKET_AMOUNT, money=Money(200, "EUR")), is_combinable=True,
        threshold=Threshold(Money(500, "EUR")),
    )  # fmt: skip
    found = off([drink("a", 300), drink("b", 300), drink("c", 300)], three, basket)
    assert sum(found.values()) == 500
    assert all(0 < amount <= 300 for amount in found.values())


# ---- least prices


def test_what_stands_at_its_least_price_stays_there_and_the_others_bear_it() -> None:
    items = [drink("book", 300, least=300), drink("b", 300), drink("c", 300)]
    assert off(items, THREE_FOR_TWO) == {"b": 150, "c": 150}
    assert off([drink("book", 300, least=260), *items[1:]], THREE_FOR_TWO) == {"book": 40, "b": 130, "c": 130}


def test_where_nobody_has_room_the_reduced_one_bears_it_as_the_offer_says() -> None:
    items = [drink("a", 300, least=300), drink("b", 300, least=290), drink("c", 300, least=280)]
    assert off(items, THREE_FOR_TWO) == {"b": 10, "c": 290}


def test_a_bundle_leaves_a_book_its_price() -> None:
    pair = Promotion("p", "Pair", (Need(DRINKS, 2),), Benefit(Takes.SET_PRICE, money=Money(400, "EUR")))
    assert off([drink("book", 300, least=300), drink("cup", 300)], pair) == {"cup": 200}


def test_a_least_price_in_other_money_says_nothing() -> None:
    odd = replace(drink("a", 300), least=Money(300, "USD"))
    assert off([odd, drink("b", 300), drink("c", 300)], THREE_FOR_TWO) == dict.fromkeys("abc", 100)


# ---- laws

prices = st.integers(1, 500)


@settings(max_examples=150)
@given(
    st.lists(st.tuples(prices, st.integers(0, 500)), min_size=1, max_size=6),
    st.integers(0, 3_000),
)
def test_parts_add_up_keep_to_their_room_and_are_in_proportion_where_it_allows(
    rows: list[tuple[int, int]], amount: int
) -> None:
    weights, rooms = [weight for weight, _ in rows], [min(room, weight) for weight, room in rows]
    parts = share_within(amount, weights, rooms)
    assert sum(parts) == min(amount, sum(rooms))
    assert all(0 <= part <= room for part, room in zip(parts, rooms, strict=True))
    free = [(part, weight) for part, weight, room in zip(parts, weights, rooms, strict=True) if part < room]
    for part, weight in free:
        for other, heavier in free:
            assert part <= Fraction(other + 1, heavier) * weight + 1, "no more than another by more than a unit"


@settings(max_examples=150)
@given(st.lists(prices, min_size=3, max_size=3), st.randoms(use_true_random=False))
def test_each_gets_its_part_as_a_plain_sum_says(three: list[int], dice: object) -> None:
    items = [drink(str(place), price) for place, price in enumerate(sorted(three, reverse=True))]
    parts = proportional(min(three), sorted(three, reverse=True))
    expected = {item.line: part for item, part in zip(items, parts, strict=True) if part}
    dice.shuffle(items)  # type: ignore[attr-defined]
    assert off(items, THREE_FOR_TWO) == expected


@settings(max_examples=150)
@given(st.lists(st.tuples(prices, st.integers(0, 500)), min_size=3, max_size=9), st.booleans())
def test_no_line_falls_below_its_least_price_unless_the_offer_itself_brings_it_there(
    rows: list[tuple[int, int]], is_combinable: bool
) -> None:
    items = [drink(f"{at}", price, least=min(least, price)) for at, (price, least) in enumerate(rows)]
    plain = [replace(item, least=None) for item in items]
    row = replace(THREE_FOR_TWO, is_combinable=is_combinable)
    found = off(items, row)
    assert sum(found.values()) == sum(off(plain, row).values()), "how much comes off in all, it does not change"
    below = [i for i in items if i.least and found.get(i.line, 0) > i.price.minor - i.least.minor]
    assert len(below) <= len(items) // 3, "only the reduced ones"


# ---- what comes back

DEALS = [
    Promotion("3for2", "3 for 2", (Need(quantity=2, is_reduced=False), Need()), FREE),
    Promotion(
        "second", "Second for half", (Need(is_reduced=False), Need()), Benefit(Takes.PERCENT, 500_000),
        is_combinable=True,
    ),
    Promotion(
        "pair", "Coffee and tea", (Need(Selection((COFFEE.product,))), Need(Selection((TEA.product,)))),
        Benefit(Takes.SET_PRICE, money=Money(400, "GBP")),
    ),
    Promotion("ten", "A tenth", (Need(),), Benefit(Takes.PERCENT, 100_000), is_combinable=True, priority=-1),
]  # fmt: skip
REDUCED_RATE = (Tax("reduced", "VAT", 50_000),)
CAKE = replace(TEA, product="cake", name="Cake", taxes=REDUCED_RATE, traits=Traits(minimum_price=Money(200, "GBP")))


def bought(baskets: list[tuple[int, int]], deals: list[Promotion]) -> SaleCompleted:
    story = Story(desk=replace(DESK, promotions=Offers(deals)))
    for number, (which, count) in enumerate(baskets):
        story.do(add(str(number), (COFFEE, TEA, CAKE)[which], Quantity.of(count)))
    return story.pay()


@settings(max_examples=100)
@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(1, 5)), min_size=1, max_size=4),
    st.lists(st.sampled_from(DEALS), max_size=4, unique_by=lambda row: row.id),
    st.randoms(use_true_random=False),
)
def test_whatever_of_an_offer_comes_back_in_whatever_parts_it_brings_what_was_paid_and_never_more(
    baskets: list[tuple[int, int]], deals: list[Promotion], chance: object
) -> None:
    document = bought(baskets, deals)
    assume(document.total.minor)
    units = [row.line for row in document.lines for _ in range(row.quantity.micro // 1_000_000)]
    chance.shuffle(units)  # type: ignore[attr-defined]
    came: dict[str, Quantity] = {}
    given_back, taxes = 0, 0
    for at, line in enumerate(units):
        ticket = Story(desk=DESK)
        ticket.receipts = {"sale-1": Receipt(document, dict(came))}
        assert ticket.do(ReturnGoods("back", f"r{at}", "sale-1", line, ONE)), ticket.refusal
        came[line] = came.get(line, Quantity(0)) + ONE
        part = ticket.pay() if ticket.ticket.due else None
        given_back -= part.total.minor if part else 0
        taxes -= sum_of(row.amount for row in part.taxes) if part else 0
        kept = [row for row in document.lines if came.get(row.line, Quantity(0)) < row.quantity]
        assert given_back <= document.total.minor
        assert not kept or given_back < document.total.minor or not any(row.amount for row in kept)
    assert given_back == document.total.minor
    assert taxes == sum_of(row.amount for row in document.taxes)


@settings(max_examples=50)
@given(
    st.permutations([(0, 2), (1, 1), (2, 3), (0, 1)]), st.lists(st.sampled_from(DEALS), unique_by=lambda row: row.id)
)
def test_in_whatever_order_they_are_scanned_a_customer_pays_the_same(
    baskets: list[tuple[int, int]], deals: list[Promotion]
) -> None:
    assert bought(baskets, deals).total == bought(sorted(baskets), deals).total


def prices_of(minor: int) -> tuple[PriceBreak, ...]:
    return (PriceBreak(Quantity(0), Money(minor, "GBP")),)


def test_two_of_three_bring_two_thirds_and_not_all_of_the_money() -> None:
    three = [replace(COFFEE, product=f"coffee-{blend}", prices=prices_of(300)) for blend in "abc"]
    deals = replace(DESK, promotions=Offers([DEALS[0]]))
    document = Story(*(add(row.product, row) for row in three), desk=deals).pay()
    assert [row.amount.minor for row in document.lines] == [200, 200, 200]
    back = Story(desk=DESK)
    back.receipts = {"sale-1": Receipt(document, {})}
    for row in three[:2]:
        back.do(ReturnGoods("back", f"r-{row.product}", "sale-1", row.product, ONE))
    assert back.ticket.total.minor == -400


def test_what_a_person_takes_off_is_taken_off_each_as_it_is_worth() -> None:
    deals = replace(DESK, promotions=Offers([DEALS[0]]))
    story = Story(add("a", COFFEE), add("b", replace(COFFEE, product="x")), add("c", TEA), desk=deals)
    story.do(DiscountLine("sale-1", "a", Discount(ppm=1_000_000)))
    line = story.ticket.line("a")
    assert isinstance(line, Line)
    assert line.amount("GBP").minor == 0
    assert {row.name for row in line.taken_off("GBP")} == {"3 for 2", ""}
