"""Stock is known once somebody counted or received: an index of movements that are no sales."""

from __future__ import annotations

from alembic import op

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Add the index."""
    op.execute(
        "CREATE INDEX stock_move_counted ON stock_move (product, source, target)"
        " WHERE source != 'customer' AND target != 'customer'"
    )
