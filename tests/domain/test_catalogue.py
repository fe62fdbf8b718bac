"""Products: what an edit says, what it leaves, and what it may not take."""

from __future__ import annotations

from dataclasses import fields

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.domain.catalogue import (
    ORDINARY_PRICE,
    PRICE,
    BarcodeTaken,
    Nameless,
    PackCode,
    PriceRow,
    PricesSet,
    ProductEdit,
    ProductsSaved,
    SaveProducts,
    SetPrices,
    decide,
    price_field,
    price_place,
    price_value,
)
from omsdesk.domain.field_write import Seen
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.values import ONE, Quantity
from tests.domain.corner_shop import gbp

TEA = ProductEdit("tea", name="Tea", barcodes=(PackCode("111"), PackCode("999", Quantity.of(12))))


def test_an_edit_speaks_only_of_what_was_said() -> None:
    assert ProductEdit("tea").said == ()
    assert ProductEdit("tea", 3, name="", favourite=0, is_sold=False, barcodes=()).said == (
        "name",
        "barcodes",
        "favourite",
        "is_sold",
    ), "empty, none and no are said, too"


def test_the_first_two_fields_are_whom_and_from_which_revision() -> None:
    assert [field.name for field in fields(ProductEdit)][:2] == ["product", "base"]


def test_products_are_saved_as_one_entry() -> None:
    edits = (TEA, ProductEdit("milk", name="Milk"))
    assert decide(SaveProducts("b1", edits, "list.csv"), {}) == (ProductsSaved("b1", edits, "list.csv"),)


@pytest.mark.parametrize("name", ["", "   ", "\t"])
def test_a_product_has_a_name(name: str) -> None:
    decision = decide(SaveProducts("b1", (TEA, ProductEdit("x", name=name))), {})
    assert isinstance(decision, Nameless)
    assert "Type one" in decision.sentence


def test_an_edit_that_does_not_speak_of_the_name_leaves_it() -> None:
    edit = ProductEdit("tea", price=gbp("1.00"))
    assert decide(SaveProducts("b1", (edit,)), {}) == (ProductsSaved("b1", (edit,)),)


def test_a_barcode_belongs_to_one_product() -> None:
    decision = decide(SaveProducts("b1", (TEA,)), {"999": "box of tea"})
    assert decision == BarcodeTaken("The barcode 999 belongs to another product already.")


def test_a_barcode_is_told_as_it_stands_on_the_product() -> None:
    edit = ProductEdit("tea", name="Tea", barcodes=(PackCode("04006381333931"),))
    decision = decide(SaveProducts("b1", (edit,)), {"04006381333931": "pens"})
    assert decision == BarcodeTaken("The barcode 4006381333931 belongs to another product already.")


def test_two_products_of_one_batch_do_not_share_a_barcode_either() -> None:
    twin = ProductEdit("twin", name="Twin", barcodes=(PackCode("111"),))
    assert isinstance(decide(SaveProducts("b1", (TEA, twin)), {}), BarcodeTaken)
    again = ProductEdit("tea", variant="green", barcodes=(PackCode("111"),))
    assert decide(SaveProducts("b1", (TEA, again)), {}) == (ProductsSaved("b1", (TEA, again)),)


def test_a_product_keeps_its_own_barcodes() -> None:
    assert decide(SaveProducts("b1", (TEA,)), {"111": "tea", "999": "tea"}) == (ProductsSaved("b1", (TEA,)),)


def test_one_scan_of_a_pack_code_stands_for_its_units() -> None:
    assert PackCode("111").quantity == ONE
    assert TEA.barcodes is not None
    assert TEA.barcodes[1].quantity == Quantity.of(12)


def test_prices_are_set_in_a_list() -> None:
    rows = (PriceRow("tea", gbp("1.00")), PriceRow("tea", gbp("0.90"), Quantity.of(10), "2026-12-01", "2026-12-24"))
    command = SetPrices("b1", PriceList(RETAIL, "Retail"), rows)
    assert decide(command, {}) == (PricesSet("b1", PriceList(RETAIL, "Retail"), rows),)


# --- as it is merged --------------------------------------------------------------------------------------------------


def test_what_an_edit_writes_is_what_it_says_and_nothing_of_how_it_was_made() -> None:
    edit = ProductEdit("tea", 4, name="Tea", is_sold=False, saw=("a", "b"), generation=3, price=gbp("2.50"))
    assert edit.said == ("name", "price", "is_sold")
    assert edit.writes == {"name": "Tea", "is_sold": False, ORDINARY_PRICE: [250, "GBP", ""]}
    packs = ProductEdit("tea", barcodes=(PackCode("1"), PackCode("BOX", Quantity.of(6))))
    assert packs.writes == {"barcodes": [{"code": "1"}, {"code": "BOX", "quantity": 6_000_000}]}
    assert ProductEdit("tea", barcodes=()).writes == {"barcodes": []}


@given(st.text(), st.integers(0, 10**12).map(Quantity), st.sampled_from(["", "2026-12-31"]))
def test_the_place_of_a_price_can_be_read_from_its_name(price_list: str, quantity: Quantity, first_day: str) -> None:
    name = price_field(price_list, quantity, first_day)
    assert name.startswith(PRICE)
    assert price_place(name) == (price_list, quantity, first_day)
    assert PriceRow("tea", gbp("1.00"), quantity, first_day).field(price_list) == name


def test_the_ordinary_price_is_one_field_however_it_is_said() -> None:
    assert PriceRow("tea", gbp("1.00")).field(RETAIL) == ORDINARY_PRICE
    assert price_value(gbp("1.00"), "") == ProductEdit("tea", price=gbp("1.00")).writes[ORDINARY_PRICE]


def test_prices_say_what_was_known_of_their_list() -> None:
    club = PriceList("club", "Club")
    assert decide(SetPrices("b", club, ()), {}, Seen(("a",), 2)) == (PricesSet("b", club, (), ("a",), 2),)
