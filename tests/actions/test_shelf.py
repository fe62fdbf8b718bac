"""What a decision about goods looks at beside the ticket."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from omsdesk.actions.shelf import is_held
from omsdesk.domain.approval import ApprovalNeeded, Approve, Grant
from omsdesk.domain.catalogue import ProductEdit, SaveProducts
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.order import Party, Purpose
from omsdesk.domain.order_command import PlaceOrder
from omsdesk.domain.sale_command import AddLine, ChangeQuantity, CheckAge, CompleteSale, NoteLine, ReturnDeposit
from omsdesk.domain.shop import SaveShop
from omsdesk.domain.stock import SUPPLIER, Move, MoveGoods
from omsdesk.domain.traits import Component, StockPolicy, Traits
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries import till as queries
from tests.domain.corner_shop import COFFEE, DESK, SHOP, gbp
from tests.store.station import Station

CASHIER = "cara"


@pytest.fixture
def counter(tmp_path: Path) -> Station:
    """A till whose shift is open, in a shop that sells nothing it has not, with two coffees."""
    till = Station(tmp_path / "shop.db")
    till.open_shift()
    till.do(SaveShop(replace(SHOP, goods=GoodsPolicy(stock=StockPolicy.APPROVE))))
    till.do(MoveGoods("delivery", "delivery", (Move("coffee", Quantity.of(2), SUPPLIER, "shop:s1"),)))
    return till


def stock(till: Station, product: str) -> Quantity | None:
    return queries.on_hand(till.database.writer, product, SHOP)


def test_ordinary_goods_need_nobody(counter: Station) -> None:
    line = AddLine("s", "l", COFFEE, ONE)
    assert not is_held(None, line, DESK)
    assert is_held(None, replace(line, article=replace(COFFEE, traits=Traits(age=18))), DESK)
    assert is_held(None, replace(line, expiry="2026-01-01"), DESK)
    assert not is_held(None, NoteLine("s", "l", "x"), DESK)
    assert not is_held(None, ChangeQuantity("s", "l", ONE), DESK)


def test_the_stock_is_looked_at_where_the_shop_wants_it(counter: Station) -> None:
    counter.do(counter.add("sale-1", "coffee", Quantity.of(2), line="l"), actor=CASHIER)
    needed = counter.refusal(counter.add("sale-1"), actor=CASHIER)
    assert isinstance(needed, ApprovalNeeded)
    assert "in stock (2)" in needed.sentence
    more = ChangeQuantity("sale-1", "l", Quantity.of(3))
    assert isinstance(counter.refusal(more, actor=CASHIER), ApprovalNeeded)
    counter.do(Approve(Grant("g", needed.right, "sue", sale="sale-1"), "t1", CASHIER, "Just delivered"), actor="sue")
    counter.do(more, actor=CASHIER)
    counter.do(counter.pay("sale-1"), CompleteSale("sale-1"), actor=CASHIER)
    assert stock(counter, "coffee") == Quantity.of(-1), "what was sold was sold"


def test_what_is_kept_for_an_order_is_not_there_for_others(counter: Station) -> None:
    counter.do(SaveCustomer(Customer("anna", "Anna Ahrens", phone="0171 234567")))
    counter.do(counter.add("order-1-t", "coffee"))
    anna = Party("anna", "Anna Ahrens", "0171 234567", "", ())
    counter.do(PlaceOrder("order-1", Purpose.PICK_UP, "s1", "order-1-t", (), anna))
    counter.do(counter.add("sale-1", "coffee", line="l"), actor=CASHIER)
    needed = counter.refusal(counter.add("sale-1"), actor=CASHIER)
    assert isinstance(needed, ApprovalNeeded)
    assert "in stock (1)" in needed.sentence


def test_what_a_bundle_contains_moves(counter: Station) -> None:
    parts = (Component("coffee"), Component("tea", Quantity.of(2)))
    counter.do(SaveProducts("b", (ProductEdit("set", name="Set", price=gbp("7.00"), components=parts),)))
    counter.do(MoveGoods("d2", "delivery", (Move("tea", Quantity.of(9), SUPPLIER, "shop:s1"),)))
    counter.do(counter.add("sale-1", "set", Quantity.of(2)))
    counter.do(counter.pay("sale-1"), CompleteSale("sale-1"))
    assert (stock(counter, "coffee"), stock(counter, "tea")) == (Quantity(0), Quantity.of(5))
    assert stock(counter, "set") is None


def test_empties_come_back_at_a_real_till(counter: Station) -> None:
    counter.do(SaveProducts("b", (ProductEdit("bottle", name="Bottle", price=gbp("0.25"), is_deposit=True),)))
    bottle = counter.add("x", "bottle").article
    counter.do(ReturnDeposit("back-1", "l", bottle, Quantity.of(4)), actor=CASHIER)
    counter.do(counter.pay("back-1"), CompleteSale("back-1"), actor=CASHIER)
    cash = counter.database.writer.value("SELECT sum(amount) FROM cash_movement WHERE reason = 'sale'")
    assert cash == -100


def test_an_age_is_seen_and_nothing_else_is_kept(counter: Station) -> None:
    counter.do(SaveProducts("b", (ProductEdit("rum", name="Rum", price=gbp("9.00"), age=18),)))
    scan = counter.add("sale-1", "rum")
    assert "from 18" in counter.refusal(scan, actor=CASHIER).sentence
    counter.do(CheckAge("sale-1", 18), scan, actor=CASHIER)
    rows = counter.database.writer.rows("SELECT CAST(body AS TEXT) FROM journal WHERE kind = 'sale.age_checked'")
    assert rows == [('{"sale":"sale-1","age":18}',)]
