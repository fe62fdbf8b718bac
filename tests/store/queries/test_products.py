"""Stretches of a catalogue, from the newest product down."""

from __future__ import annotations

from omsdesk.domain.catalogue import PriceRow, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Quantity
from omsdesk.store.queries import products as queries
from omsdesk.store.sql import Statements
from tests.domain.corner_shop import gbp
from tests.store.station import Station

HERE = "shop:s1"


def many(till: Station, count: int) -> int:
    """Make products in three categories; gives how many there were before."""
    before = queries.last_no(till.database.writer)
    edits = tuple(
        ProductEdit(f"m{number}", name=f"Mug {number}", category=f"Mugs {number % 3}", price=gbp("9.50"))
        for number in range(count)
    )
    till.do(SaveProducts("many", edits))
    return before


def test_the_newest_come_first_and_a_stretch_begins_anywhere(till: Station) -> None:
    before = many(till, 30)
    assert queries.last_no(till.database.writer) == before + 30
    top = queries.listed(till.database.writer, HERE, before + 30, 5)
    assert [row.name for row in top] == ["Mug 29", "Mug 28", "Mug 27", "Mug 26", "Mug 25"]
    assert [row.no for row in queries.listed(till.database.writer, HERE, before + 10, 3)] == [
        before + 10,
        before + 9,
        before + 8,
    ]


def test_a_row_says_price_and_stock(till: Station) -> None:
    no = queries.last_no(till.database.writer)
    till.do(MoveGoods("d1", "delivery", (Move("coffee", Quantity.of(7), SUPPLIER, HERE),)))
    rows = {row.product: row for row in queries.listed(till.database.writer, HERE, no, 100)}
    assert (rows["coffee"].price, rows["coffee"].on_hand) == (gbp("3.20"), Quantity.of(7))
    assert rows["repair"].price is None
    assert rows["tea"].on_hand is None, "never counted is not none left"


def test_products_are_listed_by_number_in_the_order_that_was_asked(till: Station) -> None:
    before = many(till, 3)
    rows = queries.listed_by_no(till.database.writer, HERE, [before + 1, before + 3, 999_999])
    assert [row.name for row in rows] == ["Mug 0", "Mug 2"]


def test_a_category_is_counted_and_read_from_any_row(till: Station) -> None:
    many(till, 30)
    assert queries.category_count(till.database.writer, "Mugs 1") == 10
    rows = queries.listed_of_category(till.database.writer, HERE, "Mugs 1", skip=2, most=3)
    assert [row.name for row in rows] == ["Mug 22", "Mug 19", "Mug 16"]
    till.do(SaveProducts("gone", (ProductEdit("m1", 1, is_sold=False),)))
    assert queries.category_count(till.database.writer, "Mugs 1") == 10, "a manager finds what is not sold, too"
    rows = queries.listed_of_category(till.database.writer, HERE, "Mugs 1", skip=9, most=3)
    assert [(row.name, row.is_sold) for row in rows] == [("Mug 1", False)]


def test_a_category_is_read_from_its_index_however_large_the_catalogue(till: Station) -> None:
    stretch: dict[str, object] = {"most": 1, "skip": 0, "place": HERE}
    for name, given in (("OF_CATEGORY", stretch), ("COUNT_OF_CATEGORY", {})):
        text = getattr(Statements("products"), name)
        plan = till.database.writer.rows(f"EXPLAIN QUERY PLAN {text}", **{**given, "category": "x"})
        assert any("COVERING INDEX product_category" in str(row) for row in plan), plan


def test_prices_beside_the_ordinary_one(till: Station) -> None:
    rows = (
        PriceRow("coffee", gbp("2.90"), Quantity.of(10)),
        PriceRow("coffee", gbp("3.00"), valid_from="2027-01-01", valid_to="2027-01-31"),
    )
    till.do(SetPrices("p1", PriceList(RETAIL, "Retail"), rows))
    till.do(SetPrices("p2", PriceList("staff", "Staff", 5), (PriceRow("coffee", gbp("2.00")),)))
    found = [
        (row.list_id, str(row.from_quantity), row.price) for row in queries.other_prices(till.database.writer, "coffee")
    ]
    assert found == [(RETAIL, "0", gbp("3.00")), (RETAIL, "10", gbp("2.90")), ("staff", "0", gbp("2.00"))]
    assert queries.other_prices(till.database.writer, "nobody") == []
