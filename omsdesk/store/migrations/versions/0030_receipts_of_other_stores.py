"""Receipts of other stores that were copied here, and what came back elsewhere."""

from __future__ import annotations

from alembic import op

revision = "0030"
down_revision = "0029"

_CHANGES = (
    """
CREATE TABLE copied_receipt (
    sale TEXT NOT NULL,
    number TEXT NOT NULL,
    shop TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    completed_ms INTEGER DEFAULT '0' NOT NULL,
    item_count INTEGER DEFAULT '0' NOT NULL,
    total INTEGER DEFAULT '0' NOT NULL,
    currency TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (sale, number)
) WITHOUT ROWID
""",
    "CREATE INDEX copied_receipt_number ON copied_receipt (number)",
    """
CREATE TABLE told_return (
    sale TEXT NOT NULL,
    number TEXT NOT NULL,
    sold_line TEXT NOT NULL,
    sold_sale TEXT DEFAULT '' NOT NULL,
    quantity INTEGER DEFAULT '0' NOT NULL,
    shop TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    completed_ms INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, number, sold_line)
) WITHOUT ROWID
""",
    "CREATE INDEX told_return_sold ON told_return (sold_line, quantity)",
    """
CREATE TABLE told_refund (
    sale TEXT NOT NULL,
    number TEXT NOT NULL,
    sold_sale TEXT NOT NULL,
    method TEXT NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, number, sold_sale, method)
) WITHOUT ROWID
""",
    "CREATE INDEX told_refund_sold ON told_refund (sold_sale)",
    """
CREATE TABLE told_trace (
    sale TEXT NOT NULL,
    number TEXT NOT NULL,
    product TEXT NOT NULL,
    code TEXT NOT NULL,
    is_lot INTEGER NOT NULL,
    quantity INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, number, product, code, is_lot)
) WITHOUT ROWID
""",
    "CREATE INDEX told_trace_code ON told_trace (code, product)",
)


def upgrade() -> None:
    """Add the tables: nothing was known of other stores' tickets before."""
    for change in _CHANGES:
        op.execute(change)
