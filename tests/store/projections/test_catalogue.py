"""Products, barcodes, prices and categories as rows."""

from __future__ import annotations

from omsdesk.domain.catalogue import PackCode, PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.traits import Component, StockPolicy
from omsdesk.domain.values import Quantity
from omsdesk.store.projections.search_index import count_sold
from tests.domain.corner_shop import gbp
from tests.store.projections.conftest import Rows
from tests.store.station import Station

PRODUCT = "SELECT name, variant, category, unit, is_sold, is_tracked, favourite, revision FROM product WHERE id = '{}'"


def save(till: Station, *edits: ProductEdit) -> None:
    """Save products as one batch."""
    till.do(SaveProducts(till.clock.new_id(), edits))


def test_a_new_product_has_what_was_said_and_the_usual_for_the_rest(till: Station, rows: Rows) -> None:
    assert rows(PRODUCT.format("repair")) == [("Repair", "", "", "piece", 1, 0, 0, 1)]
    assert rows(PRODUCT.format("tea")) == [("Tea", "green", "Drinks", "piece", 1, 1, 0, 1)]


def test_products_are_numbered_in_the_order_they_came(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("milk", name="Milk"), ProductEdit("bread", name="Bread"))
    assert rows("SELECT no, id FROM product ORDER BY no") == [
        (1, "coffee"), (2, "tea"), (3, "apples"), (4, "repair"), (5, "milk"), (6, "bread"),
    ]  # fmt: skip


def test_an_edit_changes_what_it_speaks_of_and_counts_the_revision(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("tea", variant="", favourite=3, is_sold=False))
    assert rows(PRODUCT.format("tea")) == [("Tea", "", "Drinks", "piece", 0, 1, 3, 2)]


def test_a_product_may_be_named_twice_in_one_batch(till: Station, rows: Rows) -> None:
    first = ProductEdit("milk", name="Milk", price=gbp("1.00"), barcodes=(PackCode("1"), PackCode("2")))
    save(till, first, ProductEdit("milk", variant="fresh", price=gbp("1.10"), barcodes=(PackCode("2"), PackCode("3"))))
    assert rows(PRODUCT.format("milk")) == [("Milk", "fresh", "", "piece", 1, 1, 0, 2)]
    assert rows("SELECT minor FROM price JOIN product ON no = product_no WHERE id = 'milk'") == [(110,)]
    codes = rows("SELECT code FROM barcode JOIN product ON no = product_no WHERE id = 'milk' ORDER BY code")
    assert codes == [("2",), ("3",)]


def test_barcodes_are_replaced_as_a_whole_and_only_if_they_were_said(till: Station, rows: Rows) -> None:
    codes = "SELECT code, quantity FROM barcode WHERE product_no = 1 ORDER BY code"
    assert rows(codes) == [("04006381333931", 1_000_000), ("BOX", 6_000_000)]
    save(till, ProductEdit("coffee", name="Coffee!"))
    assert len(rows(codes)) == 2
    save(till, ProductEdit("coffee", barcodes=(PackCode("NEW", Quantity.of(12)),)))
    assert rows(codes) == [("NEW", 12_000_000)]
    save(till, ProductEdit("coffee", barcodes=()))
    assert rows(codes) == []


def test_the_ordinary_price_stands_in_the_retail_list(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("coffee", price=gbp("3.40")))
    found = rows("SELECT list_id, from_quantity, valid_from, valid_to, minor, currency FROM price WHERE product_no = 1")
    assert found == [("retail", 0, "", "", 340, "GBP")]


def test_prices_of_a_list_are_added_and_replaced_and_strangers_are_passed_over(till: Station, rows: Rows) -> None:
    club = PriceList("club", "Club", 5, "2026-01-01")
    ten = PriceRow("coffee", gbp("2.80"), Quantity.of(10), "2026-02-01", "2026-02-28")
    till.do(SetPrices("b1", club, (PriceRow("coffee", gbp("3.00")), ten, PriceRow("nobody", gbp("1.00")))))
    till.do(SetPrices("b2", club, (PriceRow("coffee", gbp("2.90")),)))
    assert rows("SELECT from_quantity, valid_from, valid_to, minor FROM price WHERE list_id = 'club'") == [
        (0, "", "", 290),
        (10_000_000, "2026-02-01", "2026-02-28", 280),
    ]
    assert rows("SELECT * FROM price_list WHERE id = 'club'") == [("club", "Club", 5, "2026-01-01", "", 0, 0)]


def test_a_category_is_there_once_it_was_said(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("p1", name="P", category="Toys"), ProductEdit("p2", name="P", category="Books"))
    save(till, ProductEdit("p1", category="Books"))
    assert {name for (name,) in rows("SELECT name FROM category")} == {"Drinks", "Fruit", "Toys", "Books"}


def test_a_product_that_changed_is_found_by_its_new_words_alone(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("tea", name="Thé à la menthe", variant=""))
    find = "SELECT count(*) FROM product_search WHERE product_search MATCH '{}'"
    assert [rows(find.format(word)) for word in ("menthe", "green")] == [[(1,)], [(0,)]]


def test_what_was_sold_before_it_was_heard_of_counts_when_it_is(till: Station, rows: Rows) -> None:
    till.sell("sale-1", "coffee")
    connection = till.database.writer
    for _ in range(3):
        count_sold(connection, ("nuts",))
    assert rows("SELECT product, count FROM early_sale") == [("nuts", 3)]
    till.do(SaveProducts("b", (ProductEdit("nuts", name="Nuts"), ProductEdit("figs", name="Figs"))))
    assert rows("SELECT id, sold_count FROM product WHERE sold_count > 0 ORDER BY id") == [("coffee", 1), ("nuts", 3)]
    assert rows("SELECT * FROM early_sale") == []


def test_a_plain_product_has_no_words_for_what_it_is_not(till: Station, rows: Rows) -> None:
    traits = "SELECT traits FROM product WHERE id = 'tea'"
    assert rows(traits) == [("",)]
    save(till, ProductEdit("tea", age=18, minimum_price=gbp("2.00"), stock_policy=StockPolicy.WARN))
    assert rows(traits) == [('{"age":18,"minimum_price":[200,"GBP"],"stock_policy":"warn"}',)]
    save(till, ProductEdit("tea", age=0, minimum_price=gbp("0.00"), stock_policy=StockPolicy.SHOP))
    assert rows(traits) == [("",)]


def test_a_trait_is_changed_without_the_others(till: Station, rows: Rows) -> None:
    save(till, ProductEdit("set", name="Gift set", components=(Component("coffee", Quantity.of(2)), Component("tea"))))
    save(till, ProductEdit("set", asks_lot=True))
    assert rows("SELECT traits FROM product WHERE id = 'set'") == [
        ('{"asks_lot":true,"components":[{"product":"coffee","quantity":2000000},{"product":"tea"}]}',)
    ]
