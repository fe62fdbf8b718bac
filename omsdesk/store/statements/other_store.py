"""Tickets of other stores."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Table, and_, bindparam, func, literal_column, not_, or_, select, union, union_all
from sqlalchemy.dialects.sqlite import Insert, insert

from omsdesk.store.tables.other_store import copied_receipt, told_refund, told_return, told_trace
from omsdesk.store.tables.sale import sale, sale_return


def not_heard(table: Table) -> ColumnElement[bool]:
    """Leave out the tickets that are heard here themselves; a document that there are two of has rows ``~2``."""
    low, high = table.c.sale.concat("~"), table.c.sale.concat("~~")
    is_it = and_(
        sale.c.number.is_not(None),
        sale.c.number == table.c.number,
        or_(sale.c.id == table.c.sale, sale.c.id.between(low, high)),
    )
    return not_(select(sale.c.id).where(is_it).correlate(table).exists())


def _add(table: Table, *more: str) -> Insert:
    """Add a row; where a copied disk wrote two tickets of one number, the greater of what they say stands."""
    fresh = insert(table)
    greater = {name: func.max(table.c[name], fresh.excluded[name]) for name in more}
    return fresh.on_conflict_do_update(index_elements=list(table.primary_key.columns), set_=greater)


COPY = _add(copied_receipt, "shop", "till", "completed_ms", "item_count", "total", "currency")
RETURN = _add(told_return, "sold_sale", "quantity", "shop", "till", "completed_ms")
REFUND = _add(told_refund, "amount")
TRACE = _add(told_trace, "quantity")

_before = copied_receipt.alias("before")
_RECEIPT = (
    copied_receipt.c.sale, copied_receipt.c.number, copied_receipt.c.completed_ms, copied_receipt.c.item_count,
    copied_receipt.c.total, copied_receipt.c.currency, copied_receipt.c.till,
    select(func.count())
    .where(_before.c.sale == copied_receipt.c.sale, _before.c.number <= copied_receipt.c.number)
    .correlate(copied_receipt)
    .scalar_subquery(),
)  # fmt: skip
"""The head of a receipt, and its place among those of its ticket."""
BY_NUMBER = (
    select(*_RECEIPT)
    .where(copied_receipt.c.number == bindparam("number"), not_heard(copied_receipt))
    .order_by(copied_receipt.c.completed_ms, copied_receipt.c.sale)
)
BY_SALE = (
    select(*_RECEIPT)
    .where(copied_receipt.c.sale == bindparam("document"), not_heard(copied_receipt))
    .order_by(copied_receipt.c.number)
)
IS_COPIED = select(func.count()).where(
    copied_receipt.c.sale == bindparam("sale"), copied_receipt.c.number == bindparam("number")
)
IS_TOLD = select(func.count()).where(
    told_return.c.sale == bindparam("sale"),
    told_return.c.number == bindparam("number"),
    told_return.c.sold_sale == bindparam("sold_sale"),
)
_low, _high = bindparam("sale").concat("~"), bindparam("sale").concat("~~")
IS_HEARD = select(func.count()).where(
    sale.c.number == bindparam("number"), or_(sale.c.id == bindparam("sale"), sale.c.id.between(_low, _high))
)
RETURNED_ON = select(sale_return.c.sale).where(sale_return.c.sold_line == bindparam("sold_line"))
"""The tickets heard here on which goods of a line came back."""

_known = told_return.alias("known")
_is_told = select(_known.c.sale).where(_known.c.number == sale.c.number, _known.c.sold_line == sale_return.c.sold_line)
UNTOLD = (
    select(sale.c.id)
    .distinct()
    .select_from(
        told_return.join(sale_return, sale_return.c.sold_line == told_return.c.sold_line).join(
            sale, sale.c.id == sale_return.c.sale
        )
    )
    .where(
        sale.c.till == bindparam("till"), sale.c.is_training == 0, not_(_is_told.correlate(sale, sale_return).exists())
    )
    .order_by(sale.c.id)
)
"""The tickets of a till on which goods came back that came back elsewhere, too, and that was not told yet."""

_again = union(
    select(sale_return.c.sold_line).group_by(sale_return.c.sold_line).having(func.count() > 1),
    select(told_return.c.sold_line),
)
_here = (
    select(
        sale_return.c.sold_line,
        sale.c.completed_ms,
        sale.c.id,
        sale.c.number,
        literal_column("''").label("shop"),
        sale.c.till,
        literal_column("''").label("sold_sale"),
    )
    .join(sale, sale.c.id == sale_return.c.sale)
    .where(sale_return.c.sold_line.in_(_again), sale.c.is_training == 0)
)
_elsewhere = select(
    told_return.c.sold_line,
    told_return.c.completed_ms,
    told_return.c.sale,
    told_return.c.number,
    told_return.c.shop,
    told_return.c.till,
    told_return.c.sold_sale,
).where(not_heard(told_return))
BACK_AGAIN = union_all(_here, _elsewhere).order_by("sold_line", "completed_ms", "number")
"""The tickets on which a line came back, of all lines that came back more than once or elsewhere."""
