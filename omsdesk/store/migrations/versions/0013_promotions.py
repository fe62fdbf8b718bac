"""Promotions."""

from __future__ import annotations

from alembic import op

revision = "0013"
down_revision = "0012"

_CHANGES = (
    """
CREATE TABLE promotion (
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    valid_from TEXT DEFAULT '' NOT NULL,
    valid_to TEXT DEFAULT '' NOT NULL,
    priority INTEGER DEFAULT '0' NOT NULL,
    is_active INTEGER DEFAULT '1' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
)
""",
    "CREATE INDEX promotion_position ON promotion (position)",
)


def upgrade() -> None:
    """Add the table."""
    for change in _CHANGES:
        op.execute(change)
