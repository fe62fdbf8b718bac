"""Codes of coupons that are good once, and where they were used."""

from __future__ import annotations

from alembic import op

revision = "0018"
down_revision = "0017"

_CHANGES = (
    """
CREATE TABLE coupon (
    code TEXT NOT NULL,
    promotion TEXT DEFAULT '' NOT NULL,
    batch TEXT DEFAULT '' NOT NULL,
    made_ms INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID
""",
    "CREATE INDEX coupon_promotion ON coupon (promotion, batch)",
    """
CREATE TABLE coupon_use (
    code TEXT NOT NULL,
    sale TEXT NOT NULL,
    number TEXT NOT NULL,
    shop TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    offset_minutes INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (code, sale, number)
) WITHOUT ROWID
""",
)


def upgrade() -> None:
    """Add the tables."""
    for change in _CHANGES:
        op.execute(change)
