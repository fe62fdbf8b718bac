"""Receipts of other stores: what is written down of one here, and what is told of goods that came back elsewhere.

A store hears its own tickets only. Of a receipt of another store, a copy of its document is kept with what came back of
it by then; what comes back of it is told to all stores, so that none gives the money back once more.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import ClassVar

from omsdesk.domain.body import from_json
from omsdesk.domain.messages import Command, Event, event
from omsdesk.domain.records import record
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import Money, Quantity, Stamp


@record
class BackLine:
    """How many of a line came back."""

    line: str
    """The line that it was sold on."""
    quantity: Quantity
    product: str = ""
    serials: tuple[str, ...] = ()
    lot: str = ""


@record
class BackBy:
    """What was given back by a way to pay, above zero."""

    method: str
    amount: Money


@record
class CameBack:
    """What came back of one receipt on one ticket."""

    sale: str
    """The ticket on which it came back."""
    number: str
    shop: str
    till: str
    at: Stamp
    lines: tuple[BackLine, ...] = ()
    refunds: tuple[BackBy, ...] = ()


@event("receipt.copied")
@record
class ReceiptCopied(Event):
    """A receipt that was made elsewhere was looked at here: its words as they were written, and what came back of it.

    It counts nowhere as a sale: what was sold and paid stands with the store that did it.
    """

    copy: str
    """``copy_of`` the ticket."""
    shape: int
    """The version of ``sale.completed`` in which the document is written."""
    document: str
    """The body of ``sale.completed``, as JSON."""
    back: tuple[CameBack, ...] = ()

    @property
    def sold(self) -> SaleCompleted:
        """The document.

        Raises:
            UnknownEvent: a newer program wrote it.

        """
        fact = from_json(SaleCompleted.kind, self.shape, self.document.encode())
        assert isinstance(fact, SaleCompleted)
        return fact


@event("return.told")
@record
class ReturnTold(Event):
    """Goods came back of a receipt that more than one store takes goods back of."""

    document: str
    """``returns_of`` the ticket that they were sold on."""
    sold: str
    """That ticket."""
    back: CameBack


@record
class KeepReceipt(Command):
    """Write a receipt down that the service told of, so that goods of it can come back here."""

    permission: ClassVar[str] = "sale.sell"
    receipt: ReceiptCopied


@record
class TellReturns(Command):
    """Tell all stores what came back at this till of receipts that another store took goods back of, too.

    What comes back here of this store's own receipts only this store hears, until then.
    """


def copy_of(sale: str) -> str:
    """Name what is written down of a ticket of another store."""
    return f"{sale}:copy"


def returns_of(sale: str) -> str:
    """Name what is told of goods that came back of a ticket."""
    return f"{sale}:back"


def came_back(ticket: SaleCompleted) -> dict[str, CameBack]:
    """Tell what came back on a ticket, by the tickets that it was sold on; nothing where it was training."""
    rows = [row for row in ticket.lines if row.returned is not None and row.returned.line and not ticket.is_training]
    found: dict[str, dict[str, BackLine]] = {}
    for row in rows:
        assert row.returned is not None
        lines = found.setdefault(row.returned.sale, {})
        fresh = BackLine(row.returned.line, -row.quantity, row.product, row.serials, row.lot)
        before = lines.get(fresh.line)
        if before is not None:
            both = before.serials + fresh.serials
            fresh = replace(before, quantity=before.quantity + fresh.quantity, serials=both)
        lines[fresh.line] = fresh
    head = (ticket.sale, ticket.number, ticket.shop, ticket.till, ticket.at)
    return {sold: CameBack(*head, tuple(lines.values()), _refunds(ticket, sold)) for sold, lines in found.items()}


def _refunds(ticket: SaleCompleted, sold: str) -> tuple[BackBy, ...]:
    by: dict[str, Money] = {}
    for row in ticket.tenders:
        for part in row.refunds:
            if part.sale == sold:
                by[row.method] = by.get(row.method, Money(0, part.amount.currency)) + part.amount
    return tuple(BackBy(method, amount) for method, amount in by.items())


def told(ticket: SaleCompleted) -> Iterator[ReturnTold]:
    """Tell all stores what came back of receipts of other stores."""
    foreign = {row.returned.sale for row in ticket.lines if row.returned is not None and row.returned.shop}
    for sold, back in came_back(ticket).items():
        if sold in foreign:
            yield ReturnTold(returns_of(sold), sold, back)
