"""A till asks what the other stores have, through a real service, and an order is fetched there."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from omsdesk.domain.order import Party, Purpose
from omsdesk.domain.order_command import PlaceOrder
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.in_stores import in_stores
from omsdesk.sync.enrolment import reach
from omsdesk.sync.messages import GoodsThere, GoodsWish
from tests.domain.corner_shop import NOON
from tests.stories.business import Branch, Business


@pytest.fixture
def business(tmp_path: Path) -> Iterator[Business]:
    made = Business(tmp_path, has_tables=True)
    made.corner.open_till("t1", NOON)
    made.turn()
    yield made
    made.close()


def receive(branch: Branch, shop: str, product: str, count: int) -> None:
    """Take goods from a supplier into a store."""
    move = Move(product, Quantity.of(count), SUPPLIER, f"shop:{shop}")
    branch.do(MoveGoods(branch.clock.new_id(), "delivery", (move,)), actor="max")


def ask(branch: Branch, *products: str) -> set[GoodsThere]:
    """Ask the service as a till does."""
    with closing(reach(branch.service, branch.database.station.device, branch.keys)) as line:
        return {*line.find_goods(GoodsWish(products)).levels}


def test_a_till_hears_what_every_store_has_and_what_is_kept_there(business: Business) -> None:
    corner, harbour, office = business.corner, business.harbour, business.office
    receive(corner, "s1", "coffee", 5)
    receive(harbour, "s2", "coffee", 7)
    receive(harbour, "s2", "tea", 2)
    business.turn(corner, harbour)
    assert in_stores(corner.database.writer, ["tea"]) == [], "a store hears its own stock alone"
    assert ask(corner, "coffee", "tea", "repair") == {
        GoodsThere("coffee", "s1", 5_000_000, 0),
        GoodsThere("coffee", "s2", 7_000_000, 0),
        GoodsThere("tea", "s2", 2_000_000, 0),
    }
    ticket = corner.clock.new_id()
    corner.do(corner.add(ticket, "coffee", Quantity.of(3)), actor="cara")
    corner.do(PlaceOrder("o1", Purpose.PICK_UP, "s2", ticket, (), Party(name="Ann")), actor="cara")
    business.turn(corner)
    assert GoodsThere("coffee", "s2", 7_000_000, 3_000_000) in ask(corner, "coffee")
    assert [row.free for row in in_stores(office.database.writer, ["tea"])] == [], "the head office has not heard yet"
    business.turn(office)
    (there,) = (row for row in in_stores(office.database.writer, ["coffee"]) if row.store == "s2")
    assert there.free == Quantity.of(4)
