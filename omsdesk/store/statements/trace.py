"""Serial and lot numbers."""

from __future__ import annotations

from sqlalchemy import Text, bindparam, column, func, insert, select, update

from omsdesk.store.tables.catalogue import product
from omsdesk.store.tables.sale import sale, sale_line
from omsdesk.store.tables.trace import sale_trace

ADD = insert(sale_trace)
RENAME = update(sale_trace).values(sale=bindparam("new")).where(sale_trace.c.sale == bindparam("row"))

SOLD = (
    select(sale_trace.c.code)
    .where(
        sale_trace.c.code.in_(select(column("value", Text)).select_from(func.json_each(bindparam("codes")))),
        sale_trace.c.is_lot == 0,
        sale_trace.c.product == bindparam("product"),
    )
    .group_by(sale_trace.c.code)
    .having(func.sum(sale_trace.c.quantity) > 0)
)
"""Which serial numbers of a product are with customers: sold, and not come back since."""

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
