"""Movements of goods between places, and what they leave in each place."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

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

stock_level = Table("stock_level", metadata, key("product"), key("place"), whole("quantity"), sqlite_with_rowid=False)
