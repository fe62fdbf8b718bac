"""Promotions, as bodies that the engine reads."""

from __future__ import annotations

from sqlalchemy import Index, Table

from omsdesk.store.tables.schema import key, metadata, text, whole

promotion = Table(
    "promotion",
    metadata,
    key("id"),
    text("body", default=None),
    whole("revision", default=1),
    text("valid_from"),
    text("valid_to"),
    whole("priority"),
    whole("is_active", default=1),
    # Where the journal of this station spoke of it last: what was read of promotions holds until this rises.
    whole("position"),
)
Index("promotion_position", promotion.c.position)
