"""What the product pages ask."""

from __future__ import annotations

from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.values import Quantity
from omsdesk.store.queries import catalogue as ask
from tests.domain.corner_shop import gbp
from tests.store.station import PRODUCTS, Station


def test_a_barcode_has_one_owner_or_none(till: Station) -> None:
    codes = ["04006381333931", "BOX", "FREE"]
    assert ask.owners(till.database.writer, codes) == {"04006381333931": "coffee", "BOX": "coffee"}


def test_a_product_is_read_in_the_form_in_which_it_is_changed(till: Station) -> None:
    found = ask.product_as_edit(till.database.writer, "coffee")
    assert found is not None
    assert (found.product, found.base, found.name, found.price) == ("coffee", 1, "Coffee", gbp("3.20"))
    assert found.barcodes == PRODUCTS[0].barcodes
    assert ask.product_as_edit(till.database.writer, "nobody") is None


def test_what_was_read_and_saved_again_is_the_same(till: Station) -> None:
    for product in ("coffee", "tea", "apples", "repair"):
        before = ask.product_as_edit(till.database.writer, product)
        assert before is not None
        till.do(SaveProducts(till.clock.new_id(), (before,)))
        after = ask.product_as_edit(till.database.writer, product)
        assert after is not None
        assert [getattr(after, name) for name in after.said] == [getattr(before, name) for name in before.said]
        assert after.base == before.base + 1


def test_the_ordinary_price_is_the_one_without_conditions(till: Station) -> None:
    rows = (PriceRow("coffee", gbp("2.00"), Quantity.of(10)), PriceRow("coffee", gbp("1.00"), valid_from="2026-12-01"))
    till.do(SetPrices("b", PriceList(RETAIL, "Retail"), rows))
    assert ask.retail_price(till.database.writer, 1) == gbp("3.20")
    assert ask.retail_price(till.database.writer, 4) is None


def test_a_row_of_an_import_is_found_again(till: Station) -> None:
    till.do(SaveProducts("b", (ProductEdit("milk", name="Milk", source_key="shopify:42", barcodes=(PackCode("7"),)),)))
    assert ask.product_by_source_key(till.database.writer, "shopify:42") == "milk"
    assert ask.product_by_source_key(till.database.writer, "") == ""


def test_products_are_counted(till: Station) -> None:
    assert ask.product_count(till.database.writer) == 4
