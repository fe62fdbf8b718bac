"""Shifts, their running sums, and the movements of cash."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table

from omsdesk.store.tables.schema import key, metadata, text, whole

shift = Table(
    "shift",
    metadata,
    key("id"),
    text("till"),
    whole("opened_ms"),
    text("opened_by"),
    whole("float_counted"),
    text("currency"),
    text("first_number"),
    text("last_number"),
    Column("closed_ms", Integer),
    Column("z_number", Integer),
)
Index("shift_open", shift.c.till, shift.c.opened_ms, sqlite_where=shift.c.closed_ms.is_(None))
Index("shift_closed", shift.c.till, shift.c.closed_ms, sqlite_where=shift.c.closed_ms.is_not(None))

shift_sum = Table(
    "shift_sum",
    metadata,
    key("shift"),
    key("measure"),
    key("key"),
    text("name"),
    whole("count"),
    whole("amount"),
    whole("base"),
    sqlite_with_rowid=False,
)

cash_movement = Table(
    "cash_movement",
    metadata,
    key("id"),
    text("shift"),
    text("till"),
    whole("amount"),
    text("reason"),
    text("note"),
    whole("utc_ms"),
)
Index("cash_movement_shift", cash_movement.c.shift)

drawer_found_open = Table(
    "drawer_found_open",
    metadata,
    key("id"),
    text("till"),
    whole("utc_ms"),
    text("shift"),
    text("person"),
    sqlite_with_rowid=False,
)
"""Drawers that were open although nothing had asked for it. ``person`` was signed in; empty where nobody was."""
Index("drawer_found_open_time", drawer_found_open.c.utc_ms)

drawer_opening = Table(
    "drawer_opening",
    metadata,
    key("id"),
    text("till"),
    whole("utc_ms"),
    text("shift"),
    text("person"),
    text("reason"),
    sqlite_with_rowid=False,
)
"""Drawers that somebody opened without a sale, and why."""
Index("drawer_opening_time", drawer_opening.c.utc_ms)
