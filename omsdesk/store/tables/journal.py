"""The journal, and who this station is."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, LargeBinary, Table, Text, UniqueConstraint

from omsdesk.store.tables.schema import metadata, text, whole

journal = Table(
    "journal",
    metadata,
    Column("position", Integer, primary_key=True),
    text("origin", default=None),
    whole("epoch", default=None),
    whole("number", default=None),
    whole("action", default=None),
    whole("utc_ms", default=None),
    whole("offset_minutes", default=None),
    text("actor", default=None),
    text("subject", default=None),
    text("kind", default=None),
    whole("version", default=None),
    Column("body", LargeBinary, nullable=False),
    Column("previous_hash", LargeBinary, nullable=False),
    Column("hash", LargeBinary, nullable=False),
    UniqueConstraint("origin", "epoch", "number"),
)
Index("journal_subject", journal.c.subject, journal.c.position)

moved = Table(
    "moved",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    # Where the fact was written first, before a fork moved it to a new epoch.
    whole("epoch", default=None),
    whole("number", default=None),
    Column("hash", LargeBinary, nullable=False),
)
Index("moved_from", moved.c.epoch, moved.c.number)

station = Table(
    "station",
    metadata,
    Column("id", Integer, primary_key=True),
    text("device", default=None),
    whole("epoch", default=None),
    Column("till", Text),
)
