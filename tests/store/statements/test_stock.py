"""Stock is known once somebody counted or received: what was only sold was never counted."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.domain.stock import ADJUSTMENT, CUSTOMER, SCRAP, SUPPLIER, TRANSIT, Move, MoveGoods
from omsdesk.domain.values import Quantity
from omsdesk.store.queries import products
from omsdesk.store.queries import till as ask
from omsdesk.store.sql import Statements
from tests.domain.corner_shop import NOON, SHOP
from tests.store.station import Station

HERE, ELSEWHERE = f"shop:{SHOP.id}", "shop:other"


@pytest.fixture
def till(tmp_path: Path) -> Iterator[Station]:
    made = Station(tmp_path / "shop.db")
    made.open_shift()
    yield made
    made.close()


def move(till: Station, source: str, target: str, count: int) -> None:
    till.do(MoveGoods(till.clock.new_id(), "story", (Move("coffee", Quantity.of(count), source, target),)))


def levels(till: Station) -> set[Quantity | None]:
    """What the till, its tiles and the list of products know: one answer."""
    reader = till.database.writer
    (tile,) = [row for row in ask.category_tiles(reader, "Drinks", SHOP, NOON.day) if row.product == "coffee"]
    (row,) = [row for row in products.listed(reader, HERE, 100, 100) if row.product == "coffee"]
    again = products.listed_by_no(reader, HERE, [row.no])[0]
    in_category = products.listed_of_category(reader, HERE, "Drinks", 0, 100)
    (third,) = [row for row in in_category if row.product == "coffee"]
    return {ask.on_hand(reader, "coffee", SHOP), tile.on_hand, row.on_hand, again.on_hand, third.on_hand}


def test_what_was_never_counted_is_unknown_though_it_was_sold_and_brought_back(till: Station) -> None:
    assert levels(till) == {None}
    till.sell("sale-1")
    assert levels(till) == {None}
    move(till, CUSTOMER, HERE, 1)
    assert levels(till) == {None}


@pytest.mark.parametrize(
    ("source", "target", "count", "left"),
    [
        (SUPPLIER, HERE, 10, 9),
        (ADJUSTMENT, HERE, 1, 0),
        (HERE, ADJUSTMENT, 2, -3),
        (HERE, SCRAP, 1, -2),
        (TRANSIT, HERE, 4, 3),
        (ELSEWHERE, HERE, 4, 3),
        (ADJUSTMENT, HERE, 0, -1),
    ],
)
def test_a_count_or_a_delivery_makes_it_known_whatever_was_sold_before(
    till: Station, source: str, target: str, count: int, left: int
) -> None:
    till.sell("sale-1")
    move(till, source, target, count)
    assert levels(till) == {Quantity.of(left)}


def test_a_delivery_to_another_shop_tells_nothing_of_this_one(till: Station) -> None:
    till.sell("sale-1")
    move(till, SUPPLIER, ELSEWHERE, 10)
    assert levels(till) == {None}
    move(till, SUPPLIER, CUSTOMER, 1)
    assert levels(till) == {None}, "sent to the customer without being here"


def test_a_product_that_sells_a_thousand_times_is_looked_up_as_quickly(till: Station) -> None:
    reader = till.database.writer
    for number in range(3):
        till.sell(f"sale-{number}")
    question = f"EXPLAIN QUERY PLAN {Statements('stock').LEVEL}"
    steps = " ".join(str(row) for row in reader.rows(question, product="coffee", place=HERE))
    assert "INDEX stock_move_counted (product=?)" in steps, "it holds no sale"
