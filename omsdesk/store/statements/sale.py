"""Tickets."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, null, select, update

from omsdesk.store.tables.sale import sale, sale_line, sale_tax, sale_tender

START = insert(sale).values(
    {name: bindparam(name) for name in ("id", "till", "shift", "started_ms", "currency", "is_training", "cashier")}
)
_ONE = sale.c.id == bindparam("sale")
HOLD = (
    update(sale)
    .values(held_as=bindparam("name"), item_count=bindparam("item_count"), total=bindparam("total"))
    .where(_ONE)
)
RECALL = update(sale).values(held_as=null(), till=bindparam("till")).where(_ONE)
VOID = update(sale).values(is_voided=1, held_as=null(), shift=bindparam("shift")).where(_ONE)
COMPLETE = update(sale).values(
    number=bindparam("number"), completed_ms=bindparam("completed_ms"), day=bindparam("day"),
    item_count=bindparam("item_count"), total=bindparam("total"), shift=bindparam("shift"),
    cashier=bindparam("cashier"), till=bindparam("till"), held_as=null(),
).where(_ONE)  # fmt: skip
ADD_LINE = insert(sale_line)
ADD_TENDER = insert(sale_tender)
ADD_TAX = insert(sale_tax)

UNFINISHED_AT = (
    select(sale.c.id, sale.c.held_as, sale.c.started_ms)
    .where(sale.c.till == bindparam("till"), sale.c.number.is_(None), sale.c.is_voided == 0, sale.c.is_training == 0)
    .order_by(sale.c.started_ms)
)
OPEN_AT = (
    select(sale.c.id)
    .where(sale.c.till == bindparam("till"), sale.c.number.is_(None), sale.c.is_voided == 0, sale.c.held_as.is_(None))
    .order_by(sale.c.started_ms.desc())
    .limit(1)
)
HELD = (
    select(sale.c.id, sale.c.held_as, sale.c.item_count, sale.c.total, sale.c.currency, sale.c.started_ms)
    .where(sale.c.number.is_(None), sale.c.is_voided == 0, sale.c.held_as.is_not(None))
    .order_by(sale.c.started_ms)
)
_COMPLETED = (sale.c.id, sale.c.number, sale.c.completed_ms, sale.c.item_count, sale.c.total, sale.c.currency)
LAST_COMPLETED = (
    select(*_COMPLETED)
    .where(sale.c.till == bindparam("till"), sale.c.completed_ms.is_not(None))
    .order_by(sale.c.completed_ms.desc())
    .limit(bindparam("most"))
)
BY_NUMBER = select(*_COMPLETED).where(sale.c.number == bindparam("number"))
