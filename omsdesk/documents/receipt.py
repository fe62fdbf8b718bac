"""The receipt that a customer takes away: its data, and its layout as blocks."""

from __future__ import annotations

from dataclasses import dataclass, replace

from omsdesk.documents.formats import format_amount, format_moment, format_money, format_quantity
from omsdesk.documents.letterhead import Letterhead, letterhead_paper
from omsdesk.documents.paper import Align, Block, Columns, Cut, Feed, Paper, QrCode, Rule, Size, Text
from omsdesk.documents.tax_rows import TaxRow, added_taxes, included_taxes, untaxed
from omsdesk.domain.units import PIECE, decimals
from omsdesk.domain.values import ONE, Money, Quantity, Stamp

_TIMES = "\N{MULTIPLICATION SIGN}"


@dataclass(frozen=True, slots=True)
class ReductionRow:
    """Something that was taken off, and what it is called; the amount is above zero."""

    name: str
    amount: Money


@dataclass(frozen=True, slots=True)
class ReceiptLine:
    """An article on a receipt. ``amount`` is what it comes to before ``reductions``, which have rows of their own."""

    name: str
    quantity: Quantity
    unit: str
    unit_price: Money
    amount: Money
    details: tuple[str, ...] = ()
    reductions: tuple[ReductionRow, ...] = ()


@dataclass(frozen=True, slots=True)
class TenderRow:
    """A payment: what it paid, and what the customer handed over where that differs (cash)."""

    name: str
    amount: Money
    given: Money | None = None
    details: tuple[str, ...] = ()
    """Such as what is left on a card."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """A finished sale or refund as the customer sees it. Amounts are printed as they are, nothing is worked out."""

    letterhead: Letterhead
    number: str
    """The receipt number, such as ``1A-000123``."""
    sale_id: str
    """The sale's UUID, which the QR code carries for a return."""
    at: Stamp
    till: str
    cashier: str
    lines: tuple[ReceiptLine, ...]
    item_count: int
    subtotal: Money
    """What the lines come to, with their own reductions taken off."""
    total: Money
    """What had to be paid, rounding included."""
    rounding: Money | None = None
    reductions: tuple[ReductionRow, ...] = ()
    """What was taken off everything."""
    saved: Money | None = None
    """What the customer did not have to pay, all reductions together."""
    taxes: tuple[TaxRow, ...] = ()
    prices_include_tax: bool = True
    tenders: tuple[TenderRow, ...] = ()
    change: Money | None = None
    customer: tuple[str, ...] = ()
    footer: tuple[str, ...] = ()
    is_copy: bool = False
    is_training: bool = False
    locale: str = "en-GB"
    """How numbers and dates are written: a BCP 47 tag."""


def receipt_paper(receipt: Receipt) -> Paper:
    """Lay a receipt out, from the head to the cut."""
    banner = _banner(receipt)
    goods = tuple(block for line in receipt.lines for block in line_paper(line, receipt.locale))
    return (
        *((*banner, Feed(2)) if banner else ()),
        *letterhead_paper(receipt.letterhead),
        Feed(2),
        *_heading(receipt),
        *((Rule(), *goods) if goods else ()),
        Rule(),
        *_totals(receipt),
        *_payments(receipt),
        *(included_taxes if receipt.prices_include_tax else untaxed)(receipt.taxes, receipt.locale),
        *_foot(receipt),
        *((Feed(2), *banner) if banner else ()),
        Cut(),
    )


def copy_of(receipt: Receipt) -> Receipt:
    """The same receipt, marked as a copy: whatever is printed again must not pass for a second sale."""
    return replace(receipt, is_copy=True)


def _banner(receipt: Receipt) -> Paper:
    words: list[str] = []
    if receipt.is_training:
        words += ["TRAINING", "NOT A RECEIPT"]
    if receipt.is_copy:
        words.append("COPY")
    return tuple(Text(word, Align.CENTER, Size.LARGE, is_bold=True, is_inverted=True) for word in words)


