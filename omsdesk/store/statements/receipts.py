"""Receipts by what people remember of them: the day, the amount, an article, the digits of the card, the customer."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Select, bindparam, exists, func, literal_column, or_, select

from omsdesk.store.tables.sale import sale, sale_line, sale_tender
from omsdesk.store.tables.stock import is_sale, stock_move

_COLUMNS = (
    sale.c.id, sale.c.number, sale.c.completed_ms, sale.c.item_count, sale.c.total, sale.c.currency, sale.c.is_double,
    sale.c.till,
)  # fmt: skip
_OF_MOVE = func.replace(stock_move.c.document, ":goods", "")
_HAS_LINE = exists().where(sale_line.c.sale == sale.c.id, sale_line.c.product == bindparam("product"))
_HAS_CARD = exists().where(sale_tender.c.sale == sale.c.id, sale_tender.c.reference == bindparam("reference"))


def _unless_empty(name: str, condition: ColumnElement[bool]) -> ColumnElement[bool]:
    return or_(bindparam(name) == "", condition)


def _completed(*conditions: ColumnElement[bool]) -> Select[tuple[object, ...]]:
    return (
        select(*_COLUMNS)
        .where(
            # Written out, so that the index of completed tickets is used.
            sale.c.completed_ms.is_not(None),
            sale.c.completed_ms >= bindparam("first_ms"),
            sale.c.completed_ms <= bindparam("last_ms"),
            _unless_empty("customer", sale.c.customer == bindparam("customer")),
            *conditions,
        )
        .order_by(sale.c.completed_ms.desc())
        .limit(bindparam("most"))
    )


BY_TIME = _completed(sale.c.till == bindparam("till"))
BY_TOTAL = _completed(
    sale.c.total.between(bindparam("low"), bindparam("high")),
    _unless_empty("product", _HAS_LINE),
    _unless_empty("reference", _HAS_CARD),
)
_CARDS = select(sale_tender.c.sale).where(
    sale_tender.c.reference == bindparam("reference"), sale_tender.c.reference != ""
)
BY_CARD = _completed(sale.c.id.in_(_CARDS), _unless_empty("product", _HAS_LINE))
BY_CUSTOMER = _completed(
    sale.c.customer == bindparam("customer"),
    sale.c.customer != literal_column("''"),
    _unless_empty("product", _HAS_LINE),
)
BY_PRODUCT = (
    select(*_COLUMNS)
    .select_from(stock_move.join(sale, sale.c.id == _OF_MOVE))
    .where(
        stock_move.c.product == bindparam("product"),
        stock_move.c.utc_ms.between(bindparam("first_ms"), bindparam("last_ms")),
        is_sale,
        sale.c.completed_ms.is_not(None),
        _unless_empty("customer", sale.c.customer == bindparam("customer")),
    )
    .order_by(stock_move.c.utc_ms.desc())
    .limit(bindparam("most"))
)
"""By the goods that left: their moves are in the order of time, and lines are not."""

LOWEST_PRICE = (
    select(func.min(sale_line.c.shelf_price))
    .select_from(
        stock_move.join(sale_line, (sale_line.c.sale == _OF_MOVE) & (sale_line.c.product == stock_move.c.product)).join(
            sale, sale.c.id == sale_line.c.sale
        )
    )
    .where(
        stock_move.c.product == bindparam("product"),
        stock_move.c.utc_ms >= bindparam("first_ms"),
        is_sale,
        sale_line.c.shelf_price >= 0,
        sale.c.currency == bindparam("currency"),
    )
)
