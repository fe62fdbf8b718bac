"""The way to the variants of a family."""

from __future__ import annotations

from alembic import op

revision = "0020"
down_revision = "0019"


def upgrade() -> None:
    """Add the index."""
    op.execute("CREATE INDEX product_family ON product (family, no) WHERE family != ''")
