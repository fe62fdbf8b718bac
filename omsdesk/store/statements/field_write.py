"""What was written into fields: one statement reads all of a batch, ``subjects`` is a JSON array."""

from __future__ import annotations

from sqlalchemy import Text, bindparam, column, delete, func, select, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.field_write import field_conflict, field_write

_subjects = select(column("value", Text)).select_from(func.json_each(bindparam("subjects")))

_of_subjects = (field_write.c.noun == bindparam("noun")) & field_write.c.subject.in_(_subjects)

# What holds, and what was superseded before it was heard.
TO_MERGE = select(*(column for column in field_write.c if column.name != "noun")).where(
    _of_subjects, field_write.c.until.is_(None) | field_write.c.value.is_(None)
)
HEARD = select(
    field_write.c.subject,
    field_write.c.field,
    field_write.c.ref,
    field_write.c.generation,
    field_write.c.since,
    field_write.c.until,
).where(
    _of_subjects,
    field_write.c.value.is_not(None),
    field_write.c.until.is_(None) | (field_write.c.until > bindparam("after")),
)

_write = insert(field_write).values({column.name: bindparam(column.name) for column in field_write.c})
KEEP = _write.on_conflict_do_update(
    index_elements=["noun", "subject", "field", "ref"],
    set_={name: _write.excluded[name] for name in ("generation", "value", "since", "until", "position")},
)
KEEP_UNHEARD = _write.on_conflict_do_nothing()
SUPERSEDE = (
    update(field_write)
    .values(until=bindparam("revision"))
    .where(
        field_write.c.noun == bindparam("noun"),
        field_write.c.subject == bindparam("subject"),
        field_write.c.field == bindparam("field"),
        field_write.c.ref == bindparam("ref"),
    )
)
FORGET = delete(field_write).where(
    field_write.c.noun == bindparam("noun"),
    field_write.c.subject == bindparam("subject"),
    field_write.c.field == bindparam("field"),
    field_write.c.until <= bindparam("before"),
    field_write.c.value.is_not(None),
)

LEFT_AT = select(func.max(field_write.c.since)).where(
    field_write.c.noun == bindparam("noun"),
    field_write.c.subject == bindparam("subject"),
    field_write.c.ref.in_(select(column("value", Text)).select_from(func.json_each(bindparam("refs")))),
)

OPEN_CONFLICT = insert(field_conflict).on_conflict_do_nothing()
CONFLICTS_OF = select(field_conflict.c.subject).where(field_conflict.c.noun == bindparam("noun"))
CLOSE_CONFLICT = delete(field_conflict).where(
    field_conflict.c.noun == bindparam("noun"),
    field_conflict.c.subject == bindparam("subject"),
    field_conflict.c.field == bindparam("field"),
)
