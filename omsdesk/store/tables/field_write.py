"""What was written into the fields of master data, and which of them a person has to choose a value for."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from omsdesk.store.tables.schema import key, metadata, whole

field_write = Table(
    "field_write",
    metadata,
    key("noun"),
    key("subject"),
    key("field"),
    key("ref"),
    whole("generation"),
    # Nothing where a write was superseded that was not heard yet.
    Column("value", Text),
    # The revisions of the subject, by the count of this station, from and until which it was what holds.
    whole("since"),
    Column("until", Integer),
    whole("position"),
    sqlite_with_rowid=False,
)

field_conflict = Table("field_conflict", metadata, key("noun"), key("subject"), key("field"), sqlite_with_rowid=False)
