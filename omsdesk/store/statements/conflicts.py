"""What several stations said of one field without knowing of each other, and nobody has settled yet."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select

from omsdesk.store.tables.field_write import field_conflict, field_write
from omsdesk.store.tables.journal import journal

COUNT = select(func.count()).select_from(field_conflict)

OPEN = (
    select(field_conflict.c.noun, field_conflict.c.subject, field_conflict.c.field)
    .order_by(field_conflict.c.noun, field_conflict.c.subject, field_conflict.c.field)
    .limit(bindparam("most"))
)

VALUES = (
    select(field_write.c.value, journal.c.actor, journal.c.utc_ms, journal.c.offset_minutes, journal.c.origin)
    .join(journal, journal.c.position == field_write.c.position)
    .where(
        field_write.c.noun == bindparam("noun"),
        field_write.c.subject == bindparam("subject"),
        field_write.c.field == bindparam("field"),
        field_write.c.until.is_(None),
    )
    .order_by(field_write.c.generation.desc(), field_write.c.ref.desc())
)
