"""Goods in places."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.stock import stock_level, stock_move

MOVE = (
    insert(stock_move).values({column.name: bindparam(column.name) for column in stock_move.c}).on_conflict_do_nothing()
)
SAME = (
    select(stock_move.c.document)
    .where(
        or_(
            stock_move.c.document == bindparam("document"),
            stock_move.c.document.between(bindparam("document").concat("~"), bindparam("document").concat("~~")),
        )
    )
    .distinct()
)
CONTENT_OF = (
    select(*(column for column in stock_move.c if column.name != "document"))
    .where(stock_move.c.document == bindparam("row"))
    .order_by(stock_move.c.position)
)
RENAME = update(stock_move).values(document=bindparam("new")).where(stock_move.c.document == bindparam("row"))
_level = insert(stock_level)
ADD_UP = _level.on_conflict_do_update(
    index_elements=["product", "place"], set_={"quantity": stock_level.c.quantity + _level.excluded.quantity}
)
LEVEL = select(stock_level.c.quantity).where(
    stock_level.c.product == bindparam("product"), stock_level.c.place == bindparam("place")
)
