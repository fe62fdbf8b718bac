"""Goods in places."""

from __future__ import annotations

from sqlalchemy import bindparam, select
from sqlalchemy import insert as plain_insert
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.stock import stock_level, stock_move

MOVE = plain_insert(stock_move)
_level = insert(stock_level)
ADD_UP = _level.on_conflict_do_update(
    index_elements=["product", "place"], set_={"quantity": stock_level.c.quantity + _level.excluded.quantity}
)
LEVEL = select(stock_level.c.quantity).where(
    stock_level.c.product == bindparam("product"), stock_level.c.place == bindparam("place")
)
