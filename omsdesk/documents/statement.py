"""What moved on a customer's accounts in a period: what stood there before, each movement, what is left."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.formats import format_amount, format_day, format_moment
from omsdesk.documents.letterhead import Letterhead, letterhead_paper
from omsdesk.documents.paper import Align, Columns, Cut, Feed, Paper, Rule, Size, Table, Text
from omsdesk.domain.values import Money, Stamp

Amount = Money | int
"""Money, or a number of points."""


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A movement, in the sense of its part: what is owed more, or is there more, is above zero."""

    at: Stamp
    words: str
    amount: Amount
    left: Amount


@dataclass(frozen=True, slots=True)
class StatementPart:
    """One account. ``opening + the rows = closing``."""

    name: str
    opening: Amount
    closing: Amount
    rows: tuple[StatementRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Statement:
    """A customer's accounts between two days, both included (ISO 8601)."""

    letterhead: Letterhead
    customer: tuple[str, ...]
    """Name and address."""
    first: str
    last: str
    at: Stamp
    parts: tuple[StatementPart, ...] = ()
    locale: str = "en-GB"


def statement_paper(statement: Statement) -> Paper:
    """Lay a statement out, from the head to the cut."""
    blocks = [block for part in statement.parts for block in _part(part, statement.locale)]
    nothing: Paper = (Rule(), Text("Nothing moved, and nothing is open."))
    return (
        *letterhead_paper(statement.letterhead),
        Feed(2),
        Text("STATEMENT", Align.CENTER, Size.LARGE, is_bold=True),
        Feed(2),
        *(Text(line) for line in statement.customer),
        Feed(1),
        Columns("Period", _period(statement), Size.SMALL),
        Columns("Made", format_moment(statement.at, statement.locale), Size.SMALL),
        *(blocks or nothing),
        Cut(),
    )


def _period(statement: Statement) -> str:
    first, last = (format_day(day, statement.locale) for day in (statement.first, statement.last))
    return f"{first} to {last}"


def _part(part: StatementPart, locale: str) -> Paper:
    rows = tuple(
        (f"{format_moment(row.at, locale)}  {row.words}", _written(row.amount, locale), _written(row.left, locale))
        for row in part.rows
    )
    return (
        Rule(),
        Text(part.name.upper(), is_bold=True),
        Columns("Before", _written(part.opening, locale)),
        *((Table(rows, ("", "Amount", "Balance")),) if rows else ()),
        Columns("Now", _written(part.closing, locale), is_bold=True),
    )


def _written(amount: Amount, locale: str) -> str:
    return format_amount(amount, locale) if isinstance(amount, Money) else str(amount)
