"""Codes that are good once, and where they were used."""

from __future__ import annotations

from sqlalchemy import Index, Table

from omsdesk.store.tables.schema import key, metadata, text, whole

coupon = Table(
    "coupon", metadata, key("code"), text("promotion"), text("batch"), whole("made_ms"), sqlite_with_rowid=False
)
Index("coupon_promotion", coupon.c.promotion, coupon.c.batch)

coupon_use = Table(
    "coupon_use",
    metadata,
    key("code"),
    key("sale"),
    key("number"),
    text("shop"),
    text("till"),
    whole("utc_ms"),
    whole("offset_minutes"),
    sqlite_with_rowid=False,
)
"""A code stands here twice where two tills took it that did not hear of each other."""
