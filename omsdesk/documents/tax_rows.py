"""The taxes of a document as blocks: what the law wants to see of each rate, and nothing where nothing is charged.

A rate of zero is told beside others, with what was sold at it, because a business that buys books each rate by itself.
Alone it says in one line that there is no tax in the total.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from omsdesk.documents.formats import format_amount, format_percent
from omsdesk.documents.paper import Columns, Paper, Rule, Size, Table, Text
from omsdesk.domain.values import Money

EXEMPT = "Exempt"
"""What has no tax at all, not even one of zero."""


@dataclass(frozen=True, slots=True)
class TaxRow:
    """A tax rate of a document: ``rate`` as ``Tax.percent`` has it; ``net`` and ``tax`` as booked."""

    name: str
    rate: str
    net: Money
    tax: Money


def named(row: TaxRow, locale: str) -> str:
    """Name a tax and its rate as people of a locale write it: ``MwSt. 5,5 %``."""
    return f"{row.name} {format_percent(row.rate, locale)}".strip()


def is_charged(rows: Sequence[TaxRow]) -> bool:
    """Tell whether any tax comes to anything."""
    return any(row.tax for row in rows)


def figures(row: TaxRow, locale: str) -> tuple[str, ...]:
    """Write a rate with what was sold at it: net, tax and gross."""
    amounts = (row.net, row.tax, row.net + row.tax)
    return (named(row, locale), *(format_amount(amount, locale) for amount in amounts))


def included_taxes(rows: Sequence[TaxRow], locale: str) -> Paper:
    """Explain the taxes that are in the total."""
    if not is_charged(rows):
        return untaxed(rows, locale)
    return Rule(), Table(tuple(figures(row, locale) for row in rows), ("Included tax", "Net", "Tax", "Gross"))


def added_taxes(rows: Sequence[TaxRow], locale: str) -> tuple[Columns, ...]:
    """Add the taxes that come on top; of a rate of zero it is told what was sold at it."""
    if not is_charged(rows):
        return ()
    return tuple(
        Columns(
            named(row, locale) if row.tax else f"{named(row, locale)} on {format_amount(row.net, locale)}",
            format_amount(row.tax, locale),
        )
        for row in rows
        if row.rate
    )


def untaxed(rows: Sequence[TaxRow], locale: str) -> Paper:
    """Say by which rate there is no tax in the total; nothing where no rate says so."""
    names = dict.fromkeys(named(row, locale) for row in rows if row.rate)
    if not names or is_charged(rows):
        return ()
    return Rule(), Text(f"{', '.join(names)}: no tax in the total.", size=Size.SMALL)
