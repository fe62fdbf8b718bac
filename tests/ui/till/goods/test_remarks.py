"""What is said about goods beside their price."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.stock import Move, MoveGoods
from omsdesk.domain.traits import StockPolicy
from omsdesk.domain.values import ONE, Quantity
from omsdesk.store.queries.till import Found, product_by_id
from omsdesk.ui.till.goods.incoming import Incoming
from omsdesk.ui.till.goods.remarks import remark_on, stock_words, trait_words
from tests.ui.till import goods_shop
from tests.ui.till.bench import Bench


@pytest.fixture
def counter(bench: Bench) -> Bench:
    """A till of a shop with goods that are out of the ordinary."""
    bench.do(*goods_shop.COMMANDS)
    return bench


def found(bench: Bench, product: str) -> Found:
    known = product_by_id(bench.reader, product, bench.counter.shop, bench.counter.day)
    assert known is not None
    return known


def test_the_stock_is_told_with_what_it_means(counter: Bench) -> None:
    assert stock_words(found(counter, "milk").article, counter.counter) == ("20 in stock", True)
    assert stock_words(found(counter, "beer").article, counter.counter) == ("Not counted yet", None)
    words, is_there = stock_words(found(counter, "vase").article, counter.counter)
    assert (words, is_there) == ("0 in stock: sell only what the customer holds", False)
    counter.do(MoveGoods("lost", "loss", (Move("lamp", ONE, "shop:s1", "scrap"),)))
    assert "somebody has to agree" in stock_words(found(counter, "lamp").article, counter.counter)[0]


def test_what_is_out_of_the_ordinary_is_told(counter: Bench) -> None:
    beer = trait_words(found(counter, "beer").article, counter.counter)
    assert (beer["Age"], beer["Deposit on top"]) == ("from 16 years on", "€0.08")
    assert trait_words(found(counter, "set").article, counter.counter)["Contains"] == "1 × Raw milk 1 L, 2 × Cola 0.5 L"
    assert trait_words(found(counter, "bouquet").article, counter.counter)["Least price"] == "€8.00"
    assert not any(trait_words(found(counter, "oat").article, counter.counter).values())


@pytest.mark.parametrize(("days", "said"), [(0, "expires today"), (1, "expires tomorrow"), (3, "in 3 days"), (4, "")])
def test_a_lot_that_ends_soon_is_told(counter: Bench, days: int, said: str) -> None:
    last = (date.fromisoformat(counter.counter.day) + timedelta(days=days)).isoformat()
    coming = Incoming(found(counter, "milk"), lot="L", expiry=last)
    remark = remark_on(coming, counter.counter, ())
    assert said in remark
    assert bool(said) == bool(remark)


def test_more_than_there_should_be_is_told_where_the_shop_wants_it(counter: Bench) -> None:
    counter.counter.shop = replace(counter.counter.shop, goods=GoodsPolicy(StockPolicy.WARN))
    counter.session.intake.entered(f"50*{goods_shop.code(9)}")
    assert "Only 40 of “Cola 0.5 L”" in counter.said
    coming = Incoming(found(counter, "beer"), Quantity.of(99))
    assert remark_on(coming, counter.counter, counter.session.lines) == "", "nobody counted it"
