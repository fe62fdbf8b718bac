"""Movements of goods between places, and what they leave in each place."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, literal_column

from omsdesk.store.tables.schema import key, metadata, text, whole

stock_move = Table(
    "stock_move",
    metadata,
    key("document"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("product"),
    whole("quantity"),
    text("source"),
    text("target"),
    text("reason"),
    whole("utc_ms"),
    sqlite_with_rowid=False,
)
Index("stock_move_product", stock_move.c.product)
is_no_sale = (stock_move.c.source != literal_column("'customer'")) & (
    stock_move.c.target != literal_column("'customer'")
)
"""Written out, for an index is only used by who asks in its own words."""
is_sale = stock_move.c.reason == literal_column("'sale'")
Index("stock_move_counted", stock_move.c.product, stock_move.c.source, stock_move.c.target, sqlite_where=is_no_sale)
Index("stock_move_sold", stock_move.c.product, stock_move.c.utc_ms, sqlite_where=is_sale)

stock_level = Table("stock_level", metadata, key("product"), key("place"), whole("quantity"), sqlite_with_rowid=False)