def _heading(receipt: Receipt) -> Paper:
    what = "Refund" if receipt.total.minor < 0 else "Receipt"
    at = format_moment(receipt.at, receipt.locale)
    customer: tuple[Block, ...] = tuple(Text(line) for line in receipt.customer)
    return (
        Columns(f"{what} {receipt.number}", at, Size.SMALL),
        Columns(receipt.till, f"Served by {receipt.cashier}" if receipt.cashier else "", Size.SMALL),
        *((Feed(1), *customer) if customer else ()),
    )


def line_paper(line: ReceiptLine, locale: str) -> Paper:
    """Lay an article out: what it comes to, how many of it, and what was taken off."""
    details = (*_quantity(line, locale), *line.details)
    return (
        Columns(line.name, format_amount(line.amount, locale)),
        *(Text(detail, size=Size.SMALL, indent=2) for detail in details),
        *(reduction_row(row, locale, indent=2) for row in line.reductions),
    )


def reduction_row(row: ReductionRow, locale: str, indent: int = 0) -> Columns:
    """Lay out what was taken off."""
    return Columns(row.name, format_amount(-row.amount, locale), indent=indent)


def _quantity(line: ReceiptLine, locale: str) -> tuple[str, ...]:
    if line.unit == PIECE and line.quantity in {ONE, -ONE}:
        return ()
    quantity = format_quantity(line.quantity, locale, decimals(line.unit))
    price = format_money(line.unit_price, locale)
    return (
        (f"{quantity} {_TIMES} {price}",)
        if line.unit == PIECE
        else (f"{quantity} {line.unit} {_TIMES} {price}/{line.unit}",)
    )


def _totals(receipt: Receipt) -> Paper:
    locale = receipt.locale
    rows: list[Block] = []
    added = () if receipt.prices_include_tax else added_taxes(receipt.taxes, locale)
    if added or receipt.rounding or receipt.subtotal != receipt.total:
        rows.append(Columns("Subtotal", format_amount(receipt.subtotal, locale)))
    rows += [reduction_row(row, locale) for row in receipt.reductions]
    rows += added
    if receipt.rounding:
        rows.append(Columns("Rounding", format_amount(receipt.rounding, locale)))
    total = Columns("TOTAL", format_money(receipt.total, locale), Size.LARGE, is_bold=True)
    count = abs(receipt.item_count)
    saved = (
        (Text(f"You saved {format_money(receipt.saved, locale)}", Align.CENTER, is_bold=True), Feed(1))
        if receipt.saved
        else ()
    )
    # Where only a card was loaded or a debt was paid, no goods change hands.
    items = (Text("1 item" if count == 1 else f"{count} items", size=Size.SMALL),) if count else ()
    return (*rows, Feed(1), total, Feed(1), *saved, *items)


def _payments(receipt: Receipt) -> Paper:
    locale = receipt.locale
    rows: list[Block] = []
    for tender in receipt.tenders:
        rows.append(_payment(tender, locale))
        rows += [Text(detail, size=Size.SMALL, indent=2) for detail in tender.details]
    if receipt.change:
        rows.append(Columns("Change", format_money(receipt.change, locale), is_bold=True))
    return (Feed(1), *rows) if rows else ()


def _payment(tender: TenderRow, locale: str) -> Columns:
    if tender.amount.minor < 0:
        return Columns(f"{tender.name} given back", format_money(-tender.amount, locale))
    return Columns(tender.name, format_money(tender.given or tender.amount, locale))


def _foot(receipt: Receipt) -> Paper:
    blocks: list[Block] = []
    if receipt.footer:
        blocks += [Feed(2), *(Text(line, Align.CENTER) for line in receipt.footer)]
    if receipt.sale_id:
        blocks += [Feed(2), QrCode(receipt.sale_id), Feed(1), Text(receipt.number, Align.CENTER, Size.SMALL)]
    return tuple(blocks)
