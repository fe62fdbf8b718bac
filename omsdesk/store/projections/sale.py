"""Tickets as rows: the head from the first line on, the rest when they are completed.

The rows are the same in whatever order the facts of different stations are heard: what became of a ticket last is told
by its turn, a completed one is completed for good, and one that two stations completed stands there twice.
"""

from __future__ import annotations

from omsdesk.domain.sale import (
    LineRemoved,
    SaleCompleted,
    SaleHeld,
    SaleOrdered,
    SaleRecalled,
    SaleStarted,
    SaleVoided,
    VoidTakenBack,
)
from omsdesk.domain.values import MICRO, Money
from omsdesk.store import doubles
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.customer import count_visit
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.search_index import count_sold
from omsdesk.store.projections.shift_sums import add_sale, add_void, take_void_back
from omsdesk.store.sql import Statements
from omsdesk.store.tables.sale_places import ENDED, HELD, OPEN, ORDERED, RUNG_AGAIN

_Turn = SaleHeld | SaleRecalled | SaleVoided | SaleCompleted | SaleOrdered

_sql = Statements("sale")
_shop = Statements("shop")
_trace = Statements("trace")


@on(SaleStarted)
def started(connection: Connection, entry: Entry, fact: SaleStarted) -> None:
    """Remember that a ticket is open at a till."""
    head = {
        "id": fact.sale,
        "shift": fact.shift,
        "currency": fact.currency,
        "is_training": int(fact.is_training),
        "cashier": entry.actor,
    }
    if not connection.run(_sql.START, till=fact.till, started_ms=entry.stamp.utc_ms, **head):
        connection.run(_sql.LATE_START, id=fact.sale, started_ms=entry.stamp.utc_ms)
        connection.run(_sql.LATE_HEAD, **head)


@on(SaleHeld)
def held(connection: Connection, _: Entry, fact: SaleHeld) -> None:
    """Put the ticket among the held ones."""
    total = fact.total
    connection.run(
        _sql.TURN, id=fact.sale, turn=fact.turn, till=fact.till, is_voided=0, held_as=fact.name,
        item_count=fact.item_count, total=total.minor, currency=total.currency,
    )  # fmt: skip
    _place(connection, fact, HELD)


@on(SaleRecalled)
def recalled(connection: Connection, _: Entry, fact: SaleRecalled) -> None:
    """Take the ticket from the held ones."""
    connection.run(
        _sql.TURN, id=fact.sale, turn=fact.turn, till=fact.till, is_voided=0, held_as=None,
        item_count=0, total=0, currency="",
    )  # fmt: skip
    _place(connection, fact, OPEN)


@on(SaleVoided)
def voided(connection: Connection, entry: Entry, fact: SaleVoided) -> None:
    """Close the ticket without a number."""
    total = fact.total
    connection.run(
        _sql.TURN, id=fact.sale, turn=fact.turn, till=fact.till, is_voided=1, held_as=None,
        item_count=0, total=total.minor, currency=total.currency,
    )  # fmt: skip
    _place(connection, fact, ENDED)
    add_void(connection, fact)
    _give_up(connection, entry, fact.sale, "", fact.total, reason=fact.reason)


@on(VoidTakenBack)
def void_taken_back(connection: Connection, _: Entry, fact: VoidTakenBack) -> None:
    """Count the ticket as no void; it stays closed."""
    total = fact.total
    connection.run(
        _sql.TURN, id=fact.sale, turn=fact.turn, till=fact.till, is_voided=RUNG_AGAIN, held_as=None,
        item_count=0, total=total.minor, currency=total.currency,
    )  # fmt: skip
    take_void_back(connection, fact)


@on(LineRemoved)
def line_removed(connection: Connection, entry: Entry, fact: LineRemoved) -> None:
    """Remember who took a line off that the customer would have paid for."""
    if fact.amount.minor > 0:
        _give_up(connection, entry, fact.sale, fact.line, fact.amount, product=fact.product)


def _give_up(
    connection: Connection, entry: Entry, sale: str, line: str, amount: Money, product: str = "", reason: str = ""
) -> None:
    connection.run(
        _sql.GIVE_UP, sale=sale, line=line, utc_ms=entry.stamp.utc_ms, person=entry.actor, product=product,
        amount=amount.minor, reason=reason,
    )  # fmt: skip


@on(SaleOrdered)
def ordered(connection: Connection, _: Entry, fact: SaleOrdered) -> None:
    """Close the ticket: it is an order from now on, and counts for no void."""
    connection.run(
        _sql.TURN, id=fact.sale, turn=fact.turn, till=fact.till, is_voided=ORDERED, held_as=None,
        item_count=0, total=0, currency="",
    )  # fmt: skip
    _place(connection, fact, ENDED)


def _place(connection: Connection, fact: _Turn, state: str) -> None:
    # Most tickets end where they began, and their head says so.
    if fact.turn > 1 or isinstance(fact, SaleRecalled):
        connection.run(_sql.PLACE, sale=fact.sale, till=fact.till, turn=fact.turn, state=state)


