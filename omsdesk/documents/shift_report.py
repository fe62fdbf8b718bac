"""The X and the Z report: what a shift came to, its data and its layout as blocks."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from omsdesk.documents.formats import format_amount, format_moment, format_money
from omsdesk.documents.letterhead import Letterhead, letterhead_paper
from omsdesk.documents.paper import Align, Columns, Cut, Feed, Paper, Rule, Size, Table, Text
from omsdesk.documents.tax_rows import TaxRow, figures
from omsdesk.domain.values import Money, Stamp


class ReportKind(StrEnum):
    """X shows the figures so far, Z closes the shift."""

    X = "X"
    Z = "Z"


@dataclass(frozen=True, slots=True)
class CountedTender:
    """A way to pay in a shift: how often, how much is expected; counted and difference where somebody counted."""

    name: str
    count: int
    expected: Money
    counted: Money | None = None
    difference: Money | None = None


@dataclass(frozen=True, slots=True)
class CashMovement:
    """Money put into the drawer or taken out of it, always above zero, and why."""

    reason: str
    amount: Money


@dataclass(frozen=True, slots=True)
class Counted:
    """How often something happened in a shift, and what it came to."""

    name: str
    count: int
    amount: Money


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftReport:
    """The figures of a shift, printed as they are. A closing that is None has not happened yet."""

    kind: ReportKind
    letterhead: Letterhead
    number: int | None
    """The Z number, gap-free per till; an X report has none."""
    till: str
    opened_at: Stamp
    opened_by: str
    printed_at: Stamp
    closed_at: Stamp | None = None
    closed_by: str = ""
    opening_float: Money
    tickets: tuple[Counted, ...]
    """Every ticket under what it was; together they are the total."""
    void_count: int
    void_amount: Money
    discounts: Money
    rounding: Money
    total: Money
    """Sales less refunds, tax included: what the shift turned over."""
    came_back: Counted | None = None
    """What came back on any ticket; a part of the total."""
    taxes: tuple[TaxRow, ...] = ()
    """What has no tax is a row of its own."""
    tax_total: TaxRow | None = None
    """All of them; None where there is one row, or where an older report left some out."""
    tenders: tuple[CountedTender, ...] = ()
    cash_payments: Money | None = None
    """What customers paid into the drawer, less what they got back; None where it is not known."""
    expected_cash: Money | None = None
    """What should lie in the drawer in the end."""
    loads: tuple[Counted, ...] = ()
    """No turnover: the shop owes it to whoever paid it in, or was owed it before."""
    pay_ins: tuple[CashMovement, ...] = ()
    pay_outs: tuple[CashMovement, ...] = ()
    first_receipt: str = ""
    last_receipt: str = ""
    no_sale_count: int = 0
    held_count: int = 0
    """Carts on hold that the next shift takes over."""
    is_copy: bool = False
    is_training: bool = False
    locale: str = "en-GB"


def shift_report_paper(report: ShiftReport) -> Paper:
    """Lay a report out, from the head to the cut."""
    banner = _banner(report)
    return (
        *((*banner, Feed(2)) if banner else ()),
        *letterhead_paper(report.letterhead),
        Feed(2),
        *_heading(report),
        *_sales(report),
        *_taxes(report),
        *_loads(report),
        *_tenders(report),
        *_cash(report),
        *_counters(report),
        *_signature(report),
        *((Feed(2), *banner) if banner else ()),
        Cut(),
    )


def _banner(report: ShiftReport) -> Paper:
    words = ("TRAINING",) * report.is_training + ("COPY",) * report.is_copy
    return tuple(Text(word, Align.CENTER, Size.LARGE, is_bold=True, is_inverted=True) for word in words)


def _heading(report: ShiftReport) -> Paper:
    title = f"{report.kind} REPORT" + (f" {report.number}" if report.number is not None else "")
    closed = (_row("Closed", _moment(report, report.closed_at), report.closed_by),) if report.closed_at else ()
    printed = () if report.closed_at == report.printed_at else (_row("Printed", _moment(report, report.printed_at)),)
    return (
        Text(title, Align.CENTER, Size.LARGE, is_bold=True),
        Feed(2),
        Columns("Till", report.till, Size.SMALL),
        _row("Opened", _moment(report, report.opened_at), report.opened_by),
        *closed,
        *printed,
    )


def _row(name: str, moment: str, who: str = "") -> Columns:
    return Columns(name, f"{moment}, {who}" if who else moment, Size.SMALL)


def _moment(report: ShiftReport, at: Stamp | None) -> str:
    return format_moment(at, report.locale) if at else ""


def _section(title: str, *rows: Columns | Table | Text) -> Paper:
    return (Rule(), Text(title.upper(), is_bold=True), *rows) if rows else ()


def _sales(report: ShiftReport) -> Paper:
    """Lay out what adds up to the total, and below it what is in it or beside it."""
    voided = Counted("Voided", report.void_count, report.void_amount)
    back = (_counted(report, report.came_back, indent=2),) if report.came_back else ()
    return (
        *_section("Sales", *(_counted(report, row) for row in report.tickets)),
        Feed(1),
        Columns("TOTAL", format_money(report.total, report.locale), Size.LARGE, is_bold=True),
        Feed(1),
        Text("In the total"),
        *back,
        Columns("Discounts given", format_amount(report.discounts, report.locale), indent=2),
        Text("Not in the total"),
        _counted(report, voided, indent=2),
        Columns("Cash rounding", format_amount(report.rounding, report.locale), indent=2),
    )


def _counted(report: ShiftReport, row: Counted, indent: int = 0) -> Columns:
    return Columns(f"{row.name} ({row.count})", format_amount(row.amount, report.locale), indent=indent)


def _taxes(report: ShiftReport) -> Paper:
    rows = (*report.taxes, *((report.tax_total,) if report.tax_total else ()))
    table = Table(tuple(figures(row, report.locale) for row in rows), ("Rate", "Net", "Tax", "Gross"))
    return _section("Taxes", table) if report.taxes else ()


def _loads(report: ShiftReport) -> Paper:
    return _section("Paid in, not sales", *(_counted(report, row) for row in report.loads))


def _tenders(report: ShiftReport) -> Paper:
    def written(amount: Money | None) -> str:
        return "-" if amount is None else format_amount(amount, report.locale)

    rows = tuple(
        (f"{row.name} ({row.count})", written(row.expected), written(row.counted), written(row.difference))
        for row in report.tenders
    )
    return _section("Payments", Table(rows, ("Method", "Expected", "Counted", "Difference"))) if rows else ()


def _cash(report: ShiftReport) -> Paper:
    def moved(title: str, movements: tuple[CashMovement, ...]) -> Paper:
        rows = (Columns(row.reason, format_amount(row.amount, report.locale), indent=2) for row in movements)
        return (Text(title), *rows) if movements else ()

    def in_all(name: str, amount: Money | None) -> Paper:
        return (Columns(name, format_amount(amount, report.locale)),) if amount is not None else ()

    opening = Columns("Opening float", format_amount(report.opening_float, report.locale))
    return (
        *_section("Drawer", opening),
        *in_all("Cash payments", report.cash_payments),
        *moved("Paid in", report.pay_ins),
        *moved("Paid out", report.pay_outs),
        *in_all("Expected in the drawer", report.expected_cash),
        Columns("Opened without a sale", str(report.no_sale_count)),
    )


def _counters(report: ShiftReport) -> Paper:
    between = f"{report.first_receipt} to {report.last_receipt}" if report.first_receipt else "none"
    held = (Columns("Carts on hold, carried over", str(report.held_count)),) if report.held_count else ()
    return _section("Receipts", Columns("Numbers", between), *held)


def _signature(report: ShiftReport) -> Paper:
    if report.kind is ReportKind.X:
        return (Feed(2), Text("Figures so far. The shift is still open.", Align.CENTER, Size.SMALL))
    return Feed(6), Rule(), Text("Signature", size=Size.SMALL)
