"""What labels say of a product that is in the database."""

from __future__ import annotations

from omsdesk.actions.label_values import values_of_row, values_of_shop
from omsdesk.documents.formats import format_money
from omsdesk.domain.catalogue import PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.labels import LabelRow, LabelValue
from omsdesk.domain.pricing import RETAIL, PriceList, unit_price
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries import till as till_queries
from tests.domain.corner_shop import SHOP, gbp
from tests.store.station import EAN, Station

DAY = "2026-11-23"
OF_SHOP = values_of_shop(SHOP, DAY)


def test_a_product_says_what_is_known_of_it_now(till: Station) -> None:
    values = values_of_row(till.database.writer, LabelRow("coffee"), SHOP, OF_SHOP, DAY)
    assert (values["name"], values["sku"], values["gtin"], values["price"]) == ("Coffee", "C-1", EAN, "£3.20")
    assert values["shop"] == SHOP.name
    till.do(SaveProducts("b", (ProductEdit("coffee", price=gbp("3.50")),)))
    assert values_of_row(till.database.writer, LabelRow("coffee"), SHOP, OF_SHOP, DAY)["price"] == "£3.50"


def test_the_price_is_what_the_till_takes_on_that_day(till: Station) -> None:
    lists = (
        (PriceList(RETAIL, "Retail"), PriceRow("coffee", gbp("2.80"), valid_from="2026-11-24", valid_to="2026-11-25")),
        (PriceList("members", "Members", priority=9, is_given=True), PriceRow("coffee", gbp("1.00"))),
        (PriceList(RETAIL, "Retail"), PriceRow("coffee", gbp("2.00"), from_quantity=Quantity.of(10))),
    )
    for number, (head, row) in enumerate(lists):
        till.do(SetPrices(f"p{number}", head, (row,)))
    prices = {}
    for day in ("2026-11-23", "2026-11-24", "2026-11-25", "2026-11-26"):
        prices[day] = values_of_row(till.database.writer, LabelRow("coffee"), SHOP, OF_SHOP, day)["price"]
        sold = till_queries.product_by_id(till.database.writer, "coffee", SHOP, day)
        assert sold is not None
        assert prices[day] == format_money(unit_price(sold.article.prices, ONE) or gbp("0"), SHOP.locale)
    assert list(prices.values()) == ["£3.20", "£2.80", "£2.80", "£3.20"]


def test_what_has_no_price_shows_none(till: Station) -> None:
    values = values_of_row(till.database.writer, LabelRow("repair"), SHOP, OF_SHOP, DAY)
    assert values["name"] == "Repair"
    assert "price" not in values


def test_what_was_entered_takes_the_place_of_what_is_known(till: Station) -> None:
    row = LabelRow("coffee", 1, (LabelValue("lot", "L1"), LabelValue("name", "Coffee, opened")))
    values = values_of_row(till.database.writer, row, SHOP, OF_SHOP, DAY)
    assert (values["lot"], values["name"], values["sku"]) == ("L1", "Coffee, opened", "C-1")


def test_a_label_without_a_product_says_what_was_entered(till: Station) -> None:
    for product in ("", "unknown"):
        row = LabelRow(product, 1, (LabelValue("sscc", "340123450000000017"),))
        values = values_of_row(till.database.writer, row, SHOP, OF_SHOP, DAY)
        assert values["sscc"] == "340123450000000017"
        assert "name" not in values
