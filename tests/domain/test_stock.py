"""Goods go from place to place; what happened is recorded once."""

from __future__ import annotations

import pytest

from omsdesk.domain.messages import Refusal
from omsdesk.domain.stock import ADJUSTMENT, CUSTOMER, SCRAP, SUPPLIER, TRANSIT, GoodsMoved, Move, MoveGoods, decide
from omsdesk.domain.values import Quantity

DELIVERY = MoveGoods("d1", "delivery", (Move("p1", Quantity.of(12), SUPPLIER, "shop:s1"),))


def test_a_delivery_is_recorded_as_it_was() -> None:
    assert decide(DELIVERY) == (GoodsMoved("d1", "delivery", DELIVERY.moves),)


@pytest.mark.parametrize("place", [CUSTOMER, SUPPLIER, ADJUSTMENT, SCRAP, TRANSIT])
def test_goods_may_go_anywhere_and_come_back(place: str) -> None:
    for move in (Move("p1", Quantity.of(1), "shop:s1", place), Move("p1", Quantity.of(1), place, "shop:s1")):
        assert decide(MoveGoods("d", "why", (move,)))


def test_a_correction_downwards_is_a_movement_like_any_other() -> None:
    assert decide(MoveGoods("d", "count", (Move("p1", Quantity.of(-3), ADJUSTMENT, "shop:s1"),)))


def test_a_document_that_is_booked_is_not_booked_again() -> None:
    assert decide(DELIVERY, is_known=True) == ()


def test_where_nothing_moved_there_is_nothing_to_tell() -> None:
    assert decide(MoveGoods("d", "why", ())) == ()


@pytest.mark.parametrize("quantity", ["5901234123457", "-5901234123457"])
def test_a_barcode_typed_as_a_quantity_is_noticed(quantity: str) -> None:
    decision = decide(MoveGoods("d", "count", (Move("p1", Quantity.of(quantity), SUPPLIER, "shop:s1"),)))
    assert isinstance(decision, Refusal)
    assert "barcode" in decision.sentence


def test_a_truck_full_of_screws_is_not_too_much() -> None:
    assert decide(MoveGoods("d", "delivery", (Move("p1", Quantity.of(50_000_000), SUPPLIER, "shop:s1"),)))
