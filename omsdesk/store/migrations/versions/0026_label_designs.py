"""Labels that a shop has drawn for itself."""

from __future__ import annotations

from alembic import op

revision = "0026"
down_revision = "0025"


def upgrade() -> None:
    """Make the table."""
    op.execute(
        "CREATE TABLE label_design ( id TEXT NOT NULL, body TEXT NOT NULL, revision INTEGER DEFAULT '1' NOT NULL, "
        "PRIMARY KEY (id) )"
    )
