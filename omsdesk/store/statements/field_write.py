"""What was written into fields: one statement reads all of a batch, ``subjects`` is a JSON array."""

from __future__ import annotations

from sqlalchemy import Text, bindparam, column, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.field_write import field_conflict, field_write

_subjects = select(column("value", Text)).select_from(func.json_each(bindparam("subjects")))

OF_SUBJECTS = select(*(column for column in field_write.c if column.name != "noun")).where(
    field_write.c.noun == bindparam("noun"), field_write.c.subject.in_(_subjects)
)

_write = insert(field_write).values({column.name: bindparam(column.name) for column in field_write.c})
KEEP = _write.on_conflict_do_update(
    index_elements=["noun", "subject", "field", "ref"],
    set_={name: _write.excluded[name] for name in ("generation", "value", "since", "until", "position")},
)
FORGET = delete(field_write).where(
    field_write.c.noun == bindparam("noun"),
    field_write.c.subject == bindparam("subject"),
    field_write.c.field == bindparam("field"),
    field_write.c.ref == bindparam("ref"),
)

LEFT_AT = select(func.max(field_write.c.since)).where(
    field_write.c.noun == bindparam("noun"),
    field_write.c.subject == bindparam("subject"),
    field_write.c.ref.in_(select(column("value", Text)).select_from(func.json_each(bindparam("refs")))),
)

OPEN_CONFLICT = insert(field_conflict).on_conflict_do_nothing()
CLOSE_CONFLICT = delete(field_conflict).where(
    field_conflict.c.noun == bindparam("noun"),
    field_conflict.c.subject == bindparam("subject"),
    field_conflict.c.field == bindparam("field"),
)
