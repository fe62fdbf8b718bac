"""Accounts and what moved on them."""

from __future__ import annotations

from sqlalchemy import bindparam, case, func, or_, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.account import account, account_move, is_overspent
from omsdesk.store.tables.journal import journal
from omsdesk.store.tables.sync import acknowledged

# ---- writing

_opened = insert(account).values({name: bindparam(name) for name in ("id", "kind", "currency", "opened_ms", "expires")})
_said = _opened.excluded
OPEN = _opened.on_conflict_do_update(
    index_elements=["id"],
    set_={
        "currency": case((account.c.currency < _said.currency, _said.currency), else_=account.c.currency),
        "opened_ms": case(
            ((account.c.opened_ms == 0) | (_said.opened_ms < account.c.opened_ms), _said.opened_ms),
            else_=account.c.opened_ms,
        ),
        "expires": case(
            (account.c.opened_ms == 0, _said.expires),
            (or_(account.c.expires == "", _said.expires == ""), ""),
            (account.c.expires < _said.expires, _said.expires),
            else_=account.c.expires,
        ),
    },
)
"""One that two tills opened while apart ends on the later of both days."""

MOVE = (
    insert(account_move)
    .values({column.name: bindparam(column.name) for column in account_move.c})
    .on_conflict_do_nothing()
)
_sum = insert(account).values({name: bindparam(name) for name in ("id", "kind", "currency", "balance")})
ADD_UP = _sum.on_conflict_do_update(
    index_elements=["id"],
    set_={
        "balance": account.c.balance + _sum.excluded.balance,
        "currency": case(
            (account.c.currency < _sum.excluded.currency, _sum.excluded.currency), else_=account.c.currency
        ),
    },
)
_blocked = insert(account).values({name: bindparam(name) for name in ("id", "kind", "is_blocked", "block_turn")})
BLOCK = _blocked.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _blocked.excluded[name] for name in ("is_blocked", "block_turn")},
    where=tuple_(_blocked.excluded.block_turn, _blocked.excluded.is_blocked)
    > tuple_(account.c.block_turn, account.c.is_blocked),
)

_low, _high = bindparam("document").concat("~"), bindparam("document").concat("~~")
SAME_MOVES = select(account_move.c.id).where(
    or_(account_move.c.id == bindparam("document"), account_move.c.id.between(_low, _high))
)
CONTENT_OF_MOVE = select(*(column for column in account_move.c if column.name != "id")).where(
    account_move.c.id == bindparam("row")
)
RENAME_MOVE = update(account_move).values(id=bindparam("new")).where(account_move.c.id == bindparam("row"))

# ---- reading

ONE = select(
    account.c.id, account.c.currency, account.c.balance, account.c.expires, account.c.is_blocked, account.c.block_turn
).where(account.c.id == bindparam("id"))
_MOVES = (
    account_move.c.id, account_move.c.account, account_move.c.amount, account_move.c.currency, account_move.c.reason,
    account_move.c.till, account_move.c.document, account_move.c.number, account_move.c.utc_ms,
)  # fmt: skip
MOVES_OF = (
    select(*_MOVES)
    .where(account_move.c.account == bindparam("account"))
    .order_by(account_move.c.utc_ms.desc(), account_move.c.id.desc())
    .limit(bindparam("most"))
)
OWED = (
    select(account.c.kind, account.c.currency, func.count(), func.sum(account.c.balance))
    .where(account.c.balance > 0)
    .group_by(account.c.kind, account.c.currency)
)
"""What the shops owe: points are counted, not worth anything yet."""
OWING = (
    select(account.c.kind, account.c.currency, func.count(), func.sum(account.c.balance))
    .where(account.c.balance < 0, account.c.kind == "credit")
    .group_by(account.c.kind, account.c.currency)
)
OVERSPENT = (
    select(
        account.c.id, account.c.currency, account.c.balance, account.c.expires, account.c.is_blocked,
        account.c.block_turn,
    )
    .where(is_overspent)
    .order_by(account.c.balance, account.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
OVERSPENT_COUNT = select(func.count()).select_from(account).where(is_overspent)

# ---- what this station gave out and the others cannot have heard of yet

HAS_SERVICE = select(acknowledged.c.epoch).limit(1)
OWN_SINCE = select(journal.c.number, journal.c.version, journal.c.body).where(
    journal.c.origin == bindparam("origin"),
    journal.c.epoch == bindparam("epoch"),
    journal.c.number > bindparam("after"),
    journal.c.kind == "account.moved",
)
