"""Products: what an edit says, what it leaves, and what it may not take."""

from __future__ import annotations

from dataclasses import fields

import pytest

from omsdesk.domain.catalogue import (
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
)
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
