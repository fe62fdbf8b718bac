"""Receipts are found by amount, card and article; lines say what the shelf said, refunds of which receipt they are."""

from __future__ import annotations

from alembic import op

revision = "0012"
down_revision = "0011"

_CHANGES = (
    "ALTER TABLE sale_line ADD COLUMN shelf_price INTEGER DEFAULT '-1' NOT NULL",
    "UPDATE sale_line SET shelf_price = unit_price WHERE quantity > 0",
    "ALTER TABLE sale_tender ADD COLUMN reference TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX sale_tender_reference ON sale_tender (reference) WHERE reference != ''",
    """
CREATE TABLE sale_refund (
    sale TEXT NOT NULL,
    position INTEGER NOT NULL,
    sold_sale TEXT DEFAULT '' NOT NULL,
    method TEXT DEFAULT '' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, position)
) WITHOUT ROWID
""",
    "CREATE INDEX sale_refund_sold ON sale_refund (sold_sale, method, amount)",
    "CREATE INDEX sale_total ON sale (total, completed_ms) WHERE completed_ms IS NOT NULL",
    "CREATE INDEX stock_move_sold ON stock_move (product, utc_ms) WHERE reason = 'sale'",
)


def upgrade() -> None:
    """Add the columns, the table and the indexes."""
    for change in _CHANGES:
        op.execute(change)
