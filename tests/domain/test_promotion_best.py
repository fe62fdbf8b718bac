"""What holds for every ticket and any promotions: exact, never below zero, the best, and the same in any order."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.domain.promotion import Benefit, Item, Need, Promotion, Selection, Takes, Threshold, Tier
from omsdesk.domain.promotion_rules import best, search
from omsdesk.domain.promotion_ticket import Reductions
from omsdesk.domain.values import CurrencyMismatch, Money, Quantity
from tests.domain.promotion_oracle import most_off


def eur(minor: int) -> Money:
    return Money(minor, "EUR")


PRODUCTS = {
    "ale": ("drinks", "Alba", 250),
    "bun": ("bakery", "Bako", 80),
    "cake": ("bakery", "Alba", 399),
    "date": ("fruit", "", 333),
    "egg": ("", "Bako", 25),
}


def item(line: int, product: str, count: str, price: int | None = None, *, is_measured: bool = False) -> Item:
    category, brand, usual = PRODUCTS[product]
    amount = eur(usual if price is None else price)
    return Item(f"line-{line}", product, Quantity.of(count), amount, category, brand, "", is_measured)


selections = st.sampled_from(
    [
        Selection(),
        Selection(products=("ale",)),
        Selection(products=("bun", "egg")),
        Selection(categories=("bakery",)),
        Selection(categories=("drinks", "bakery")),
        Selection(brands=("Alba",)),
        Selection(without_products=("cake",)),
        Selection(categories=("fruit",), products=("ale",)),
    ]
)
moneys = st.sampled_from([0, 1, 50, 100, 199, 500]).map(eur)
unit_benefits = st.one_of(
    st.sampled_from([33_333, 100_000, 500_000, 1_000_000]).map(lambda ppm: Benefit(Takes.PERCENT, ppm)),
    st.builds(Benefit, st.sampled_from([Takes.UNIT_AMOUNT, Takes.UNIT_PRICE]), st.just(0), moneys),
)
set_benefits = st.one_of(
    unit_benefits, st.builds(Benefit, st.sampled_from([Takes.SET_AMOUNT, Takes.SET_PRICE]), st.just(0), moneys)
)


@st.composite
def needs(draw: st.DrawFn) -> tuple[Need, ...]:
    chosen = draw(selections)
    match draw(st.integers(0, 3)):
        case 0:
            return (Need(chosen, draw(st.integers(1, 3))),)
        case 1:
            return (Need(chosen, draw(st.integers(1, 2)), is_reduced=False), Need(chosen))
        case 2:
            return (Need(chosen, is_reduced=False), Need(draw(selections)))
        case _:
            return (Need(chosen), Need(draw(selections), draw(st.integers(1, 2))))


@st.composite
def promotions(draw: st.DrawFn, number: int = 0, *, priorities: bool = False, baskets: bool = False) -> Promotion:
    row = Promotion(
        f"promotion-{number}",
        f"Offer {number}",
        draw(needs()),
        draw(set_benefits),
        most=draw(st.sampled_from([0, 0, 0, 1, 2])),
        priority=draw(st.integers(0, 2)) if priorities else 0,
        is_combinable=draw(st.booleans()),
        threshold=draw(st.sampled_from([None, None, Threshold(eur(500)), Threshold(eur(300), Selection(("ale",)))])),
    )
    kind = draw(st.integers(0, 4))
    if kind == 0:
        return replace(row, needs=(Need(draw(selections)),), benefit=draw(unit_benefits), most=0)
    if kind == 1:
        tiers = (Tier(2, draw(unit_benefits)), Tier(4, draw(unit_benefits)))
        return replace(row, needs=(Need(draw(selections)),), benefit=Benefit(Takes.PERCENT), tiers=tiers, most=0)
    if kind == 2 and baskets:
        return replace(row, benefit=Benefit(Takes.BASKET_AMOUNT, 0, draw(moneys)))
    return row


@st.composite
def many_promotions(draw: st.DrawFn, /, most: int = 4, **wanted: bool) -> list[Promotion]:
    return [draw(promotions(number, **wanted)) for number in range(draw(st.integers(1, most)))]


@st.composite
def tickets(draw: st.DrawFn, most_lines: int = 4, most_pieces: int = 3) -> list[Item]:
    lines = []
    for line in range(draw(st.integers(1, most_lines))):
        product = draw(st.sampled_from(sorted(PRODUCTS)))
        if draw(st.integers(0, 7)) == 0:
            count = draw(st.sampled_from(["0.350", "1.5", "-1", "-0.2", "0"]))
            lines.append(item(line, product, count, is_measured=draw(st.booleans())))
        else:
            price = draw(st.sampled_from([None, None, None, 0, 1, 260]))
            lines.append(item(line, product, str(draw(st.integers(1, most_pieces))), price))
    return lines


def total(lines: Reductions) -> int:
    return sum(row.amount.minor for _, rows in lines for row in rows)


def by_product(items: list[Item], lines: Reductions) -> dict[tuple[str, int, str], int]:
    """What came off each product at each price by each promotion."""
    of = {row.line: row for row in items}
    found: dict[tuple[str, int, str], int] = {}
    for line, rows in lines:
        for row in rows:
            key = (of[line].product, of[line].price.minor, row.source)
            found[key] = found.get(key, 0) + row.amount.minor
    return found


@settings(max_examples=300)
@given(tickets(3, 3), many_promotions(3))
def test_nothing_better_is_legal(items: list[Item], rows: list[Promotion]) -> None:
    found = search(items, rows, nodes=1_000_000)
    if found.is_exact:
        assert total(found.lines) == most_off(items, rows)
    else:
        assert total(found.lines) <= most_off(items, rows)


@settings(max_examples=200)
@given(tickets(6, 6), many_promotions(6, priorities=True, baskets=True))
def test_a_price_never_falls_below_zero_and_nothing_is_taken_off_what_is_not_there(
    items: list[Item], rows: list[Promotion]
) -> None:
    amounts = {row.line: row.amount.minor for row in items}
    for line, reductions in best(items, rows):
        assert all(row.amount.minor > 0 for row in reductions)
        assert sum(row.amount.minor for row in reductions) <= amounts[line]


@settings(max_examples=200)
@given(tickets(6, 6), many_promotions(6, priorities=True, baskets=True), st.randoms(use_true_random=False))
def test_the_order_of_scanning_and_of_the_promotions_changes_nothing(
    items: list[Item], rows: list[Promotion], dice: Any
) -> None:
    found = best(items, rows)
    mixed, offers = list(items), list(rows)
    dice.shuffle(mixed)
    dice.shuffle(offers)
    assert best(items, offers) == found
    assert by_product(items, best(mixed, offers)) == by_product(items, found)


@settings(max_examples=200)
@given(tickets(5, 6), many_promotions(5, priorities=True, baskets=True), st.data())
def test_one_line_of_five_is_as_good_as_two_lines_of_two_and_three(
    items: list[Item], rows: list[Promotion], data: st.DataObject
) -> None:
    parts = []
    for row in items:
        count, _ = row.units
        if row.is_measured or row.quantity.micro % 1_000_000 or count < 2:
            parts.append(row)
        else:
            first = data.draw(st.integers(1, count - 1))
            parts.append(replace(row, quantity=Quantity.of(first)))
            parts.append(replace(row, line=f"{row.line}-rest", quantity=Quantity.of(count - first)))
    assert by_product(parts, best(parts, rows)) == by_product(items, best(items, rows))


@settings(max_examples=200)
@given(tickets(5, 5), many_promotions(5, baskets=True))
def test_all_together_are_never_worse_than_one_alone(items: list[Item], rows: list[Promotion]) -> None:
    together = search(items, rows)
    for row in rows:
        if together.is_exact or len({need.selection for need in row.needs}) == 1:
            assert total(together.lines) >= total(best(items, [row]))


@settings(max_examples=200)
@given(tickets(4, 2), many_promotions(4), st.integers(0, 60))
def test_when_the_steps_are_used_up_the_answer_is_legal_and_as_good_as_any_offer_alone(
    items: list[Item], rows: list[Promotion], nodes: int
) -> None:
    found = search(items, rows, nodes)
    most = most_off(items, rows)
    assert total(found.lines) <= most
    for row in rows:
        if len({need.selection for need in row.needs}) == 1:
            alone = search(items, [row])
            assert not alone.is_exact or total(found.lines) >= total(alone.lines)


@given(tickets(), many_promotions(priorities=True, baskets=True))
def test_what_comes_back_takes_no_part(items: list[Item], rows: list[Promotion]) -> None:
    back = [replace(row, line=f"{row.line}-back", quantity=-row.quantity) for row in items]
    sold = [row for row in items if row.quantity.micro > 0]
    assert best(sold + [row for row in back if row.quantity.micro < 0], rows) == best(sold, rows)


def test_lines_of_two_currencies_are_a_fault() -> None:
    dollar = Item("line-2", "ale", Quantity.of(1), Money(100, "USD"))
    with pytest.raises(CurrencyMismatch):
        best([item(1, "ale", "1"), dollar], [])


@pytest.mark.parametrize("takes", list(Takes))
def test_an_offer_in_another_currency_does_not_hold(takes: Takes) -> None:
    row = Promotion("p", "P", (Need(quantity=2),), Benefit(takes, 0, Money(10, "USD")))
    assert best([item(1, "ale", "2")], [row]) == ()
    share = Promotion("p", "P", (Need(),), Benefit(Takes.PERCENT, 1), threshold=Threshold(Money(1, "USD")))
    assert best([item(1, "ale", "2")], [share]) == ()


def test_a_million_pieces_take_no_longer_than_a_handful() -> None:
    items = [item(1, "ale", "1000000"), item(2, "bun", "999999"), item(3, "cake", "500001")]
    free = Promotion("a", "2 + 1", (Need(quantity=2, is_reduced=False), Need()), Benefit(Takes.PERCENT, 1_000_000))
    three = Promotion("b", "3 for 5", (Need(Selection(("ale",)), 3),), Benefit(Takes.SET_PRICE, 0, eur(500)))
    both = Need(Selection(("ale",))), Need(Selection(("bun",)))
    pair = Promotion("c", "Pair", both, Benefit(Takes.SET_AMOUNT, 0, eur(120)))
    assert total(best(items, [free])) == 166_667 * 399 + 333_333 * 250 + 333_333 * 80
    assert total(best(items, [three])) == 333_333 * 250
    assert total(best(items, [pair])) == 999_999 * 120
    assert total(best(items, [free, three, pair])) >= 999_999 * 120


def test_a_need_of_nothing_is_no_offer() -> None:
    for needs_ in ((), (Need(quantity=0),), (Need(), Need(quantity=-1))):
        assert best([item(1, "ale", "3")], [Promotion("p", "P", needs_, Benefit(Takes.SET_AMOUNT, 0, eur(10)))]) == ()
