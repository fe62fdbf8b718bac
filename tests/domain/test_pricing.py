"""Price lists: who wins, from when to when, and from how many."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.pricing import RETAIL, Price, PriceBreak, PriceList, breaks_on, is_valid, unit_price
from omsdesk.domain.values import ONE, Money, Quantity

DAY = "2026-11-23"
LISTS = (PriceList(RETAIL, "Retail"), PriceList("sale", "Sale", 5, "2026-11-20", "2026-11-30"))


def eur(minor: int) -> Money:
    """Cents."""
    return Money(minor, "EUR")


def price(list_id: str, minor: int, count: str = "0", valid_from: str = "", valid_to: str = "") -> Price:
    """A price of the one product of these stories."""
    return Price(list_id, "p", eur(minor), Quantity.of(count), valid_from, valid_to)


def costs(prices: list[Price], count: str = "1", day: str = DAY, lists: tuple[PriceList, ...] = LISTS) -> int | None:
    """What one of so many costs in cents."""
    found = unit_price(breaks_on(day, prices, lists), Quantity.of(count))
    return found.minor if found else None


@pytest.mark.parametrize(
    ("valid_from", "valid_to", "is_now"),
    [
        ("", "", True),
        (DAY, DAY, True),
        ("2026-11-24", "", False),
        ("", "2026-11-22", False),
        ("2026-01-01", "2026-12-31", True),
    ],
)
def test_both_days_of_a_validity_are_inside_and_empty_ones_are_open(
    valid_from: str, valid_to: str, is_now: bool
) -> None:
    assert is_valid(valid_from, valid_to, DAY) is is_now


def test_the_list_with_the_higher_priority_wins_while_it_lasts() -> None:
    prices = [price(RETAIL, 500), price("sale", 400)]
    assert costs(prices) == 400
    assert costs(prices, day="2026-11-19") == 500
    assert costs(prices, day="2026-12-01") == 500


def test_a_list_that_does_not_know_the_product_leaves_it_to_the_next() -> None:
    assert costs([price(RETAIL, 500)]) == 500


def test_two_lists_of_one_priority_are_settled_by_their_name_and_not_by_chance() -> None:
    lists = (PriceList("b", "B", 1), PriceList("a", "A", 1))
    prices = [price("b", 100), price("a", 200)]
    assert costs(prices, lists=lists) == costs(prices[::-1], lists=lists[::-1]) == 200


def test_a_price_that_starts_later_replaces_the_older_one() -> None:
    prices = [price(RETAIL, 550, valid_from="2026-11-01"), price(RETAIL, 500), price(RETAIL, 600, valid_from="2027")]
    assert costs(prices) == 550
    assert costs(prices, day="2026-10-31") == 500


def test_a_price_that_has_ended_counts_no_more() -> None:
    assert costs([price(RETAIL, 500, valid_to="2026-11-22")]) is None


def test_ten_cost_less_each_than_nine() -> None:
    prices = [price(RETAIL, 80, "10"), price(RETAIL, 100), price(RETAIL, 50, "100")]
    assert [costs(prices, count) for count in ("1", "9.999999", "10", "99", "100")] == [100, 100, 80, 80, 50]


def test_a_return_of_ten_costs_what_ten_cost() -> None:
    steps = breaks_on(DAY, [price(RETAIL, 100), price(RETAIL, 80, "10")], LISTS)
    assert unit_price(steps, Quantity.of(-10)) == eur(80)


def test_a_sale_that_speaks_of_ten_and_more_leaves_the_price_of_one_alone() -> None:
    prices = [price(RETAIL, 100), price(RETAIL, 95, "5"), price(RETAIL, 60, "50"), price("sale", 80, "10")]
    assert [costs(prices, count) for count in ("1", "5", "10", "50")] == [100, 95, 80, 80]


def test_a_product_without_any_price_has_none() -> None:
    assert breaks_on(DAY, [], LISTS) == ()
    assert unit_price((), ONE) is None


def test_a_list_that_nobody_knows_has_no_say() -> None:
    assert costs([price("forgotten", 1)]) is None


def test_below_the_smallest_quantity_that_has_a_price_that_price_holds() -> None:
    assert unit_price((PriceBreak(Quantity.of(10), eur(80)),), ONE) == eur(80)


@given(st.lists(st.tuples(st.sampled_from([RETAIL, "sale"]), st.integers(0, 50), st.integers(0, 1000)), min_size=1))
def test_every_quantity_has_the_price_of_the_first_list_that_knows_it(rows: list[tuple[str, int, int]]) -> None:
    prices = [price(list_id, minor, str(count)) for list_id, count, minor in rows]
    steps = breaks_on(DAY, prices, LISTS)
    assert [step.from_quantity for step in steps] == sorted({step.from_quantity for step in steps})
    for count in range(60):
        for list_id in ("sale", RETAIL):
            known = [(row[1], i) for i, row in enumerate(rows) if row[0] == list_id and row[1] <= count]
            if known:
                assert unit_price(steps, Quantity.of(count)) == eur(rows[max(known)[1]][2])
                break
