"""What labels say, as it comes onto the ticket."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.gs1 import Labelled
from omsdesk.domain.embedded_code import Reading
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.traits import Traits
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.queries.till import Found
from omsdesk.ui.till.goods.labels import of_label, of_reading
from tests.domain.corner_shop import APPLES, COFFEE, TWO, article, gbp

WEIGHED, PIECE = Found(APPLES, ONE), Found(COFFEE, ONE)
EMPTIES = Found(article("Empties", None, traits=Traits(is_deposit=True)), ONE)
GTIN = "04006381333931"


def reading(**value: object) -> Reading:
    return Reading("4711", "224711", "2247110000005", **value)  # type: ignore[arg-type]


def test_a_weight_is_a_quantity_in_the_unit_of_the_price() -> None:
    weight = Quantity.of("0.350")
    coming = of_reading(WEIGHED, reading(weight=weight))
    assert (coming.quantity, coming.is_sized, coming.price) == (weight, True, None)
    grams = Found(replace(APPLES, unit="g"), ONE)
    assert of_reading(grams, reading(weight=weight)).quantity == Quantity.of(350)
    assert not of_reading(PIECE, reading(weight=weight)).is_sized, "a weight says nothing of pieces"


def test_a_count_is_so_many_pieces() -> None:
    assert of_reading(PIECE, reading(count=TWO)).quantity == TWO


def test_a_price_is_a_weight_of_what_is_weighed_and_the_price_of_one_of_the_rest() -> None:
    weighed, piece = (of_reading(found, reading(price=gbp("1.05"))) for found in (WEIGHED, PIECE))
    assert (weighed.quantity, weighed.price) == (Quantity.of("0.351"), None)
    assert (piece.quantity, piece.price) == (ONE, gbp("1.05"))
    typed = Found(replace(APPLES, prices=()), ONE)
    assert of_reading(typed, reading(price=gbp("1.05"))).price == gbp("1.05")


def test_the_voucher_of_a_machine_brings_what_it_says() -> None:
    coming = of_reading(EMPTIES, reading(price=gbp("4.25")))
    assert (coming.quantity, coming.amount, coming.price) == (ONE, gbp("4.25"), None)


@given(minor=st.integers(1, 99_999))
def test_what_is_weighed_comes_to_what_its_label_says(minor: int) -> None:
    coming = of_reading(WEIGHED, reading(price=Money(minor, "GBP")))
    price = unit_price(APPLES.prices, coming.quantity)
    assert price is not None
    assert price.times(coming.quantity) == Money(minor, "GBP")


def test_a_label_of_gs1_keeps_its_lot_and_its_last_day() -> None:
    coming = of_label(WEIGHED, Labelled(GTIN, Quantity.of("0.5"), None, 0, "L7", "2027-01-31", "S1"), None)
    assert (coming.quantity, coming.lot, coming.expiry, coming.serials) == (Quantity.of("0.5"), "L7", "2027-01-31", ())
    numbered = Found(replace(COFFEE, traits=Traits(asks_serial=True)), ONE)
    assert of_label(numbered, Labelled(GTIN, serial="S1"), None).serials == ("S1",)


@pytest.mark.parametrize(
    ("label", "typed", "quantity"),
    [
        (Labelled(GTIN), None, ONE),
        (Labelled(GTIN), TWO, TWO),
        (Labelled(GTIN, count=6), None, Quantity.of(6)),
        (Labelled(GTIN, count=6), TWO, Quantity.of(12)),
    ],
)
def test_pieces_are_counted_by_the_label_and_by_what_was_typed(
    label: Labelled, typed: Quantity | None, quantity: Quantity
) -> None:
    assert of_label(PIECE, label, typed).quantity == quantity


def test_a_weight_and_a_price_that_agree_are_the_weight() -> None:
    weight = Quantity.of("0.350")
    same = of_label(WEIGHED, Labelled(GTIN, weight, gbp("1.05")), None)
    assert same.quantity == weight
    other = of_label(WEIGHED, Labelled(GTIN, weight, gbp("2.10")), None)
    assert APPLES.prices[0].price.times(other.quantity) == gbp("2.10"), "what is printed is what is paid"
