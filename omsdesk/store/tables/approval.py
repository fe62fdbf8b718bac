"""What somebody agreed to that another person may not do alone."""

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
    sqlite_with_rowid=False,
)
Index("approval_sale", approval.c.sale, sqlite_where=approval.c.sale != "")
Index("approval_until", approval.c.till, approval.c.until_ms, sqlite_where=approval.c.until_ms > 0)
Index("approval_time", approval.c.utc_ms)
