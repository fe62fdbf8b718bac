"""Goods in places."""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, exists, or_, select, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.stock import is_no_sale, stock_level, stock_move

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


def is_counted(product: ColumnElement[str]) -> ColumnElement[bool]:
    """Tell whether anything of a product was counted or received in a ``place``: what was only sold is not known."""
    is_here = or_(stock_move.c.source == bindparam("place"), stock_move.c.target == bindparam("place"))
    return exists().where(stock_move.c.product == product, is_no_sale, is_here)


LEVEL = select(stock_level.c.quantity).where(
    stock_level.c.product == bindparam("product"),
    stock_level.c.place == bindparam("place"),
    is_counted(stock_level.c.product),
)
