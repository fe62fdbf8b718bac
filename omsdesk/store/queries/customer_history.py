"""What a customer bought: their receipts, and what they come to."""

from __future__ import annotations

from typing import NamedTuple

from omsdesk.domain.values import Money
from omsdesk.store.engine import Connection
from omsdesk.store.queries.receipts import Receipt, receipt_from
from omsdesk.store.sql import Statements

_sql = Statements("customer")


class Turnover(NamedTuple):
    """What all receipts of a currency come to: what was sold, less what came back."""

    receipts: int
    amount: Money


def receipts_of(connection: Connection, customer: str, most: int = 50) -> list[Receipt]:
    """List the newest receipts of a customer, the newest first."""
    return [receipt_from(row) for row in connection.rows(_sql.RECEIPTS_OF, customer=customer, most=most)]


def turnover_of(connection: Connection, customer: str) -> list[Turnover]:
    """Add up what a customer bought, by currency."""
    rows = connection.rows(_sql.TURNOVER_OF, customer=customer)
    return [Turnover(count, Money(amount, currency)) for currency, count, amount in rows]
