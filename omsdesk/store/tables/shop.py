"""The shop, its tills, its people, their roles and the counters of its receipt series."""

from __future__ import annotations

from sqlalchemy import Table

from omsdesk.store.tables.schema import key, metadata, text, whole

shop = Table("shop", metadata, key("id"), text("body", default=None), whole("revision", default=1))

till = Table("till", metadata, key("id"), text("shop"), text("body", default=None), whole("revision", default=1))

person = Table(
    "person",
    metadata,
    key("id"),
    text("name"),
    whole("is_active", default=1),
    text("body", default=None),
    whole("revision", default=1),
)

role = Table("role", metadata, key("id"), text("body", default=None), whole("revision", default=1))

signed_in = Table("signed_in", metadata, key("till"), text("person"), whole("utc_ms"))

counter = Table("counter", metadata, key("series"), whole("last"))
