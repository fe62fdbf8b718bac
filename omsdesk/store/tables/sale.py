"""Tickets, and the lines, payments and taxes of the completed ones."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text

from omsdesk.store.tables.schema import key, metadata, text, whole

sale = Table(
    "sale",
    metadata,
    key("id"),
    text("till"),
    text("shift"),
    whole("started_ms"),
    text("currency"),
    whole("is_training"),
    Column("held_as", Text),
    whole("item_count"),
    whole("total"),
    Column("number", Text),
    Column("completed_ms", Integer),
    text("day"),
    text("cashier"),
    whole("is_voided"),
)
Index("sale_open", sale.c.till, sqlite_where=(sale.c.number.is_(None)) & (sale.c.is_voided == 0))
Index("sale_number", sale.c.number, sqlite_where=sale.c.number.is_not(None))
Index("sale_completed", sale.c.completed_ms, sqlite_where=sale.c.completed_ms.is_not(None))

sale_line = Table(
    "sale_line",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("line"),
    text("product"),
    text("name"),
    whole("quantity"),
    whole("unit_price"),
    whole("amount"),
    sqlite_with_rowid=False,
)

sale_tender = Table(
    "sale_tender",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("method"),
    text("kind"),
    whole("amount"),
    whole("given"),
    whole("change"),
    whole("rounding"),
    sqlite_with_rowid=False,
)

sale_tax = Table(
    "sale_tax",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    text("code"),
    whole("rate_ppm"),
    whole("net"),
    whole("amount"),
    sqlite_with_rowid=False,
)
