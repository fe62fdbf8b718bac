"""The lines of a document as its receipt has them: what was taken off each, what came back, what was saved in all."""

from __future__ import annotations

from collections.abc import Iterable

from omsdesk.documents.formats import format_day
from omsdesk.documents.receipt import ReceiptLine, ReductionRow
from omsdesk.documents.tax_rows import EXEMPT, TaxRow
from omsdesk.domain.discount import BY_HAND, OF_TICKET, Reduction
from omsdesk.domain.line import SoldLine, per_unit
from omsdesk.domain.points import earned_on
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.stock import SCRAP
from omsdesk.domain.tax import TaxedAmount
from omsdesk.domain.values import Money


def line(row: SoldLine, locale: str) -> ReceiptLine:
    """Write a line: what it would cost, and below it what was taken off."""
    own = tuple(part for part in row.reductions if part.source != OF_TICKET and part.amount)
    off = sum((part.amount for part in row.reductions), start=Money(0, row.amount.currency))
    ordered = (f"Order {row.ordered.number}",) if row.ordered and row.ordered.line else ()
    details = (*_came_back(row), *_numbers(row, locale), *ordered, *((row.note,) if row.note else ()))
    # What comes back brings what it was worth after its offers: that is the price it has here.
    price = per_unit(row.amount, row.quantity) if row.returned is not None and row.quantity else row.unit_price
    return ReceiptLine(row.name, row.quantity, row.unit, price, row.amount + off, details, tuple(map(_reduction, own)))


def of_ticket(rows: Iterable[SoldLine]) -> tuple[ReductionRow, ...]:
    """Add up what was taken off everything."""
    parts = [part for row in rows for part in row.reductions if part.source == OF_TICKET]
    whole = sum((part.amount for part in parts[1:]), start=parts[0].amount) if parts else None
    return (ReductionRow(_called(parts[0]), whole),) if whole else ()


def saved(rows: Iterable[SoldLine], currency: str) -> Money | None:
    """Add up everything that was taken off; None where nothing was."""
    parts = (part.amount for row in rows for part in row.reductions)
    return sum(parts, start=Money(0, currency)) or None


def _numbers(row: SoldLine, locale: str) -> tuple[str, ...]:
    """Print what a guarantee or a recall asks for: the number of each unit, the lot and its last day."""
    lot = f"Lot {row.lot}" if row.lot else ""
    day = f"until {format_day(row.expiry, locale)}" if row.expiry else ""
    return (*(f"Serial no. {serial}" for serial in row.serials), *filter(None, (" ".join(filter(None, (lot, day))),)))


def _reduction(part: Reduction) -> ReductionRow:
    return ReductionRow(_called(part), part.amount)


def _called(part: Reduction) -> str:
    if part.source not in {BY_HAND, OF_TICKET}:
        return part.name
    return f"Discount: {part.name}" if part.name else "Discount"


def _came_back(row: SoldLine) -> tuple[str, ...]:
    back = row.returned
    if back is None:
        return ()
    if not back.number and row.is_deposit:
        return ("Empties",)
    store = f", {back.store}" if back.store else ""
    of = f"Return of receipt {back.number}{store}" if back.number else "Return without a receipt"
    reason = f": {back.reason}" if back.reason else ""
    return (f"{of}{reason}", *(("Not for sale again",) if back.place == SCRAP else ()))


def customer(fact: SaleCompleted) -> tuple[str, ...]:
    """Say whose receipt it is: by which number no tax was taken, and what it earned."""
    who = fact.customer
    if who is None:
        return ()
    points = earned_on(fact)
    return tuple(
        line
        for line in (
            f"Customer: {who.name}",
            f"No tax: exemption {who.exemption}" if who.exemption else "",
            f"Points for this: {points}" if points else "",
        )
        if line
    )


def tax_rows(taxes: Iterable[TaxedAmount], lines: Iterable[SoldLine], currency: str) -> tuple[TaxRow, ...]:
    """List what each tax came to; beside others, what has none is a row of its own."""
    rows = tuple(TaxRow(row.tax.name, row.tax.percent, row.net, row.amount) for row in taxes)
    exempt = sum(row.amount.minor for row in lines if not row.loads and not row.taxes)
    return (*rows, TaxRow(EXEMPT, "", Money(exempt, currency), Money(0, currency))) if rows and exempt else rows
