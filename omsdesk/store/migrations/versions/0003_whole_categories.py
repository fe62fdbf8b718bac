"""A category lists its products whether they are sold or not: the index holds them all, and says which are."""

from __future__ import annotations

from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Make the index anew, over every product."""
    op.execute("DROP INDEX product_category")
    op.execute("CREATE INDEX product_category ON product (category, no, is_sold)")
