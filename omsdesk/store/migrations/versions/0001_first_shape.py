"""The first shape, written out: what these tables are later is a matter of later files."""

from __future__ import annotations

from alembic import op

revision = "0001"
down_revision = None

_SHAPE = """
CREATE TABLE barcode (
    code TEXT NOT NULL,
    product_no INTEGER NOT NULL,
    quantity INTEGER DEFAULT '1000000' NOT NULL,
    PRIMARY KEY (code)
) WITHOUT ROWID;
CREATE INDEX barcode_product ON barcode (product_no);
CREATE TABLE cash_movement (
    id TEXT NOT NULL,
    shift TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    note TEXT DEFAULT '' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX cash_movement_shift ON cash_movement (shift);
CREATE TABLE category (
    name TEXT NOT NULL,
    hue INTEGER DEFAULT '0' NOT NULL,
    position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (name)
);
CREATE TABLE counter (
    series TEXT NOT NULL,
    last INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (series)
);
CREATE TABLE journal (
    position INTEGER NOT NULL,
    origin TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    number INTEGER NOT NULL,
    action INTEGER NOT NULL,
    utc_ms INTEGER NOT NULL,
    offset_minutes INTEGER NOT NULL,
    actor TEXT NOT NULL,
    subject TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    body BLOB NOT NULL,
    previous_hash BLOB NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (position),
    UNIQUE (origin, epoch, number)
);
CREATE INDEX journal_subject ON journal (subject, position);
CREATE TABLE person (
    id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    is_active INTEGER DEFAULT '1' NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE price (
    product_no INTEGER NOT NULL,
    list_id TEXT NOT NULL,
    from_quantity INTEGER NOT NULL,
    valid_from TEXT NOT NULL,
    valid_to TEXT DEFAULT '' NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL,
    PRIMARY KEY (product_no, list_id, from_quantity, valid_from)
) WITHOUT ROWID;
CREATE TABLE price_list (
    id TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    priority INTEGER DEFAULT '0' NOT NULL,
    valid_from TEXT DEFAULT '' NOT NULL,
    valid_to TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE print_job (
    id TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    paper TEXT DEFAULT '' NOT NULL,
    document TEXT DEFAULT '' NOT NULL,
    is_copy INTEGER DEFAULT '0' NOT NULL,
    opens_drawer INTEGER DEFAULT '0' NOT NULL,
    state TEXT DEFAULT 'queued' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    asked_ms INTEGER DEFAULT '0' NOT NULL,
    asked_position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX print_job_document ON print_job (document);
CREATE INDEX print_job_unsettled ON print_job (till, asked_position)
    WHERE state IN ('queued', 'failed', 'sending', 'held', 'unknown');
CREATE TABLE product (
    no INTEGER NOT NULL,
    id TEXT NOT NULL,
    revision INTEGER DEFAULT '0' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    variant TEXT DEFAULT '' NOT NULL,
    family TEXT DEFAULT '' NOT NULL,
    brand TEXT DEFAULT '' NOT NULL,
    sku TEXT DEFAULT '' NOT NULL,
    category TEXT DEFAULT '' NOT NULL,
    unit TEXT DEFAULT 'piece' NOT NULL,
    tax_category TEXT DEFAULT '' NOT NULL,
    description TEXT DEFAULT '' NOT NULL,
    image TEXT DEFAULT '' NOT NULL,
    source_key TEXT DEFAULT '' NOT NULL,
    favourite INTEGER DEFAULT '0' NOT NULL,
    is_sold INTEGER DEFAULT '1' NOT NULL,
    is_tracked INTEGER DEFAULT '1' NOT NULL,
    sold_count INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (no),
    UNIQUE (id)
);
CREATE INDEX product_category ON product (category, no) WHERE is_sold = 1;
CREATE INDEX product_favourite ON product (favourite) WHERE favourite > 0;
CREATE INDEX product_sku ON product (sku) WHERE sku != '';
CREATE INDEX product_source_key ON product (source_key) WHERE source_key != '';
CREATE TABLE sale (
    id TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    shift TEXT DEFAULT '' NOT NULL,
    started_ms INTEGER DEFAULT '0' NOT NULL,
    currency TEXT DEFAULT '' NOT NULL,
    is_training INTEGER DEFAULT '0' NOT NULL,
    held_as TEXT,
    item_count INTEGER DEFAULT '0' NOT NULL,
    total INTEGER DEFAULT '0' NOT NULL,
    number TEXT,
    completed_ms INTEGER,
    day TEXT DEFAULT '' NOT NULL,
    cashier TEXT DEFAULT '' NOT NULL,
    is_voided INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX sale_completed ON sale (completed_ms) WHERE completed_ms IS NOT NULL;
CREATE INDEX sale_number ON sale (number) WHERE number IS NOT NULL;
CREATE INDEX sale_open ON sale (till) WHERE number IS NULL AND is_voided = 0;
CREATE TABLE sale_line (
    sale TEXT NOT NULL,
    position INTEGER NOT NULL,
    line TEXT DEFAULT '' NOT NULL,
    product TEXT DEFAULT '' NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    quantity INTEGER DEFAULT '0' NOT NULL,
    unit_price INTEGER DEFAULT '0' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, position)
) WITHOUT ROWID;
CREATE TABLE sale_tax (
    sale TEXT NOT NULL,
    position INTEGER NOT NULL,
    code TEXT DEFAULT '' NOT NULL,
    rate_ppm INTEGER DEFAULT '0' NOT NULL,
    net INTEGER DEFAULT '0' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, position)
) WITHOUT ROWID;
CREATE TABLE sale_tender (
    sale TEXT NOT NULL,
    position INTEGER NOT NULL,
    method TEXT DEFAULT '' NOT NULL,
    kind TEXT DEFAULT '' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    given INTEGER DEFAULT '0' NOT NULL,
    change INTEGER DEFAULT '0' NOT NULL,
    rounding INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (sale, position)
) WITHOUT ROWID;
CREATE TABLE search_term (
    term TEXT NOT NULL,
    reversed TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (term)
) WITHOUT ROWID;
CREATE INDEX search_term_reversed ON search_term (reversed);
CREATE TABLE shift (
    id TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    opened_ms INTEGER DEFAULT '0' NOT NULL,
    opened_by TEXT DEFAULT '' NOT NULL,
    float_counted INTEGER DEFAULT '0' NOT NULL,
    currency TEXT DEFAULT '' NOT NULL,
    first_number TEXT DEFAULT '' NOT NULL,
    last_number TEXT DEFAULT '' NOT NULL,
    closed_ms INTEGER,
    z_number INTEGER,
    PRIMARY KEY (id)
);
CREATE INDEX shift_open ON shift (till) WHERE closed_ms IS NULL;
CREATE TABLE shift_sum (
    shift TEXT NOT NULL,
    measure TEXT NOT NULL,
    "key" TEXT NOT NULL,
    name TEXT DEFAULT '' NOT NULL,
    count INTEGER DEFAULT '0' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    base INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (shift, measure, "key")
) WITHOUT ROWID;
CREATE TABLE shop (
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE TABLE signed_in (
    till TEXT NOT NULL,
    person TEXT DEFAULT '' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (till)
);
CREATE TABLE station (
    id INTEGER NOT NULL,
    device TEXT NOT NULL,
    epoch INTEGER NOT NULL,
    till TEXT,
    PRIMARY KEY (id)
);
CREATE TABLE stock_level (
    product TEXT NOT NULL,
    place TEXT NOT NULL,
    quantity INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (product, place)
) WITHOUT ROWID;
CREATE TABLE stock_move (
    document TEXT NOT NULL,
    position INTEGER NOT NULL,
    product TEXT DEFAULT '' NOT NULL,
    quantity INTEGER DEFAULT '0' NOT NULL,
    source TEXT DEFAULT '' NOT NULL,
    target TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (document, position)
) WITHOUT ROWID;
CREATE INDEX stock_move_product ON stock_move (product);
CREATE TABLE till (
    id TEXT NOT NULL,
    shop TEXT DEFAULT '' NOT NULL,
    body TEXT NOT NULL,
    PRIMARY KEY (id)
);
CREATE VIRTUAL TABLE product_search
USING fts5(words, content='', columnsize=0, prefix='1 2 3', tokenize='ascii');
"""


def upgrade() -> None:
    """Create every table."""
    for statement in _SHAPE.split(";\n"):
        if statement.strip():
            op.execute(statement)
