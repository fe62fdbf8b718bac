"""Serial and lot numbers."""

from __future__ import annotations

from sqlalchemy import Select, Table, Text, bindparam, column, func, insert, select, union_all, update

from omsdesk.store.statements.other_store import not_heard
from omsdesk.store.tables.catalogue import product
from omsdesk.store.tables.other_store import told_trace
from omsdesk.store.tables.sale import sale, sale_line
from omsdesk.store.tables.trace import sale_trace

ADD = insert(sale_trace)
RENAME = update(sale_trace).values(sale=bindparam("new")).where(sale_trace.c.sale == bindparam("row"))


def _serials(table: Table) -> Select[tuple[str, int]]:
    wanted = select(column("value", Text)).select_from(func.json_each(bindparam("codes")))
    return select(table.c.code, table.c.quantity).where(
        table.c.code.in_(wanted), table.c.is_lot == 0, table.c.product == bindparam("product")
    )


_moved = union_all(_serials(sale_trace), _serials(told_trace).where(not_heard(told_trace))).subquery()
SOLD = select(_moved.c.code).group_by(_moved.c.code).having(func.sum(_moved.c.quantity) > 0)
"""Which serial numbers of a product are with customers: sold, and not come back since, here or in another store."""

WHERE = (
    select(
        sale_trace.c.sale,
        sale.c.number,
        sale.c.till,
        sale.c.completed_ms,
        sale_trace.c.product,
        func.coalesce(sale_line.c.name, product.c.name, ""),
        sale_trace.c.quantity,
        sale_trace.c.is_lot,
        sale.c.customer,
    )
    .join(sale, sale.c.id == sale_trace.c.sale)
    .outerjoin(sale_line, (sale_line.c.sale == sale_trace.c.sale) & (sale_line.c.position == sale_trace.c.position))
    .outerjoin(product, product.c.id == sale_trace.c.product)
    .where(sale_trace.c.code == bindparam("code"))
    .order_by(sale.c.completed_ms.desc(), sale_trace.c.sale, sale_trace.c.position)
    .limit(bindparam("most"))
)
