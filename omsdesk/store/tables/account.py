"""Accounts with their balances, and the movements that these are the sum of."""

from __future__ import annotations

from sqlalchemy import Index, Table, literal_column

from omsdesk.store.tables.schema import key, metadata, text, whole

account = Table(
    "account",
    metadata,
    key("id"),
    text("kind"),
    text("currency"),
    whole("balance"),
    whole("opened_ms"),
    text("expires"),
    whole("is_blocked"),
    whole("block_turn"),
    sqlite_with_rowid=False,
)
Index("account_kind", account.c.kind, account.c.currency, account.c.balance)
is_overspent = (account.c.balance < 0) & (account.c.kind != literal_column("'credit'"))
"""Written out, for an index is only used by who asks in its own words."""
Index("account_overspent", account.c.id, sqlite_where=is_overspent)

account_move = Table(
    "account_move",
    metadata,
    key("id"),
    text("account"),
    whole("amount"),
    text("currency"),
    text("reason"),
    text("till"),
    text("document"),
    text("number"),
    whole("worth"),
    whole("utc_ms"),
    sqlite_with_rowid=False,
)
Index("account_move_account", account_move.c.account, account_move.c.utc_ms, account_move.c.id)
