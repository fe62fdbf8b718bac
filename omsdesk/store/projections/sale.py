"""Tickets as rows: the head from the first line on, the rest when they are completed."""

from __future__ import annotations

from omsdesk.domain.sale import SaleCompleted, SaleHeld, SaleRecalled, SaleStarted, SaleVoided
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.search_index import count_sold
from omsdesk.store.projections.shift_sums import add_sale, add_void
from omsdesk.store.sql import Statements

_sql = Statements("sale")
_shop = Statements("shop")


@on(SaleStarted)
def started(connection: Connection, entry: Entry, fact: SaleStarted) -> None:
    """Remember that a ticket is open at a till."""
    connection.run(
        _sql.START,
        id=fact.sale,
        till=fact.till,
        shift=fact.shift,
        started_ms=entry.stamp.utc_ms,
        currency=fact.currency,
        is_training=int(fact.is_training),
        cashier=entry.actor,
    )


@on(SaleHeld)
def held(connection: Connection, _: Entry, fact: SaleHeld) -> None:
    """Put the ticket among the held ones."""
    connection.run(_sql.HOLD, sale=fact.sale, name=fact.name, item_count=fact.item_count, total=fact.total.minor)


@on(SaleRecalled)
def recalled(connection: Connection, _: Entry, fact: SaleRecalled) -> None:
    """Take the ticket from the held ones."""
    connection.run(_sql.RECALL, sale=fact.sale, till=fact.till)


@on(SaleVoided)
def voided(connection: Connection, _: Entry, fact: SaleVoided) -> None:
    """Close the ticket without a number."""
    connection.run(_sql.VOID, sale=fact.sale, shift=fact.shift)
    add_void(connection, fact)


@on(SaleCompleted)
def completed(connection: Connection, entry: Entry, fact: SaleCompleted) -> None:
    """Write the document: head, lines, payments, taxes, and the running sums of its shift."""
    connection.run(
        _sql.COMPLETE,
        sale=fact.sale,
        number=fact.number,
        completed_ms=fact.at.utc_ms,
        day=fact.at.day,
        item_count=fact.item_count,
        total=fact.total.minor,
        shift=fact.shift,
        cashier=entry.actor,
        till=fact.till,
    )
    connection.many(_sql.ADD_LINE, _lines(fact))
    connection.many(_sql.ADD_TENDER, _tenders(fact))
    connection.many(_sql.ADD_TAX, _taxes(fact))
    if not fact.is_training:
        count_sold(connection, dict.fromkeys(row.product for row in fact.lines))
        add_sale(connection, fact)
    series, _, count = fact.number.rpartition("-")
    connection.run(_shop.COUNT_UP, series=series, last=int(count))


def _lines(fact: SaleCompleted) -> list[dict[str, object]]:
    return [
        {
            "sale": fact.sale,
            "position": position,
            "line": row.line,
            "product": row.product,
            "name": row.name,
            "quantity": row.quantity.micro,
            "unit_price": row.unit_price.minor,
            "amount": row.amount.minor,
        }
        for position, row in enumerate(fact.lines, 1)
    ]


def _tenders(fact: SaleCompleted) -> list[dict[str, object]]:
    return [
        {
            "sale": fact.sale,
            "position": position,
            "method": row.method,
            "kind": str(row.kind),
            "amount": row.amount.minor,
            "given": row.given.minor,
            "change": row.change.minor,
            "rounding": row.rounding.minor,
        }
        for position, row in enumerate(fact.tenders, 1)
    ]


def _taxes(fact: SaleCompleted) -> list[dict[str, object]]:
    return [
        {
            "sale": fact.sale,
            "position": position,
            "code": row.tax.code,
            "rate_ppm": row.tax.rate_ppm,
            "net": row.net.minor,
            "amount": row.amount.minor,
        }
        for position, row in enumerate(fact.taxes, 1)
    ]
