"""What a customer takes home of an order: a quotation, or what was ordered, what was paid, and what is due when."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.formats import format_amount, format_day, format_moment, format_money
from omsdesk.documents.letterhead import Letterhead, letterhead_paper
from omsdesk.documents.paper import Align, Block, Columns, Cut, Feed, Paper, QrCode, Rule, Size, Text
from omsdesk.documents.receipt import ReceiptLine, ReductionRow, line_paper, reduction_row
from omsdesk.documents.tax_rows import TaxRow, added_taxes, included_taxes, untaxed
from omsdesk.domain.values import Money, Stamp


@dataclass(frozen=True, slots=True)
class PlanRow:
    """A payment by a day (ISO 8601), and whether it was made."""

    day: str
    amount: Money
    is_paid: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class OrderDocument:
    """An order as its customer sees it. Amounts are printed as they are, nothing is worked out."""

    letterhead: Letterhead
    title: str
    """Such as ``Quotation`` or ``Layaway``."""
    number: str
    at: Stamp
    lines: tuple[ReceiptLine, ...]
    total: Money
    customer: tuple[str, ...] = ()
    place: tuple[str, ...] = ()
    """Where the goods are fetched, or sent to."""
    reductions: tuple[ReductionRow, ...] = ()
    """What was taken off everything."""
    taxes: tuple[TaxRow, ...] = ()
    prices_include_tax: bool = True
    fee: Money | None = None
    """What is kept because parts were cancelled."""
    paid: Money | None = None
    due: Money | None = None
    """What is still to be paid; below zero it is given back. Without one nothing is said of payments."""
    plan: tuple[PlanRow, ...] = ()
    until: str = ""
    """The last day (ISO 8601) on which prices hold, or goods are kept."""
    is_quotation: bool = False
    terms: tuple[str, ...] = ()
    note: str = ""
    is_copy: bool = False
    locale: str = "en-GB"


def order_paper(order: OrderDocument) -> Paper:
    """Lay the paper out, from the head to the cut."""
    banner: Paper = (Text("COPY", Align.CENTER, Size.LARGE, is_bold=True, is_inverted=True), Feed(2))
    return (
        *(banner if order.is_copy else ()),
        *letterhead_paper(order.letterhead),
        Feed(2),
        *_heading(order),
        Rule(),
        *(block for line in order.lines for block in line_paper(line, order.locale)),
        Rule(),
        *_totals(order),
        *_payments(order),
        *_foot(order),
        Cut(),
    )


def _heading(order: OrderDocument) -> Paper:
    blocks: list[Block] = [
        Text(f"{order.title} {order.number}", size=Size.LARGE, is_bold=True),
        Text(format_moment(order.at, order.locale), size=Size.SMALL),
    ]
    for part in (order.customer, order.place):
        if part:
            blocks += [Feed(1), *(Text(line) for line in part)]
    return tuple(blocks)


def _totals(order: OrderDocument) -> Paper:
    locale = order.locale
    blocks: list[Block] = [reduction_row(row, locale) for row in order.reductions]
    if order.fee:
        blocks.append(Columns("Fee", format_amount(order.fee, locale)))
    if not order.prices_include_tax:
        blocks += added_taxes(order.taxes, locale)
    blocks.append(Columns("TOTAL", format_money(order.total, locale), Size.LARGE, is_bold=True))
    blocks += (included_taxes if order.prices_include_tax else untaxed)(order.taxes, locale)
    return tuple(blocks)


def _payments(order: OrderDocument) -> Paper:
    if order.due is None:
        return ()
    locale = order.locale
    blocks: list[Block] = [Feed(1)]
    if order.paid:
        blocks.append(Columns("Paid so far", format_money(order.paid, locale)))
    if order.due.minor < 0:
        blocks.append(Columns("To be given back", format_money(-order.due, locale), is_bold=True))
    else:
        blocks.append(Columns("Still to pay", format_money(order.due, locale), is_bold=True))
    if order.plan:
        blocks += [Feed(1), Text("To be paid", is_bold=True)]
        blocks += [_payment(row, locale) for row in order.plan]
    return tuple(blocks)


def _payment(row: PlanRow, locale: str) -> Columns:
    by = f"by {format_day(row.day, locale)}" if row.day else "at once"
    return Columns(f"{by}, paid" if row.is_paid else by, format_money(row.amount, locale), indent=2)


def _foot(order: OrderDocument) -> Paper:
    blocks: list[Block] = []
    if order.until:
        day = format_day(order.until, order.locale)
        says = f"These prices hold until {day}." if order.is_quotation else f"The goods are kept until {day}."
        blocks += [Feed(1), Text(says, is_bold=True)]
    blocks += [Text(line, size=Size.SMALL) for line in order.terms]
    if order.note:
        blocks += [Feed(1), Text(order.note)]
    return (*blocks, Feed(2), QrCode(order.number), Feed(1), Text(order.number, Align.CENTER, Size.SMALL))
