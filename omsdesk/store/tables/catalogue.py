"""Products, their barcodes, prices and categories, and what they are found by."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from omsdesk.store.tables.schema import key, metadata, text, whole

product = Table(
    "product",
    metadata,
    Column("no", Integer, primary_key=True),
    Column("id", Text, nullable=False, unique=True),
    whole("revision"),
    text("name"),
    text("variant"),
    text("family"),
    text("brand"),
    text("sku"),
    text("category"),
    text("unit", default="piece"),
    text("tax_category"),
    text("description"),
    text("image"),
    text("source_key"),
    whole("favourite"),
    whole("is_sold", default=1),
    whole("is_tracked", default=1),
    whole("sold_count"),
    # What is not ordinary about it, as JSON: of nearly every product nothing.
    text("traits"),
)
Index("product_sku", product.c.sku, sqlite_where=product.c.sku != "")
Index("product_source_key", product.c.source_key, sqlite_where=product.c.source_key != "")
Index("product_category", product.c.category, product.c.no, product.c.is_sold)
Index("product_family", product.c.family, product.c.no, sqlite_where=product.c.family != "")
Index("product_traits", product.c.no, sqlite_where=product.c.traits != "")
Index("product_favourite", product.c.favourite, sqlite_where=product.c.favourite > 0)

barcode = Table(
    "barcode",
    metadata,
    key("code"),
    Column("product_no", Integer, primary_key=True, autoincrement=False),
    whole("quantity", default=1_000_000),
    # Of several products that two stations gave one code, all but one are rivals: scanning finds the one.
    whole("is_rival"),
    sqlite_with_rowid=False,
)
Index("barcode_product", barcode.c.product_no)

price = Table(
    "price",
    metadata,
    Column("product_no", Integer, primary_key=True, autoincrement=False),
    key("list_id"),
    Column("from_quantity", Integer, primary_key=True, nullable=False),
    key("valid_from"),
    text("valid_to"),
    whole("minor", default=None),
    text("currency", default=None),
    sqlite_with_rowid=False,
)

price_list = Table(
    "price_list",
    metadata,
    key("id"),
    text("name"),
    whole("priority"),
    text("valid_from"),
    text("valid_to"),
    whole("is_given"),
    whole("off_ppm"),
)

category = Table("category", metadata, key("name"), sqlite_with_rowid=False)

early_sale = Table("early_sale", metadata, key("product"), whole("count"), sqlite_with_rowid=False)
"""How often products were sold that have yet to be heard of."""

search_term = Table("search_term", metadata, key("term"), text("reversed"), sqlite_with_rowid=False)
Index("search_term_reversed", search_term.c.reversed)

PRODUCT_SEARCH = """
CREATE VIRTUAL TABLE product_search
USING fts5(words, content='', columnsize=0, prefix='1 2 3', tokenize='ascii')
"""
"""The full-text index: SQLAlchemy has no word for a virtual table. It stores no text of its own.

It gets words that are folded already (``domain/words.py``), so its tokenizer has nothing to do but part them. Its rows
are numbered by ``search_row``, so that what is sold most is met first.
"""
