"""Where a serial number or a lot went, on paper and as a table: whoever recalls goods writes to whom it names."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.formats import format_moment, format_quantity
from omsdesk.documents.letterhead import Letterhead, letterhead_paper
from omsdesk.documents.paper import Align, Columns, Cut, Feed, Paper, Rule, Size, Text
from omsdesk.domain.values import Quantity, Stamp

TABLE = ("Time", "What", "Product", "Quantity", "Receipt", "Till", "Customer", "Phone", "E-mail")
"""The columns of the table."""


@dataclass(frozen=True, slots=True)
class TraceRow:
    """One time that goods with the number went out, or came back."""

    at: Stamp
    product: str
    quantity: Quantity
    """Below zero where they came back."""
    number: str
    """Of the receipt."""
    till: str
    customer: str = ""
    phone: str = ""
    email: str = ""

    @property
    def what(self) -> str:
        """Which way they went."""
        return "Sold" if self.quantity.micro > 0 else "Came back"


@dataclass(frozen=True, slots=True, kw_only=True)
class TraceReport:
    """All that is known of a number, the last time first."""

    letterhead: Letterhead
    code: str
    is_lot: bool
    at: Stamp
    rows: tuple[TraceRow, ...] = ()
    locale: str = "en-GB"

    @property
    def title(self) -> str:
        """What it is called."""
        return f"{'Lot' if self.is_lot else 'Serial number'} {self.code}"

    @property
    def with_customers(self) -> Quantity:
        """How much of it is with customers."""
        return Quantity(sum(row.quantity.micro for row in self.rows))


def trace_paper(report: TraceReport) -> Paper:
    """Lay a trace out."""
    out = format_quantity(report.with_customers, report.locale)
    return (
        *letterhead_paper(report.letterhead),
        Feed(2),
        Text(report.title, Align.CENTER, Size.LARGE, is_bold=True),
        Text(format_moment(report.at, report.locale), Align.CENTER, Size.SMALL),
        Feed(2),
        Columns("WITH CUSTOMERS", out, is_bold=True),
        Rule(),
        *(block for row in report.rows for block in _row(row, report.locale)),
        Cut(),
    )


def _row(row: TraceRow, locale: str) -> Paper:
    quantity = Quantity(abs(row.quantity.micro))
    who = ", ".join(filter(None, (row.customer, row.phone, row.email)))
    return (
        Columns(f"{row.what}: {row.product}", format_quantity(quantity, locale)),
        Columns(f"{format_moment(row.at, locale)}, {row.till}", row.number, Size.SMALL, indent=2),
        Columns(who or "Customer not known", "", Size.SMALL, indent=2),
    )


def trace_table(report: TraceReport) -> tuple[tuple[str, ...], ...]:
    """Give the rows of the table, below its headings."""
    return tuple(
        (
            f"{row.at.local:%Y-%m-%d %H:%M}", row.what, row.product, str(Quantity(abs(row.quantity.micro))), row.number,
            row.till, row.customer, row.phone, row.email,
        )
        for row in report.rows
    )  # fmt: skip
