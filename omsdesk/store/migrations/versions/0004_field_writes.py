"""Fields that several stations write are merged: who wrote what, what a person has to choose, codes of two products.

A table whose key or order changes is made anew, so that it reads as the one of a new database does.
"""

from __future__ import annotations

from alembic import op

revision = "0004"
down_revision = "0003"

_CHANGES = (
    """
CREATE TABLE field_write (
    noun TEXT NOT NULL,
    subject TEXT NOT NULL,
    field TEXT NOT NULL,
    ref TEXT NOT NULL,
    generation INTEGER DEFAULT '0' NOT NULL,
    value TEXT,
    since INTEGER DEFAULT '0' NOT NULL,
    until INTEGER,
    position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (noun, subject, field, ref)
) WITHOUT ROWID
""",
    """
CREATE TABLE field_conflict (
    noun TEXT NOT NULL,
    subject TEXT NOT NULL,
    field TEXT NOT NULL,
    PRIMARY KEY (noun, subject, field)
) WITHOUT ROWID
""",
    "ALTER TABLE barcode RENAME TO old_barcode",
    """
CREATE TABLE barcode (
    code TEXT NOT NULL,
    product_no INTEGER NOT NULL,
    quantity INTEGER DEFAULT '1000000' NOT NULL,
    is_rival INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (code, product_no)
) WITHOUT ROWID
""",
    "INSERT INTO barcode (code, product_no, quantity) SELECT code, product_no, quantity FROM old_barcode",
    "DROP TABLE old_barcode",
    "CREATE INDEX barcode_product ON barcode (product_no)",
    "ALTER TABLE category RENAME TO old_category",
    """
CREATE TABLE category (
    name TEXT NOT NULL,
    PRIMARY KEY (name)
) WITHOUT ROWID
""",
    "INSERT INTO category (name) SELECT name FROM old_category",
    "DROP TABLE old_category",
    "ALTER TABLE shop RENAME TO old_shop",
    """
CREATE TABLE shop (
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    PRIMARY KEY (id)
)
""",
    "INSERT INTO shop (id, body) SELECT id, body FROM old_shop",
    "DROP TABLE old_shop",
    "ALTER TABLE till RENAME TO old_till",
    """
CREATE TABLE till (
    id TEXT NOT NULL,
    shop TEXT DEFAULT '' NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    PRIMARY KEY (id)
)
""",
    "INSERT INTO till (id, shop, body) SELECT id, shop, body FROM old_till",
    "DROP TABLE old_till",
    "ALTER TABLE person RENAME TO old_person",
    """
CREATE TABLE person (
    id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    is_active INTEGER DEFAULT '1' NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    PRIMARY KEY (id)
)
""",
    "INSERT INTO person (id, name, is_active, body) SELECT id, name, is_active, body FROM old_person",
    "DROP TABLE old_person",
)


def upgrade() -> None:
    """Make the new tables, and the old ones anew."""
    for change in _CHANGES:
        op.execute(change)
