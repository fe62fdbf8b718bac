"""Accounts on paper: what moved on one of them, and what is open on all."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.documents.formats import format_moment
from omsdesk.documents.letterhead import Letterhead, letterhead_paper
from omsdesk.documents.paper import Align, Columns, Cut, Feed, Paper, Rule, Size, Table, Text
from omsdesk.domain.values import Stamp


@dataclass(frozen=True, slots=True)
class StatementRow:
    """A movement as it is written: when, why, where, how much, and what it left."""

    at: Stamp
    what: str
    where: str
    amount: str
    left: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AccountStatement:
    """What moved on an account, the newest first."""

    letterhead: Letterhead
    name: str
    at: Stamp
    balance: str
    notes: tuple[str, ...] = ()
    """Such as the last day, or that it is overspent."""
    rows: tuple[StatementRow, ...] = ()
    locale: str = "en-GB"


@dataclass(frozen=True, slots=True)
class OpenRow:
    """What is open on all accounts of a kind, as it is written."""

    name: str
    accounts: int
    amount: str


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenBalances:
    """What the shops owe on cards and accounts, and what customers owe them."""

    letterhead: Letterhead
    at: Stamp
    owed: tuple[OpenRow, ...] = ()
    owing: tuple[OpenRow, ...] = ()
    locale: str = "en-GB"


def statement_paper(statement: AccountStatement) -> Paper:
    """Lay a statement out."""
    return (
        *letterhead_paper(statement.letterhead),
        Feed(2),
        Text(statement.name, Align.CENTER, Size.LARGE, is_bold=True),
        Text(format_moment(statement.at, statement.locale), Align.CENTER, Size.SMALL),
        Feed(2),
        Columns("BALANCE", statement.balance, Size.LARGE, is_bold=True),
        *(Text(note, size=Size.SMALL) for note in statement.notes),
        Rule(),
        *(block for row in statement.rows for block in _row(row, statement.locale)),
        *(() if statement.rows else (Text("Nothing moved on it yet."),)),
        Cut(),
    )


def _row(row: StatementRow, locale: str) -> Paper:
    return (
        Columns(row.what, row.amount),
        Columns(f"{format_moment(row.at, locale)}, {row.where}", f"left {row.left}", Size.SMALL, indent=2),
    )


def open_balances_paper(report: OpenBalances) -> Paper:
    """Lay the open balances out."""
    return (
        *letterhead_paper(report.letterhead),
        Feed(2),
        Text("OPEN BALANCES", Align.CENTER, Size.LARGE, is_bold=True),
        Text(format_moment(report.at, report.locale), Align.CENTER, Size.SMALL),
        Feed(2),
        *_section("Owed by the shop", report.owed, "Nothing is open: no card has anything on it."),
        *_section("Owed by customers", report.owing, "No customer owes anything."),
        Cut(),
    )


def _section(title: str, rows: tuple[OpenRow, ...], nothing: str) -> Paper:
    if not rows:
        return Rule(), Text(title.upper(), is_bold=True), Text(nothing, size=Size.SMALL)
    table = Table(tuple((row.name, str(row.accounts), row.amount) for row in rows), ("", "Accounts", "Amount"))
    return Rule(), Text(title.upper(), is_bold=True), table
