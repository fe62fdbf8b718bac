"""Accounts of cards and customers, and what of a ticket was paid in to them."""

from __future__ import annotations

from alembic import op

revision = "0014"
down_revision = "0013"

_CHANGES = (
    """
CREATE TABLE account (
    id TEXT NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    currency TEXT DEFAULT '' NOT NULL,
    balance INTEGER DEFAULT '0' NOT NULL,
    opened_ms INTEGER DEFAULT '0' NOT NULL,
    expires TEXT DEFAULT '' NOT NULL,
    is_blocked INTEGER DEFAULT '0' NOT NULL,
    block_turn INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID
""",
    "CREATE INDEX account_kind ON account (kind, currency, balance)",
    "CREATE INDEX account_overspent ON account (id) WHERE balance < 0 AND kind != 'credit'",
    """
CREATE TABLE account_move (
    id TEXT NOT NULL,
    account TEXT DEFAULT '' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    currency TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    document TEXT DEFAULT '' NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    worth INTEGER DEFAULT '0' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID
""",
    "CREATE INDEX account_move_account ON account_move (account, utc_ms, id)",
    """
CREATE TABLE came_back (
    epoch INTEGER NOT NULL,
    number INTEGER NOT NULL,
    PRIMARY KEY (epoch)
)
""",
    "ALTER TABLE sale ADD COLUMN loaded INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE sale_line ADD COLUMN loads TEXT DEFAULT '' NOT NULL",
    "DROP INDEX sale_day",
    """
CREATE INDEX sale_day ON sale (till, day, currency, is_training, completed_ms, total, item_count, loaded)
 WHERE completed_ms IS NOT NULL
""",
)


def upgrade() -> None:
    """Add the tables and columns."""
    for change in _CHANGES:
        op.execute(change)
