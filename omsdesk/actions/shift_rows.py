"""The figures of a shift as the rows of its report: words for a manager, and sums that add up to what they stand above.

A report that an older version took says what it said then: it did not tell tickets apart, and left out what has no tax.
"""

from __future__ import annotations

from omsdesk.documents.shift_report import Counted
from omsdesk.documents.tax_rows import TaxRow
from omsdesk.domain.cash import ShiftFigures
from omsdesk.domain.shop import Shop
from omsdesk.domain.tender import TenderKind
from omsdesk.domain.ticket_kind import TicketKind
from omsdesk.domain.values import Money

_NAMES = {
    TicketKind.SALE: "Sales",
    TicketKind.REFUND: "Refunds",
    TicketKind.EXCHANGE: "Exchanges",
    TicketKind.EMPTIES: "Empties only",
    TicketKind.LOAD: "Paid in only",
}
_ALWAYS = {TicketKind.SALE, TicketKind.REFUND}


def is_told_apart(figures: ShiftFigures) -> bool:
    """Tell whether a report says what each ticket was."""
    return bool(figures.tickets) or not figures.sale_count


def tickets(figures: ShiftFigures) -> tuple[Counted, ...]:
    """Name how many tickets of each kind there were; their amounts are the total."""
    currency = figures.total.currency
    if not is_told_apart(figures):
        refunded = Money(figures.refunded, currency)
        sales = Counted("Sales", figures.sale_count, figures.total - refunded)
        return (sales, Counted("Refunds", figures.refund_count, refunded))
    found = {row.kind: Counted(_NAMES[row.kind], row.count, row.amount) for row in figures.tickets}
    none = {kind: Counted(_NAMES[kind], 0, Money(0, currency)) for kind in _ALWAYS}
    rows = none | found
    return tuple(rows[kind] for kind in TicketKind if kind in rows)


def came_back(figures: ShiftFigures) -> Counted | None:
    """Name on how many tickets something came back, and what that brought."""
    if not is_told_apart(figures) or not figures.refund_count:
        return None
    return Counted("Brought back", figures.refund_count, Money(figures.refunded, figures.total.currency))


def taxes(figures: ShiftFigures) -> tuple[TaxRow, ...]:
    """List the taxes, and what had none."""
    return tuple(TaxRow(row.name, row.percent, row.net, row.amount) for row in figures.taxes)


def tax_total(figures: ShiftFigures) -> TaxRow | None:
    """Add the taxes up to the total; goods with two taxes count once."""
    if len(figures.taxes) < 2 or not is_told_apart(figures):
        return None
    tax = Money(sum(row.amount.minor for row in figures.taxes), figures.total.currency)
    return TaxRow("Total", "", figures.total - tax, tax)


def expected_cash(figures: ShiftFigures, shop: Shop) -> Money | None:
    """Add up what should lie in the drawer."""
    codes = {method.code for method in shop.tender_methods if method.kind is TenderKind.CASH}
    found = [row.expected.minor for row in figures.tenders if row.method in codes]
    return Money(sum(found), figures.total.currency) if found and is_told_apart(figures) else None


def cash_payments(figures: ShiftFigures, shop: Shop, opening_float: Money) -> Money | None:
    """Tell what customers paid into the drawer: what is expected there without the float and what was moved."""
    expected = expected_cash(figures, shop)
    return None if expected is None else expected - opening_float - figures.pay_in - figures.pay_out
