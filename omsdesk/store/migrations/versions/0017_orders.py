"""Orders, the words they are found by, and what is kept for them."""

from __future__ import annotations

from alembic import op

revision = "0017"
down_revision = "0016"

_CHANGES = (
    """
CREATE TABLE shop_order (
    id TEXT NOT NULL,
    number TEXT DEFAULT '' NOT NULL,
    placed_ms INTEGER DEFAULT '0' NOT NULL,
    purpose TEXT DEFAULT '' NOT NULL,
    store TEXT DEFAULT '' NOT NULL,
    party TEXT DEFAULT '' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    phone TEXT DEFAULT '' NOT NULL,
    reference TEXT DEFAULT '' NOT NULL,
    currency TEXT DEFAULT '' NOT NULL,
    total INTEGER DEFAULT '0' NOT NULL,
    to_settle INTEGER DEFAULT '0' NOT NULL,
    until TEXT DEFAULT '' NOT NULL,
    is_open INTEGER DEFAULT '0' NOT NULL,
    is_known INTEGER DEFAULT '0' NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id)
)
""",
    "CREATE INDEX shop_order_number ON shop_order (number)",
    "CREATE INDEX shop_order_open ON shop_order (placed_ms) WHERE is_open = 1",
    "CREATE INDEX shop_order_time ON shop_order (placed_ms)",
    "CREATE INDEX shop_order_party ON shop_order (party) WHERE party != ''",
    """
CREATE TABLE order_word (
    word TEXT NOT NULL,
    shop_order TEXT NOT NULL,
    PRIMARY KEY (word, shop_order)
) WITHOUT ROWID
""",
    "CREATE INDEX order_word_order ON order_word (shop_order)",
    """
CREATE TABLE reservation (
    shop_order TEXT NOT NULL,
    line TEXT NOT NULL,
    product TEXT NOT NULL,
    place TEXT DEFAULT '' NOT NULL,
    quantity INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (shop_order, line, product)
) WITHOUT ROWID
""",
    "CREATE INDEX reservation_product ON reservation (product, place, quantity)",
)


def upgrade() -> None:
    """Add the tables."""
    for change in _CHANGES:
        op.execute(change)
