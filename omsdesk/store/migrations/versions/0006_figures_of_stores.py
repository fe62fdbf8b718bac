"""Figures of all stores: what every ticket of a span came to is read from an index alone."""

from __future__ import annotations

from alembic import op

revision = "0006"
down_revision = "0005"

_CHANGES = (
    """
CREATE INDEX sale_day ON sale (till, day, currency, is_training, completed_ms, total, item_count)
 WHERE completed_ms IS NOT NULL
""",
    "CREATE INDEX sale_voided ON sale (till, started_ms) WHERE is_voided = 1",
    "CREATE INDEX shift_closed ON shift (till, closed_ms) WHERE closed_ms IS NOT NULL",
)


def upgrade() -> None:
    """Add the indexes."""
    for change in _CHANGES:
        op.execute(change)