@on(SaleCompleted)
def completed(connection: Connection, entry: Entry, fact: SaleCompleted) -> None:
    """Write the document: head, lines, payments, taxes, and the running sums of its shift."""
    row = _write_head(connection, entry, fact)
    connection.many(_sql.ADD_LINE, _lines(row, fact))
    connection.many(_sql.ADD_RETURN, _returns(row, fact))
    connection.many(_trace.ADD, _traces(row, fact))
    connection.many(_sql.ADD_TENDER, _tenders(row, fact))
    connection.many(_sql.ADD_REFUND, _refunds(row, fact))
    connection.many(_sql.ADD_TAX, _taxes(row, fact))
    if row != fact.sale:
        _settle(connection, fact.sale)
    _place(connection, fact, ENDED)
    if not fact.is_training:
        count_sold(connection, dict.fromkeys(row.product for row in fact.lines if not row.loads))
        add_sale(connection, fact)
        if fact.customer is not None:
            count_visit(connection, fact.customer.id)
    series, _, count = fact.number.rpartition("-")
    connection.run(_shop.COUNT_UP, series=series, last=int(count))


def _write_head(connection: Connection, entry: Entry, fact: SaleCompleted) -> str:
    """Complete the ticket's row, or one more if it is complete; gives the id of the row."""
    head = {
        "number": fact.number,
        "completed_ms": fact.at.utc_ms,
        "day": fact.at.day,
        "item_count": fact.item_count,
        "total": fact.total.minor,
        "shift": fact.shift,
        "cashier": entry.actor,
        "till": fact.till,
        "currency": fact.total.currency,
        "is_training": int(fact.is_training),
        "customer": fact.customer.id if fact.customer else "",
        "loaded": fact.loaded.minor,
    }
    if connection.run(_sql.COMPLETE, sale=fact.sale, **head):
        return fact.sale
    started_ms = connection.value(_sql.STARTED, sale=fact.sale)
    row = fact.sale if started_ms is None else doubles.fresh(fact.sale)
    connection.run(_sql.ONE_MORE, row=row, started_ms=started_ms or 0)
    connection.run(_sql.COMPLETE, sale=row, **head)
    return row


def _settle(connection: Connection, sale: str) -> None:
    doubles.settle(
        connection,
        sale,
        _sql.SAME,
        (_sql.HEAD_OF, _sql.LINES_OF, _sql.TENDERS_OF, _sql.TAXES_OF),
        (
            _sql.RENAME,
            _sql.RENAME_LINES,
            _sql.RENAME_RETURNS,
            _sql.RENAME_TENDERS,
            _sql.RENAME_REFUNDS,
            _sql.RENAME_TAXES,
            _trace.RENAME,
        ),
    )
    connection.run(_sql.MARK_DOUBLE, document=sale)


def _lines(sale: str, fact: SaleCompleted) -> list[dict[str, object]]:
    return [
        {
            "sale": sale,
            "position": position,
            "line": row.line,
            "product": row.product,
            "name": row.name,
            "quantity": row.quantity.micro,
            "unit_price": row.unit_price.minor,
            "amount": row.amount.minor,
            "shelf_price": price.minor if (price := row.shelf_price) else -1,
            "loads": row.loads,
        }
        for position, row in enumerate(fact.lines, 1)
    ]


def _returns(sale: str, fact: SaleCompleted) -> list[dict[str, object]]:
    return [
        {"sale": sale, "position": position, "sold_line": row.returned.line, "quantity": -row.quantity.micro}
        for position, row in enumerate(fact.lines, 1)
        if row.returned is not None and row.returned.line
    ]


def _traces(sale: str, fact: SaleCompleted) -> list[dict[str, object]]:
    return [
        {
            "sale": sale,
            "position": position,
            "is_lot": int(is_lot),
            "code": code,
            "product": row.product,
            "quantity": row.quantity.micro if is_lot else (MICRO if row.returned is None else -MICRO),
        }
        for position, row in enumerate(fact.lines, 1)
        if (row.serials or row.lot) and not fact.is_training
        for code, is_lot in (*((serial, False) for serial in row.serials), *(((row.lot, True),) if row.lot else ()))
    ]


def _tenders(sale: str, fact: SaleCompleted) -> list[dict[str, object]]:
    return [
        {
            "sale": sale,
            "position": position,
            "method": row.method,
            "kind": str(row.kind),
            "amount": row.amount.minor,
            "given": row.given.minor,
            "change": row.change.minor,
            "rounding": row.rounding.minor,
            "reference": row.reference,
        }
        for position, row in enumerate(fact.tenders, 1)
    ]


def _refunds(sale: str, fact: SaleCompleted) -> list[dict[str, object]]:
    parts = ((row.method, part) for row in fact.tenders for part in row.refunds if part.sale)
    return [
        {"sale": sale, "position": position, "sold_sale": part.sale, "method": method, "amount": part.amount.minor}
        for position, (method, part) in enumerate(parts, 1)
    ]


def _taxes(sale: str, fact: SaleCompleted) -> list[dict[str, object]]:
    return [
        {
            "sale": sale,
            "position": position,
            "code": row.tax.code,
            "rate_ppm": row.tax.rate_ppm,
            "net": row.net.minor,
            "amount": row.amount.minor,
        }
        for position, row in enumerate(fact.taxes, 1)
    ]
