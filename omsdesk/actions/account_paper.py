"""Accounts as documents: a statement of one, and what is open on all of them."""

from __future__ import annotations

from omsdesk.actions.paper import NoDocument
from omsdesk.documents.account_report import AccountStatement, OpenBalances, OpenRow, StatementRow
from omsdesk.documents.formats import format_day, format_money
from omsdesk.documents.letterhead import Letterhead
from omsdesk.documents.logo import logo_png
from omsdesk.domain.account import NAMES, Account, AccountKind, MoveReason, display_name
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Money, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries import account as queries
from omsdesk.store.queries import till as till_queries
from omsdesk.store.queries.account import Movement

_REASONS = {
    MoveReason.LOADED: "Paid in",
    MoveReason.SPENT: "Spent",
    MoveReason.REFUNDED: "Given back onto it",
    MoveReason.TAKEN_BACK: "Paid out again",
    MoveReason.EARNED: "Earned",
    MoveReason.UNEARNED: "Taken back with goods",
    MoveReason.CORRECTED: "Corrected",
}


def statement_of(connection: Connection, shop: Shop, account: str, at: Stamp) -> AccountStatement:
    """Compose the statement of an account.

    Raises:
        NoDocument: nothing was ever heard of it here.

    """
    told = queries.statement(connection, account)
    if not told.account.is_known:
        message = "This account is not in the database."
        raise NoDocument(message)
    return AccountStatement(
        letterhead=_letterhead(shop),
        name=display_name(account),
        at=at,
        balance=written(told.account.balance, told.account, shop),
        notes=_notes(told.account, shop),
        rows=tuple(_row(connection, row, left, told.account, shop, at) for row, left in told.rows),
        locale=shop.locale,
    )


def open_balances_of(connection: Connection, shop: Shop, at: Stamp) -> OpenBalances:
    """Compose what is open on all accounts."""
    found = [
        (row.amount, OpenRow(NAMES[row.kind], row.accounts, _amount(abs(row.amount), row.currency, shop)))
        for row in queries.open_balances(connection)
    ]
    return OpenBalances(
        letterhead=_letterhead(shop),
        at=at,
        owed=tuple(row for amount, row in found if amount > 0),
        owing=tuple(row for amount, row in found if amount < 0),
        locale=shop.locale,
    )


def written(amount: int, account: Account, shop: Shop) -> str:
    """Write an amount of an account as people do: money, or points."""
    is_points = account.kind is AccountKind.POINTS
    return _amount(amount, "" if is_points else account.currency or shop.currency, shop)


def _amount(amount: int, currency: str, shop: Shop) -> str:
    return format_money(Money(amount, currency), shop.locale) if currency else f"{amount} points"


def _notes(account: Account, shop: Shop) -> tuple[str, ...]:
    notes = []
    if account.balance < 0:
        is_debt = account.kind is AccountKind.CREDIT
        notes.append("So much is owed by the customer." if is_debt else "More was spent than was on it.")
    if account.expires:
        notes.append(f"Can be spent until {format_day(account.expires, shop.locale)}.")
    if account.is_blocked:
        notes.append("It is blocked: nobody can spend it.")
    return tuple(notes)


def _row(connection: Connection, row: Movement, left: int, account: Account, shop: Shop, at: Stamp) -> StatementRow:
    till = till_queries.till_of(connection, row.till)
    where = " ".join(filter(None, (till.name if till else "", row.number)))
    amount = written(row.amount, account, shop)
    return StatementRow(
        Stamp(row.utc_ms, at.offset_minutes), _REASONS[row.reason], where, amount, written(left, account, shop)
    )


def _letterhead(shop: Shop) -> Letterhead:
    return Letterhead(shop.name, shop.address, shop.phone, shop.tax_number, logo_png(shop.logo))
