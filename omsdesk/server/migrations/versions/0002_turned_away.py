"""What is held back can be turned away for good: who did that or let it pass, and when."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add who turned an entry away, and the moment of either decision."""
    op.execute("ALTER TABLE held ADD COLUMN turned_away_by TEXT DEFAULT '' NOT NULL")
    op.execute("ALTER TABLE held ADD COLUMN decided_ms BIGINT DEFAULT '0' NOT NULL")
