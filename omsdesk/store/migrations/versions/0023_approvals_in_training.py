"""Whether something was agreed to in training."""

from __future__ import annotations

from alembic import op

revision = "0023"
down_revision = "0022"


def upgrade() -> None:
    """Add the column."""
    op.execute("ALTER TABLE approval ADD COLUMN is_training INTEGER DEFAULT '0' NOT NULL")
