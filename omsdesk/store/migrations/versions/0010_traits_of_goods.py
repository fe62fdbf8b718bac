"""What the till has to know of goods that are out of the ordinary."""

from __future__ import annotations

from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the column, and the way to those that have any."""
    op.execute("ALTER TABLE product ADD COLUMN traits TEXT DEFAULT '' NOT NULL")
    op.execute("CREATE INDEX product_traits ON product (no) WHERE traits != ''")
