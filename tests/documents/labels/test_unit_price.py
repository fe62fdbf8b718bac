"""The price for a kilogram or a litre, from what packs say of themselves."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.documents.labels.unit_price import NetContent, net_content, price_for_one
from omsdesk.domain.values import Money


@pytest.mark.parametrize(
    ("text", "amount", "unit"),
    [
        ("Blossom honey 500 g", "0.5", "kg"),
        ("Honey, 500g jar", "0.5", "kg"),
        ("Cola 6 x 330 ml", "1.98", "l"),
        ("Cola 330ml × 6", "1.98", "l"),
        ("Milk 1L", "1", "l"),
        ("Wine 0.75 l", "0.75", "l"),
        ("Wein 0,75 l", "0.75", "l"),
        ("Wein 0,750 l", "0.75", "l"),
        ("Saffron 125 mg", "0.000125", "kg"),
        ("Beer 33 cl", "0.33", "l"),
        ("Butter 8 oz", "0.5", "lb"),
        ("Rice 2.5 kg", "2.5", "kg"),
    ],
)
def test_packs_say_how_much_is_in_them(text: str, amount: str, unit: str) -> None:
    found = net_content(text)
    assert found is not None
    assert (found.amount, found.unit) == (Decimal(amount), unit)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "Honey",
        "5G router",
        "Pan 24 cm",
        "Mehl 1.000 g",
        "Flour 1,500 ml",
        "Whisky 25 fl oz",
        "Trail mix 100 g + 20 g free",
        "Nothing 0 g",
        "Level 5",
        "XL shirt",
        "A500 g",
        "12 months",
    ],
)
def test_where_it_is_not_sure_there_is_no_price(text: str) -> None:
    assert net_content(text) is None


def test_the_variant_is_asked_before_the_name() -> None:
    assert net_content("250 g", "Honey 500 g") == NetContent("250 g", Decimal("0.250"), "kg")
    assert net_content("large", "Honey 500 g") == NetContent("500 g", Decimal("0.500"), "kg")


def test_the_price_is_rounded_half_up() -> None:
    content = NetContent("300 g", Decimal("0.3"), "kg")
    assert price_for_one(Money.of("2.50", "EUR"), content) == Money.of("8.33", "EUR")
    assert price_for_one(Money.of("1.00", "EUR"), NetContent("8 g", Decimal(8), "kg")) == Money.of("0.13", "EUR")


@given(st.integers(0, 10**7), st.integers(1, 20_000))
def test_so_many_grams_cost_what_the_pack_does(minor: int, grams: int) -> None:
    price = Money(minor, "EUR")
    content = net_content(f"{grams} g")
    assert content is not None
    exact = Decimal(minor) * 1000 / grams
    assert abs(price_for_one(price, content).minor - exact) <= Decimal("0.5")
