"""What was doubted and heard again stands elsewhere in its feed: a service may lose its end twice."""

from __future__ import annotations

from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Add the place."""
    op.execute("ALTER TABLE doubt ADD COLUMN place INTEGER DEFAULT '0' NOT NULL")
