"""Customers, the groups they belong to and the tickets that were theirs; price lists that are given to some of them."""

from __future__ import annotations

from alembic import op

revision = "0011"
down_revision = "0010"

_CHANGES = (
    """
CREATE TABLE customer (
    no INTEGER NOT NULL,
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    card TEXT DEFAULT '' NOT NULL,
    is_active INTEGER DEFAULT '1' NOT NULL,
    is_forgotten INTEGER DEFAULT '0' NOT NULL,
    visits INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (no),
    UNIQUE (id)
)
""",
    "CREATE INDEX customer_card ON customer (card) WHERE card != ''",
    """
CREATE TABLE customer_key (
    "key" TEXT NOT NULL,
    customer_no INTEGER NOT NULL,
    PRIMARY KEY ("key", customer_no)
) WITHOUT ROWID
""",
    """
CREATE TABLE customer_group (
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    PRIMARY KEY (id)
)
""",
    """
CREATE VIRTUAL TABLE customer_search
USING fts5(words, content='', columnsize=0, prefix='1 2 3', tokenize='ascii')
""",
    "ALTER TABLE sale ADD COLUMN customer TEXT DEFAULT '' NOT NULL",
    "CREATE INDEX sale_customer ON sale (customer, completed_ms) WHERE customer != ''",
    "ALTER TABLE price_list ADD COLUMN is_given INTEGER DEFAULT '0' NOT NULL",
    "ALTER TABLE price_list ADD COLUMN off_ppm INTEGER DEFAULT '0' NOT NULL",
)


def upgrade() -> None:
    """Add the tables and columns."""
    for change in _CHANGES:
        op.execute(change)
