"""Where units and lots went: the serial and lot numbers of what was sold and of what came back."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from omsdesk.store.tables.schema import key, metadata, text, whole

sale_trace = Table(
    "sale_trace",
    metadata,
    key("sale"),
    Column("position", Integer, primary_key=True, nullable=False),
    Column("is_lot", Integer, primary_key=True, nullable=False),
    key("code"),
    text("product"),
    # Below zero for what came back.
    whole("quantity"),
    sqlite_with_rowid=False,
)
Index("sale_trace_code", sale_trace.c.code, sale_trace.c.is_lot)
