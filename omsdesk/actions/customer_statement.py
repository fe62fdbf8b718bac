"""The statement of a customer: what moved on their accounts in a period, as a document and as a file."""

from __future__ import annotations

from omsdesk.actions.paper import NoDocument
from omsdesk.documents.letterhead import Letterhead
from omsdesk.documents.statement import Amount, Statement, StatementPart, StatementRow
from omsdesk.domain.account import AccountKind, MoveReason, account_id
from omsdesk.domain.period import Period
from omsdesk.domain.values import Money, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.account import Movement, statement
from omsdesk.store.queries.customer import customer_by_id

_KINDS = {
    AccountKind.CREDIT: "To pay",
    AccountKind.STORE_CREDIT: "Store credit",
    AccountKind.POINTS: "Points",
}
_WORDS = {
    MoveReason.LOADED: "Paid in",
    MoveReason.SPENT: "Bought",
    MoveReason.REFUNDED: "Given back",
    MoveReason.TAKEN_BACK: "Paid out",
    MoveReason.EARNED: "Earned",
    MoveReason.UNEARNED: "Goods came back",
    MoveReason.CORRECTED: "Corrected",
}
_ALL = 1 << 30


def statement_of(connection: Connection, customer: str, period: Period, at: Stamp) -> Statement:
    """Compose a customer's statement of a period.

    Raises:
        NoDocument: nothing is known of the customer, or of a shop.

    """
    known = customer_by_id(connection, customer)
    shop = till_queries.shop_of(connection, till_queries.station(connection).till)
    if known is None or not known.title or shop is None:
        message = "This customer is not in the database."
        raise NoDocument(message)
    parts = (_part(connection, account_id(kind, customer), kind, period, at) for kind in _KINDS)
    return Statement(
        letterhead=Letterhead(shop.name, shop.address, shop.phone, shop.tax_number),
        customer=tuple(dict.fromkeys(line for line in (known.title, known.company, *known.address) if line)),
        first=period.first,
        last=period.last,
        at=at,
        parts=tuple(part for part in parts if part is not None),
        locale=shop.locale,
    )


def _part(connection: Connection, account: str, kind: AccountKind, period: Period, at: Stamp) -> StatementPart | None:
    """Write one account; None where nothing ever moved on it."""
    found = statement(connection, account, _ALL)
    if not found.rows:
        return None
    first, end = period.bounds(at.offset_minutes)
    # What a customer owes is above zero on their paper.
    sign = -1 if kind is AccountKind.CREDIT else 1
    currency = found.account.currency

    def amount(minor: int) -> Amount:
        return Money(sign * minor, currency) if currency else sign * minor

    # By what was heard as of the time of each, not by the order in which it was heard.
    moves = sorted((row for row, _ in found.rows), key=lambda row: (row.utc_ms, row.id))
    left = opening = sum(row.amount for row in moves if row.utc_ms < first)
    rows = []
    for row in moves:
        if first <= row.utc_ms < end:
            left += row.amount
            rows.append(
                StatementRow(Stamp(row.utc_ms, at.offset_minutes), _words(row), amount(row.amount), amount(left))
            )
    return StatementPart(_KINDS[kind], amount(opening), amount(left), tuple(rows)) if rows or left else None


def _words(row: Movement) -> str:
    words = _WORDS[row.reason]
    return f"{words}, receipt {row.number}" if row.number else words
