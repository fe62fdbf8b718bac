"""Where units with a serial number and lots went."""

from __future__ import annotations

from alembic import op

revision = "0016"
down_revision = "0015"

_CHANGES = (
    """
CREATE TABLE sale_trace (
    sale TEXT NOT NULL,
    position INTEGER NOT NULL,
    is_lot INTEGER NOT NULL,
    code TEXT NOT NULL,
    product TEXT DEFAULT '' NOT NULL,
    quantity INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, position, is_lot, code)
) WITHOUT ROWID
""",
    "CREATE INDEX sale_trace_code ON sale_trace (code, is_lot)",
)


def upgrade() -> None:
    """Add the table."""
    for change in _CHANGES:
        op.execute(change)
