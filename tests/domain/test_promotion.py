"""Promotions as data: which goods they speak of, when, where and for whom they hold, and how they are written down."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.body import from_body, to_body
from omsdesk.domain.promotion import (
    Benefit,
    Index,
    Item,
    Need,
    Promotion,
    Selection,
    Takes,
    Threshold,
    Tier,
    holding,
    offered,
)
from omsdesk.domain.values import Money, Quantity, Stamp

TENTH = Benefit(Takes.PERCENT, 100_000)
OFFER = Promotion("p", "Cheese week", (Need(),), TENTH)


def at(moment: str, offset_minutes: int = 0) -> Stamp:
    """A moment by the clock of the shop."""
    local = datetime.fromisoformat(moment).replace(tzinfo=UTC)
    return Stamp(int(local.timestamp() * 1000) - offset_minutes * 60_000, offset_minutes)


def holds(row: Promotion, moment: str = "2026-11-23T12:00", **who: str) -> bool:
    groups, coupons = filter(None, [who.get("group")]), filter(None, [who.get("coupon")])
    return offered(holding([row], at(moment, 60), who.get("store", "north")), groups, coupons) == (row,)


def goods(product: str, category: str = "", brand: str = "", family: str = "") -> Item:
    return Item("line", product, Quantity.of(1), Money(100, "EUR"), category, brand, family)


# --- goods ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("selection", "names"),
    [
        (Selection(), {"brie", "gouda", "ale", "bag"}),
        (Selection(products=("ale", "bag")), {"ale", "bag"}),
        (Selection(categories=("cheese",)), {"brie", "gouda"}),
        (Selection(brands=("Alba",)), {"brie", "ale"}),
        (Selection(families=("soft",)), {"brie"}),
        (Selection(categories=("cheese",), products=("bag",)), {"brie", "gouda", "bag"}),
        (Selection(categories=("cheese",), without_products=("gouda",)), {"brie"}),
        (Selection(without_brands=("Alba",)), {"gouda", "bag"}),
        (Selection(without_categories=("cheese", "drinks")), {"bag"}),
        (Selection(without_families=("soft",)), {"gouda", "ale", "bag"}),
        (Selection(products=("brie",), without_categories=("cheese",)), set()),
    ],
)
def test_a_selection_is_any_of_these_without_those_and_all_goods_where_nothing_is_named(
    selection: Selection, names: set[str]
) -> None:
    shelf = [
        goods("brie", "cheese", "Alba", "soft"),
        goods("gouda", "cheese", "Bako"),
        goods("ale", "drinks", "Alba"),
        goods("bag"),
    ]
    index = Index([Promotion("p", "P", (Need(selection),), TENTH)])
    assert {item.product for item in shelf if selection.has(item)} == names
    assert {item.product for item in shelf if index.roles(item)} == names
    assert {item.product for item in shelf if index.roles(item)} == names, "asked again, it says the same"


def test_goods_without_a_category_are_not_in_the_category_without_a_name() -> None:
    index = Index([Promotion("p", "P", (Need(Selection(categories=("cheese",))),), TENTH)])
    assert index.roles(goods("bag")) == ()


def test_an_index_keeps_the_higher_priority_first_and_one_of_each_id() -> None:
    low, high, again = replace(OFFER, id="a"), replace(OFFER, id="b", priority=5), replace(OFFER, id="a", name="New")
    assert Index([low, high, again]).promotions == (high, again)
    assert Index([low, high]).roles(goods("ale")) == ((0, 0), (1, 0))


@pytest.mark.parametrize(
    ("quantity", "is_measured", "units"),
    [
        ("3", False, (3, 250)),
        ("0.350", True, (1, 88)),
        ("2", True, (1, 500)),
        ("1.5", False, (1, 375)),
        ("-2", False, (-2, 250)),
        ("0", False, (0, 250)),
    ],
)
def test_pieces_are_units_and_what_is_weighed_is_one(quantity: str, is_measured: bool, units: tuple[int, int]) -> None:
    row = Item("line", "ale", Quantity.of(quantity), Money(250, "EUR"), is_measured=is_measured)
    assert row.units == units


# --- when, where, for whom -----------------------------------------------------------------------------------------


def test_an_offer_without_conditions_always_holds() -> None:
    assert holds(OFFER)


@pytest.mark.parametrize(
    ("day", "is_now"), [("2026-11-22", False), ("2026-11-23", True), ("2026-11-30", True), ("2026-12-01", False)]
)
def test_both_its_days_are_inside(day: str, is_now: bool) -> None:
    week = replace(OFFER, valid_from="2026-11-23", valid_to="2026-11-30")
    assert holds(week, f"{day}T00:00") is is_now
    assert holds(week, f"{day}T23:59") is is_now


def test_the_clock_is_the_shops_own() -> None:
    sunday = replace(OFFER, weekdays=(7,))
    assert holds(sunday, "2026-11-22T00:30"), "in UTC it is still Saturday"
    assert not holds(sunday, "2026-11-23T00:30")


@pytest.mark.parametrize(
    ("time", "is_now"), [("16:59", False), ("17:00", True), ("18:59", True), ("19:00", False)]
)  # fmt: skip
def test_a_happy_hour_begins_with_its_first_minute_and_ends_before_its_last(time: str, is_now: bool) -> None:
    assert holds(replace(OFFER, from_time="17:00", to_time="19:00"), f"2026-11-23T{time}") is is_now


def test_open_hours_run_to_the_end_of_the_day() -> None:
    assert holds(replace(OFFER, from_time="17:00"), "2026-11-23T23:59")
    assert not holds(replace(OFFER, from_time="17:00"), "2026-11-23T16:59")
    assert holds(replace(OFFER, to_time="09:00"), "2026-11-23T00:00")
    assert not holds(replace(OFFER, to_time="09:00"), "2026-11-23T09:00")


@pytest.mark.parametrize(
    ("moment", "is_now"),
    [
        ("2026-11-27T21:59", False),
        ("2026-11-27T22:00", True),
        ("2026-11-28T01:59", True),
        ("2026-11-28T02:00", False),
        ("2026-11-28T22:00", False),
        ("2026-11-27T01:00", False),
    ],
)
def test_a_friday_night_ends_on_saturday_morning(moment: str, is_now: bool) -> None:
    night = replace(OFFER, weekdays=(5,), from_time="22:00", to_time="02:00", valid_from="2026-11-27")
    assert holds(replace(night, valid_to="2026-11-27"), moment) is is_now


def test_it_holds_in_its_stores_for_its_customers_and_with_its_coupon() -> None:
    assert not holds(replace(OFFER, stores=("south",)))
    assert holds(replace(OFFER, stores=("south", "north")))
    assert not holds(replace(OFFER, groups=("staff",)))
    assert holds(replace(OFFER, groups=("staff", "members")), group="members")
    coupon = replace(OFFER, coupon="CHEESE-5")
    assert not holds(coupon)
    assert not holds(coupon, coupon="CHEESE-50")
    assert holds(coupon, coupon=" cheese-5 "), "as somebody types it"


# --- on paper ------------------------------------------------------------------------------------------------------

words = st.text(max_size=5)
many = st.lists(words, max_size=2).map(tuple)
moneys = st.builds(Money, st.integers(0, 10**9), st.sampled_from(["EUR", "JPY"]))
selections = st.builds(Selection, many, many, many, many, many)
benefits = st.builds(Benefit, st.sampled_from(Takes), st.integers(0, 1_000_000), st.none() | moneys)
promotions = st.builds(
    Promotion,
    words,
    words,
    st.lists(st.builds(Need, selections, st.integers(1, 9), st.booleans()), max_size=3).map(tuple),
    benefits,
    st.lists(st.builds(Tier, st.integers(1, 99), benefits), max_size=2).map(tuple),
    st.none() | st.builds(Threshold, moneys, selections),
    most=st.integers(0, 3),
    is_combinable=st.booleans(),
    weekdays=st.lists(st.integers(1, 7), max_size=3).map(tuple),
)


@given(promotions)
def test_what_is_written_of_a_promotion_is_read_again(row: Promotion) -> None:
    assert from_body(Promotion, to_body(row)) == row


def test_an_ordinary_offer_is_written_in_few_words() -> None:
    assert to_body(replace(OFFER, needs=(Need(Selection(categories=("cheese",))),))) == {
        "id": "p",
        "name": "Cheese week",
        "needs": [{"selection": {"categories": ["cheese"]}}],
        "benefit": {"takes": "percent", "ppm": 100_000},
    }


def test_one_that_is_switched_off_is_kept_and_not_offered() -> None:
    row = Promotion("p", "P", (Need(),), is_active=False)
    assert not holds(row)
    assert holds(replace(row, is_active=True))
