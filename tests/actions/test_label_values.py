"""What labels say of a product that is in the database."""

from __future__ import annotations

from omsdesk.actions.label_values import values_of_row, values_of_shop
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.labels import LabelRow, LabelValue
from tests.domain.corner_shop import SHOP, gbp
from tests.store.station import EAN, Station

OF_SHOP = values_of_shop(SHOP, "2026-11-23")


def test_a_product_says_what_is_known_of_it_now(till: Station) -> None:
    values = values_of_row(till.database.writer, LabelRow("coffee"), SHOP, OF_SHOP)
    assert (values["name"], values["sku"], values["gtin"], values["price"]) == ("Coffee", "C-1", EAN, "£3.20")
    assert values["shop"] == SHOP.name
    till.do(SaveProducts("b", (ProductEdit("coffee", price=gbp("3.50")),)))
    assert values_of_row(till.database.writer, LabelRow("coffee"), SHOP, OF_SHOP)["price"] == "£3.50"


def test_what_was_entered_takes_the_place_of_what_is_known(till: Station) -> None:
    row = LabelRow("coffee", 1, (LabelValue("lot", "L1"), LabelValue("name", "Coffee, opened")))
    values = values_of_row(till.database.writer, row, SHOP, OF_SHOP)
    assert (values["lot"], values["name"], values["sku"]) == ("L1", "Coffee, opened", "C-1")


def test_a_label_without_a_product_says_what_was_entered(till: Station) -> None:
    for product in ("", "unknown"):
        row = LabelRow(product, 1, (LabelValue("sscc", "340123450000000017"),))
        values = values_of_row(till.database.writer, row, SHOP, OF_SHOP)
        assert values["sscc"] == "340123450000000017"
        assert "name" not in values
