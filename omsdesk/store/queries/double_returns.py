"""Goods that came back more often than they were sold: two tills took them back that did not hear of each other."""

from __future__ import annotations

from itertools import groupby
from typing import NamedTuple

from omsdesk.domain.line import SoldLine
from omsdesk.domain.records import record
from omsdesk.domain.returns import Receipt
from omsdesk.domain.values import Money, Quantity, divide
from omsdesk.store import doubles
from omsdesk.store.engine import Connection
from omsdesk.store.queries.ticket import completed_sale, receipt_of
from omsdesk.store.sql import Statements

_sql = Statements("other_store")


class BackOn(NamedTuple):
    """A ticket on which goods of a line came back."""

    number: str
    shop: str
    """The store, by its id; empty where it is of this one."""
    till: str
    at_ms: int
    is_here: bool
    """Whether the ticket itself is known here."""


@record
class TooOften:
    """A line of a receipt that came back more often than it was sold."""

    line: str
    number: str
    """The receipt it was sold on."""
    name: str
    sold: Quantity
    back: Quantity
    excess: Money
    """What was given back for it that had not been paid."""
    tickets: tuple[BackOn, ...]
    """Where it came back, the first time first."""

    @property
    def at_ms(self) -> int:
        """When it came back last."""
        return self.tickets[-1].at_ms


class _Row(NamedTuple):
    sold_line: str
    at_ms: int
    sale: str
    number: str
    shop: str
    till: str
    sold_sale: str


def too_often(connection: Connection, since_ms: int, until_ms: int) -> list[TooOften]:
    """List what came back too often, the last time of it in a time, the newest first."""
    rows = map(_Row._make, connection.rows(_sql.BACK_AGAIN))
    found = []
    for _, group in groupby(rows, key=lambda row: row.sold_line):
        tickets = list(group)
        if len(tickets) > 1 and since_ms <= tickets[-1].at_ms < until_ms:
            known = _judged(connection, tickets)
            found += [known] if known else []
    return sorted(found, key=lambda row: (row.at_ms, row.line), reverse=True)


def _judged(connection: Connection, tickets: list[_Row]) -> TooOften | None:
    receipt = _receipt(connection, tickets)
    row = receipt.row(tickets[0].sold_line) if receipt else None
    if receipt is None or row is None or receipt.back[row.line] <= row.quantity:
        return None
    where = (BackOn(of.number, of.shop, of.till, of.at_ms, not of.sold_sale) for of in tickets)
    back = receipt.back[row.line]
    return TooOften(row.line, receipt.sold.number, row.name, row.quantity, back, _excess(row, back), tuple(where))


def _excess(row: SoldLine, back: Quantity) -> Money:
    over = back.micro - row.quantity.micro
    return Money(divide(row.amount.minor * over, row.quantity.micro), row.amount.currency)


def _receipt(connection: Connection, tickets: list[_Row]) -> Receipt | None:
    """Find the receipt that a line stands on: a ticket that is known here says which it is."""
    told = next((row.sold_sale for row in tickets if row.sold_sale), "")
    if told:
        return receipt_of(connection, told)
    for ticket in tickets:
        found = completed_sale(connection, doubles.exactly(ticket.sale))
        lines = found[0].lines if found else ()
        sold = next((row.returned.sale for row in lines if row.returned and row.returned.line == ticket.sold_line), "")
        if sold:
            return receipt_of(connection, sold)
    return None
