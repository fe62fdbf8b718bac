"""What somebody agreed to that another person may not do alone, and PINs that were wrong too often."""

from __future__ import annotations

from sqlalchemy import Index, Table

from omsdesk.store.tables.schema import key, metadata, text, whole

approval = Table(
    "approval",
    metadata,
    key("id"),
    text("till"),
    whole("utc_ms"),
    text("right"),
    whole("most"),
    text("sale"),
    whole("until_ms"),
    text("approver"),
    text("asker"),
    text("reason"),
    whole("by_badge"),
    whole("is_training"),
    sqlite_with_rowid=False,
)
Index("approval_sale", approval.c.sale, sqlite_where=approval.c.sale != "")
Index("approval_until", approval.c.till, approval.c.until_ms, sqlite_where=approval.c.until_ms > 0)
Index("approval_time", approval.c.utc_ms)

shut_out = Table(
    "shut_out",
    metadata,
    key("id"),
    text("person"),
    text("till"),
    whole("utc_ms"),
    whole("until_ms"),
    whole("wrong"),
    text("right"),
    text("asker"),
    sqlite_with_rowid=False,
)
"""PINs that were wrong too often. ``asker`` stood at the till; empty where it was locked."""
Index("shut_out_of", shut_out.c.person, shut_out.c.till, shut_out.c.utc_ms)
Index("shut_out_time", shut_out.c.utc_ms)
