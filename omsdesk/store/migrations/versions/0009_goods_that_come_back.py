"""Goods that come back, by the line they were sold on; and what somebody agreed to that another may not do alone."""

from __future__ import annotations

from alembic import op

revision = "0009"
down_revision = "0008"

_CHANGES = (
    """
CREATE TABLE sale_return (
    sale TEXT NOT NULL,
    position INTEGER NOT NULL,
    sold_line TEXT DEFAULT '' NOT NULL,
    quantity INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, position)
) WITHOUT ROWID
""",
    "CREATE INDEX sale_return_sold ON sale_return (sold_line, quantity)",
    """
CREATE TABLE approval (
    id TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    "right" TEXT DEFAULT '' NOT NULL,
    most INTEGER DEFAULT '0' NOT NULL,
    sale TEXT DEFAULT '' NOT NULL,
    until_ms INTEGER DEFAULT '0' NOT NULL,
    approver TEXT DEFAULT '' NOT NULL,
    asker TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID
""",
    "CREATE INDEX approval_sale ON approval (sale) WHERE sale != ''",
    "CREATE INDEX approval_until ON approval (till, until_ms) WHERE until_ms > 0",
    "CREATE INDEX approval_time ON approval (utc_ms)",
)


def upgrade() -> None:
    """Add the tables."""
    for change in _CHANGES:
        op.execute(change)
