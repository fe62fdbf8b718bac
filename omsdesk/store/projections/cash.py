"""Shifts and cash movements as rows."""

from __future__ import annotations

from omsdesk.domain.cash import CashMoved, DrawerOpened, ShiftClosed, ShiftOpened
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
    connection.run(
        _sql.OPEN,
        id=fact.shift,
        till=fact.till,
        opened_ms=fact.at.utc_ms,
        opened_by=entry.actor,
        float_counted=fact.float_counted.minor,
        currency=fact.float_counted.currency,
    )


@on(ShiftClosed)
def closed(connection: Connection, _: Entry, fact: ShiftClosed) -> None:
    """End a shift and count its Z number."""
    connection.run(_sql.CLOSE, shift=fact.shift, closed_ms=fact.at.utc_ms, z_number=fact.number)
    connection.run(_shop.COUNT_UP, series=z_series(fact.series), last=fact.number)


@on(CashMoved)
def moved(connection: Connection, entry: Entry, fact: CashMoved) -> None:
    """Write a movement and add it to its shift."""
    connection.run(
        _sql.MOVE,
        id=fact.movement,
        shift=fact.shift,
        till=fact.till,
        amount=fact.amount.minor,
        reason=str(fact.reason),
        note=fact.note,
        utc_ms=entry.stamp.utc_ms,
    )
    add_cash(connection, fact)


@on(DrawerOpened)
def drawer_opened(connection: Connection, _: Entry, fact: DrawerOpened) -> None:
    """Count an opening of the drawer."""
    add_no_sale(connection, fact)


def z_series(series: str) -> str:
    """Name the counter of the Z reports of a till's series."""
    return f"Z {series}"
