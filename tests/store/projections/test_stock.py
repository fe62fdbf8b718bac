"""Goods as rows: what leaves one place arrives in another."""

from __future__ import annotations

from omsdesk.domain.stock import ADJUSTMENT, SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Quantity
from tests.store.projections.conftest import Rows
from tests.store.station import Station

SHELF = "shop:s1"
LEVELS = "SELECT product, place, quantity FROM stock_level ORDER BY product, place"


def deliver(document: str, product: str, quantity: str, source: str = SUPPLIER) -> MoveGoods:
    """Goods come in."""
    return MoveGoods(document, "delivery", (Move(product, Quantity.of(quantity), source, SHELF),))


def test_a_delivery_is_more_here_and_less_there(till: Station, rows: Rows) -> None:
    till.do(deliver("d1", "coffee", "12"))
    till.do(deliver("d2", "coffee", "0.5"))
    assert rows(LEVELS) == [("coffee", SHELF, 12_500_000), ("coffee", SUPPLIER, -12_500_000)]


def test_a_sale_takes_goods_from_the_shelf_even_below_zero(till: Station, rows: Rows) -> None:
    till.sell("sale-1", "coffee", "repair")
    assert rows(LEVELS) == [("coffee", "customer", 1_000_000), ("coffee", SHELF, -1_000_000)]


def test_every_move_keeps_its_document_and_its_place_in_it(till: Station, rows: Rows) -> None:
    till.sell("sale-1", "coffee", "tea")
    at = till.clock.moment.utc_ms
    assert rows("SELECT document, position, product, quantity, source, target, reason, utc_ms FROM stock_move") == [
        ("sale-1:goods", 1, "coffee", 1_000_000, SHELF, "customer", "sale", at),
        ("sale-1:goods", 2, "tea", 1_000_000, SHELF, "customer", "sale", at),
    ]


def test_over_all_places_the_sum_is_zero_whatever_happens(till: Station, rows: Rows) -> None:
    till.do(deliver("d1", "coffee", "12"), deliver("d2", "tea", "-3", ADJUSTMENT))
    till.sell("sale-1", "coffee", "tea", "apples")
    assert rows("SELECT product, sum(quantity) FROM stock_level GROUP BY product") == [
        ("apples", 0),
        ("coffee", 0),
        ("tea", 0),
    ]


def test_a_document_is_booked_once(till: Station, rows: Rows) -> None:
    till.do(deliver("d1", "coffee", "12"))
    assert till.do(deliver("d1", "coffee", "12")).facts == ()
    assert rows("SELECT quantity FROM stock_level WHERE place = 'shop:s1'") == [(12_000_000,)]
