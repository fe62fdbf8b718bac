"""Labels that were asked for, and how far their printing is."""

from __future__ import annotations

from alembic import op

revision = "0025"
down_revision = "0024"


def upgrade() -> None:
    """Count labels in print jobs, and keep what was asked for."""
    op.execute("ALTER TABLE print_job ADD COLUMN done INTEGER DEFAULT '0' NOT NULL")
    op.execute("ALTER TABLE print_job ADD COLUMN sent INTEGER DEFAULT '0' NOT NULL")
    op.execute(
        "CREATE TABLE label_batch ( id TEXT NOT NULL, till TEXT DEFAULT '' NOT NULL, "
        "title TEXT DEFAULT '' NOT NULL, design TEXT DEFAULT '' NOT NULL, rows TEXT DEFAULT '' NOT NULL, "
        "count INTEGER DEFAULT '0' NOT NULL, PRIMARY KEY (id) )"
    )
