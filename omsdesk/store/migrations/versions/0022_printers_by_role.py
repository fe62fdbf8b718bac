"""Several printers at a till, each with its role."""

from __future__ import annotations

from alembic import op

revision = "0022"
down_revision = "0021"


def upgrade() -> None:
    """Note for each job which printer it is for."""
    op.execute("ALTER TABLE print_job ADD COLUMN role TEXT DEFAULT 'receipt' NOT NULL")
