"""What the stores of a business took, and how their tills stand.

Each is asked for one till: its tickets lie together in an index that holds all that is added up, in the order in which
it is added up.
"""

from __future__ import annotations

from sqlalchemy import bindparam, case, func, select

from omsdesk.store.tables.cash import shift
from omsdesk.store.tables.journal import journal
from omsdesk.store.tables.sale import sale, sale_line

_AT = sale.c.till == bindparam("till")
_IS_DONE = (_AT, sale.c.completed_ms.is_not(None), sale.c.is_training == 0)
_TICKETS = (
    *_IS_DONE,
    sale.c.day.between(bindparam("first"), bindparam("last")),
    sale.c.completed_ms <= bindparam("until_ms"),
)
_HOUR_MS = 3_600_000

_TURNOVER = func.sum(sale.c.total - sale.c.loaded)
"""What was paid in to accounts is no turnover: the shop owes it."""

TAKINGS = (
    select(sale.c.day, sale.c.currency, func.count(), _TURNOVER, func.sum(sale.c.item_count))
    .where(*_TICKETS)
    .group_by(sale.c.day, sale.c.currency)
)
_hour = (sale.c.completed_ms + bindparam("offset_ms")) // _HOUR_MS % 24
HOURS = (
    select(_hour, func.count(), _TURNOVER).where(*_TICKETS, sale.c.currency == bindparam("currency")).group_by(_hour)
)
_SOLD_AS = case((sale_line.c.product == "", sale_line.c.name), else_="")
SOLD = (
    select(
        sale_line.c.product, _SOLD_AS, func.max(sale_line.c.name), func.sum(sale_line.c.quantity),
        func.sum(sale_line.c.amount),
    )
    .select_from(sale.join(sale_line, sale_line.c.sale == sale.c.id))
    .where(*_TICKETS, sale.c.currency == bindparam("currency"), sale_line.c.loads == "")
    .group_by(sale_line.c.product, _SOLD_AS)
)  # fmt: skip
"""What was sold in one currency; what has no product is told apart by its name."""

LAST_SALE = select(sale.c.completed_ms).where(*_IS_DONE).order_by(sale.c.completed_ms.desc()).limit(1)
VOIDS = select(func.count()).where(
    _AT,
    sale.c.is_voided == 1,
    sale.c.is_training == 0,
    sale.c.started_ms >= bindparam("from_ms"),
    sale.c.started_ms < bindparam("to_ms"),
)
DOUBLES = select(sale.c.id, sale.c.till).where(
    sale.c.is_double == 1,
    sale.c.completed_ms.is_not(None),
    sale.c.day.between(bindparam("first"), bindparam("last")),
    sale.c.is_training == 0,
)
"""The receipts of tickets that have two, of all tills."""

OPEN_SHIFTS = (
    select(shift.c.id, shift.c.opened_ms, shift.c.opened_by)
    .where(shift.c.till == bindparam("till"), shift.c.closed_ms.is_(None))
    .order_by(shift.c.opened_ms)
)
LAST_CLOSED = (
    select(shift.c.id)
    .where(shift.c.till == bindparam("till"), shift.c.closed_ms.is_not(None))
    .order_by(shift.c.closed_ms.desc())
    .limit(1)
)
CLOSED = (
    select(shift.c.id)
    .where(
        shift.c.till == bindparam("till"),
        shift.c.closed_ms.is_not(None),
        shift.c.closed_ms >= bindparam("from_ms"),
        shift.c.closed_ms < bindparam("to_ms"),
    )
    .order_by(shift.c.closed_ms)
)
_OF_SHIFT = (journal.c.subject == bindparam("shift"),)
OPENED_AT = (
    select(journal.c.origin, journal.c.offset_minutes)
    .where(*_OF_SHIFT, journal.c.kind == "cash.shift_opened")
    .order_by(journal.c.position.desc())
    .limit(1)
)
"""The device a shift was opened at, and how far its clock is from UTC."""

CLOSES = (
    select(journal.c.kind, journal.c.version, journal.c.body)
    .where(*_OF_SHIFT, journal.c.kind == "cash.shift_closed")
    .order_by(journal.c.position)
)
LAST_ENTRY = (
    select(journal.c.utc_ms)
    .where(journal.c.origin == bindparam("origin"))
    .order_by(journal.c.epoch.desc(), journal.c.number.desc())
    .limit(1)
)
