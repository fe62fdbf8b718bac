"""The search index: how it is kept, and how products are found in it as somebody types."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.catalogue import barcode, product, search_term
from omsdesk.store.tables.search_rows import SHELF

# ---- writing

INDEX_WORDS = "INSERT INTO product_search(rowid, words) VALUES (:row, :words)"
FORGET_WORDS = "INSERT INTO product_search(product_search, rowid, words) VALUES ('delete', :row, :words)"
ADD_TERM = insert(search_term).on_conflict_do_nothing()

# ---- finding products

_FOUND = (
    product.c.no, product.c.id, product.c.name, product.c.variant, product.c.brand, product.c.sku,
    product.c.category, product.c.sold_count,
)  # fmt: skip

# SQLAlchemy has no word for MATCH on a virtual table.
BY_WORDS = f"""
SELECT {", ".join(column.name for column in _FOUND)}
FROM product_search CROSS JOIN product ON product.no = (product_search.rowid & {SHELF - 1})
WHERE product_search MATCH :expression AND product_search.rowid < {SHELF}
LIMIT :most
"""  # noqa: S608 - made of names and numbers of this package

# The innermost limit holds however many of the codes belong to products that are not sold any more.
_coded = (
    select(barcode.c.product_no)
    .where(barcode.c.code >= bindparam("low"), barcode.c.code < bindparam("high"))
    .limit(bindparam("most"))
    .subquery()
)
BY_CODE = select(*_FOUND).join(_coded, _coded.c.product_no == product.c.no).where(product.c.is_sold == 1)

# ---- mending typing errors

_term, _reversed = search_term.c.term, search_term.c.reversed
_is_as_long = func.length(_term).between(bindparam("shortest"), bindparam("longest"))
TERMS_STARTING = (
    select(_term).where(_term >= bindparam("low"), _term < bindparam("high"), _is_as_long).limit(bindparam("most"))
)
TERMS_ENDING = (
    select(_term)
    .where(_reversed >= bindparam("low"), _reversed < bindparam("high"), _is_as_long)
    .limit(bindparam("most"))
)
