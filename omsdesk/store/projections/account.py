"""Accounts as rows: what moved adds up to the same balance in whatever order it is heard, and from how many tills."""

from __future__ import annotations

from omsdesk.domain.account import AccountBlocked, AccountMoved, AccountOpened, kind_of
from omsdesk.store import doubles
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("account")


@on(AccountOpened)
def opened(connection: Connection, entry: Entry, fact: AccountOpened) -> None:
    """Write the account, with its last day."""
    connection.run(
        _sql.OPEN, id=fact.id, kind=str(kind_of(fact.id)), currency=fact.currency, opened_ms=entry.stamp.utc_ms,
        expires=fact.expires,
    )  # fmt: skip


@on(AccountMoved)
def moved(connection: Connection, entry: Entry, fact: AccountMoved) -> None:
    """Write the movement and add it to the balance; one of a ticket that ended twice is there twice."""
    row = {
        "id": fact.movement,
        "account": fact.id,
        "amount": fact.amount,
        "currency": fact.currency,
        "reason": str(fact.reason),
        "till": fact.till,
        "document": fact.document,
        "number": fact.number,
        "worth": fact.worth,
        "utc_ms": entry.stamp.utc_ms,
    }
    if not connection.run(_sql.MOVE, **row):
        connection.run(_sql.MOVE, **row | {"id": doubles.fresh(fact.movement)})
        doubles.settle(connection, fact.movement, _sql.SAME_MOVES, (_sql.CONTENT_OF_MOVE,), (_sql.RENAME_MOVE,))
    connection.run(_sql.ADD_UP, id=fact.id, kind=str(kind_of(fact.id)), currency=fact.currency, balance=fact.amount)


@on(AccountBlocked)
def blocked(connection: Connection, _: Entry, fact: AccountBlocked) -> None:
    """Remember whether an account is blocked."""
    connection.run(
        _sql.BLOCK, id=fact.id, kind=str(kind_of(fact.id)), is_blocked=int(fact.is_blocked), block_turn=fact.turn
    )
