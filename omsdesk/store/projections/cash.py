"""Shifts and cash movements as rows."""

from __future__ import annotations

from omsdesk.domain.cash import CashMoved, DrawerOpened, ShiftClosed, ShiftOpened, z_series
from omsdesk.domain.drawer import DrawerFoundOpen
from omsdesk.store import doubles
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.shift_sums import add_cash, add_no_sale
from omsdesk.store.sql import Statements

_sql = Statements("cash")
_shop = Statements("shop")


@on(ShiftOpened)
def opened(connection: Connection, entry: Entry, fact: ShiftOpened) -> None:
    """Begin a shift."""
    head = {
        "id": fact.shift,
        "till": fact.till,
        "opened_ms": fact.at.utc_ms,
        "opened_by": entry.actor,
        "float_counted": fact.float_counted.minor,
        "currency": fact.float_counted.currency,
    }
    if not connection.run(_sql.OPEN, **head):
        connection.run(_sql.LATE_OPEN, **head)


@on(ShiftClosed)
def closed(connection: Connection, _: Entry, fact: ShiftClosed) -> None:
    """End a shift and count its Z number. A shift that two copies of a disk closed has two rows, and two reports."""
    if not connection.run(_sql.CLOSE, shift=fact.shift, closed_ms=fact.at.utc_ms, z_number=fact.number):
        _close_again(connection, fact)
    connection.run(_shop.COUNT_UP, series=z_series(fact.series), last=fact.number)


def _close_again(connection: Connection, fact: ShiftClosed) -> None:
    connection.run(_sql.KNOW, shift=fact.shift)
    closes = [*connection.rows(_sql.CLOSES, shift=fact.shift), (fact.number, fact.at.utc_ms)]
    for place, (number, closed_ms) in enumerate(sorted(closes), 1):
        row = doubles.row_of(fact.shift, place)
        connection.run(_sql.ONE_MORE, shift=fact.shift, row=row)
        connection.run(_sql.SET_CLOSE, shift=row, closed_ms=closed_ms, z_number=number)


@on(CashMoved)
def moved(connection: Connection, entry: Entry, fact: CashMoved) -> None:
    """Write a movement and add it to its shift."""
    row = {
        "id": fact.movement,
        "shift": fact.shift,
        "till": fact.till,
        "amount": fact.amount.minor,
        "reason": str(fact.reason),
        "note": fact.note,
        "utc_ms": entry.stamp.utc_ms,
    }
    if not connection.run(_sql.MOVE, **row):
        connection.run(_sql.MOVE, **row | {"id": doubles.fresh(fact.movement)})
        doubles.settle(connection, fact.movement, _sql.SAME_MOVES, (_sql.CONTENT_OF_MOVE,), (_sql.RENAME_MOVE,))
    add_cash(connection, fact)


@on(DrawerOpened)
def drawer_opened(connection: Connection, entry: Entry, fact: DrawerOpened) -> None:
    """Count an opening of the drawer, and write down who opened it and why."""
    add_no_sale(connection, fact)
    connection.run(
        _sql.OPEN_DRAWER, id=fact.opening, till=fact.till, utc_ms=entry.stamp.utc_ms, shift=fact.shift,
        person=entry.actor, reason=fact.reason,
    )  # fmt: skip


@on(DrawerFoundOpen)
def found_open(connection: Connection, entry: Entry, fact: DrawerFoundOpen) -> None:
    """Write down that a drawer was open."""
    connection.run(
        _sql.FIND_OPEN, id=fact.opening, till=fact.till, utc_ms=entry.stamp.utc_ms, shift=fact.shift,
        person=fact.person,
    )  # fmt: skip
