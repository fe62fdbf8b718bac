"""What is asked about accounts: a card's balance, a customer's statement, what the shops owe, what was overspent."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from omsdesk.domain.account import (
    CARDS,
    Account,
    AccountKind,
    AccountMoved,
    Ledger,
    MoveReason,
    account_id,
    kind_of,
    owner_of,
)
from omsdesk.domain.body import from_json
from omsdesk.domain.records import record
from omsdesk.store import exchange, journal
from omsdesk.store.engine import Connection, Row
from omsdesk.store.queries.customer import customer_by_id
from omsdesk.store.queries.till import Station
from omsdesk.store.sql import Statements

_sql = Statements("account")


@record
class Movement:
    """A movement in a list."""

    id: str
    account: str
    amount: int
    """In minor units, or points."""
    currency: str
    reason: MoveReason
    till: str
    document: str
    number: str
    utc_ms: int


@record
class Statement:
    """An account and its newest movements, the newest first; each with the balance that it left."""

    account: Account
    rows: tuple[tuple[Movement, int], ...]


@record
class Owed:
    """What is open on all accounts of a kind."""

    kind: AccountKind
    currency: str
    """Empty for points."""
    accounts: int
    amount: int
    """In minor units, or points; below zero customers owe it."""


@record
class Overspent:
    """An account that more was spent of than was on it, and all that moved on it."""

    account: Account
    movements: tuple[Movement, ...]


def account(connection: Connection, wanted: str) -> Account | None:
    """Find an account; None where nothing was ever heard of it here."""
    row = connection.row(_sql.ONE, id=wanted)
    return _account(row) if row else None


def card(connection: Connection, number: str) -> Account | None:
    """Find the account of a card or note by its number, as ``card_number.read`` gives it."""
    for kind in (AccountKind.GIFT_CARD, AccountKind.STORE_CREDIT):
        found = account(connection, account_id(kind, number))
        if found is not None:
            return found
    return None


def statement(connection: Connection, wanted: str, most: int = 200) -> Statement:
    """List what moved on an account, the newest first."""
    found = account(connection, wanted) or Account(wanted, is_known=False)
    rows, left = [], found.balance
    for row in _moves(connection, wanted, most):
        rows.append((row, left))
        left -= row.amount
    return Statement(found, tuple(rows))


def open_balances(connection: Connection) -> list[Owed]:
    """Add up what the shops owe on accounts, and what customers owe them, by kind and currency."""
    rows = [*connection.rows(_sql.OWED), *connection.rows(_sql.OWING)]
    order = list(AccountKind)
    found = [Owed(AccountKind(kind), currency, count, amount) for kind, currency, count, amount in rows]
    return sorted(found, key=lambda row: (order.index(row.kind), row.currency, -row.amount))


def overspent(connection: Connection, most: int = 100) -> list[Overspent]:
    """List the accounts that more was spent of than was on them, what is missing most first."""
    rows = connection.rows(_sql.OVERSPENT, most=most)
    return [Overspent(found, tuple(_moves(connection, found.id, 50))) for found in map(_account, rows)]


def overspent_count(connection: Connection) -> int:
    """Count them."""
    return int(connection.value(_sql.OVERSPENT_COUNT))


def ledger(connection: Connection, station: Station, wanted: Iterable[str]) -> Ledger:
    """Gather what is known of accounts that a decision is about, and what this station gave out unheard."""
    found = tuple(row for row in (_with_limit(connection, name) for name in wanted) if row is not None)
    is_alone = connection.row(_sql.HAS_SERVICE) is None
    return Ledger(found, 0 if is_alone else unconfirmed(connection, station), is_alone)


def _with_limit(connection: Connection, wanted: str) -> Account | None:
    """Find an account; that of a customer who may pay later is there before anything moved on it."""
    found = account(connection, wanted)
    if kind_of(wanted) is not AccountKind.CREDIT:
        return found
    customer = customer_by_id(connection, owner_of(wanted))
    limit = customer.credit_limit if customer else None
    known = found or Account(wanted, is_known=False)
    return replace(known, limit=limit.minor) if limit else found


def unconfirmed(connection: Connection, station: Station) -> int:
    """Add up the stored value that this station gave out and that did not come back to it from the service yet.

    What came back was told to everybody in its place of the feed, and all that stands before it there is known here.
    """
    given, is_own = 0, journal.own(connection)
    for epoch in range(1, station.epoch + 1):
        after = exchange.came_back(connection, epoch)
        for number, version, body in connection.rows(_sql.OWN_SINCE, origin=station.device, epoch=epoch, after=after):
            fact = from_json(AccountMoved.kind, version, journal.unpack(body))
            if isinstance(fact, AccountMoved) and fact.amount < 0 and is_own(station.device, epoch, number):
                given -= fact.worth or (fact.amount if _is_given_out(fact) else 0)
    return given


def _is_given_out(fact: AccountMoved) -> bool:
    """Tell whether another till could give the same out: a deposit is spent for goods that are handed over once."""
    kind = kind_of(fact.id)
    return kind in CARDS or (kind is AccountKind.DEPOSIT and fact.reason is MoveReason.TAKEN_BACK)


def _moves(connection: Connection, wanted: str, most: int) -> list[Movement]:
    return [
        Movement(row, of, amount, currency, MoveReason(reason), till, document, number, utc_ms)
        for row, of, amount, currency, reason, till, document, number, utc_ms in connection.rows(
            _sql.MOVES_OF, account=wanted, most=most
        )
    ]


def _account(row: Row) -> Account:
    name, currency, balance, expires, is_blocked, block_turn = row
    return Account(name, currency, balance, expires=expires, is_blocked=bool(is_blocked), block_turn=block_turn)
