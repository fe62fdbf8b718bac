"""Tickets and shifts of many tills in one database: what became of each last, and where, in whatever order it is heard.

What is known of tickets already was written at one till, and stays as it is.
"""

from __future__ import annotations

from alembic import op

revision = "0005"
down_revision = "0004"

_CHANGES = (
    "ALTER TABLE sale ADD COLUMN turn INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE sale ADD COLUMN is_double INTEGER DEFAULT '0' NOT NULL",
    "CREATE INDEX sale_double ON sale (completed_ms) WHERE is_double = 1",
    "DROP INDEX sale_completed",
    "CREATE INDEX sale_completed ON sale (till, completed_ms) WHERE completed_ms IS NOT NULL",
    "DROP INDEX shift_open",
    "CREATE INDEX shift_open ON shift (till, opened_ms) WHERE closed_ms IS NULL",
    """
CREATE TABLE sale_place (
    sale TEXT NOT NULL,
    till TEXT NOT NULL,
    turn INTEGER NOT NULL,
    state TEXT NOT NULL,
    PRIMARY KEY (sale, till)
) WITHOUT ROWID
""",
    """
CREATE TABLE early_sale (
    product TEXT NOT NULL,
    count INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (product)
) WITHOUT ROWID
""",
    "CREATE INDEX sale_place_till ON sale_place (till) WHERE state != 'ended'",
)


def upgrade() -> None:
    """Add what tells tickets of several tills apart."""
    for change in _CHANGES:
        op.execute(change)
