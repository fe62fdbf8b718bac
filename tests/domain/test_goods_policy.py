"""What a shop has decided about its goods."""

from __future__ import annotations

from omsdesk.domain.goods_policy import GoodsPolicy
from omsdesk.domain.traits import StockPolicy


def test_a_product_may_have_a_rule_of_its_own_when_it_is_sold_out() -> None:
    shop = GoodsPolicy(stock=StockPolicy.WARN)
    assert shop.stock_of(StockPolicy.SHOP) is StockPolicy.WARN
    assert shop.stock_of(StockPolicy.APPROVE) is StockPolicy.APPROVE
    assert GoodsPolicy().stock_of(StockPolicy.SHOP) is StockPolicy.ALLOW
