"""The journal's own statements."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, delete, exists, func, insert, select, update

from omsdesk.store.tables.journal import journal, moved, station
from omsdesk.store.tables.sync import fork

APPEND = insert(journal).values(
    {column.name: bindparam(column.name) for column in journal.c if column.name != "position"}
)

HEAD = (
    select(journal.c.number, journal.c.hash)
    .where(journal.c.origin == bindparam("origin"), journal.c.epoch == bindparam("epoch"))
    .order_by(journal.c.number.desc())
    .limit(1)
)

LAST_POSITION = select(func.max(journal.c.position))

LAST_MOMENT = select(journal.c.utc_ms).order_by(journal.c.position.desc()).limit(1)

_ENTRY = (
    journal.c.position,
    journal.c.utc_ms,
    journal.c.offset_minutes,
    journal.c.actor,
    journal.c.kind,
    journal.c.version,
    journal.c.body,
    func.coalesce(
        select(moved.c.hash).where(moved.c.position == journal.c.position).correlate(journal).scalar_subquery(),
        journal.c.hash,
    ),
)

OF_SUBJECT = (
    select(*_ENTRY)
    .where(journal.c.subject == bindparam("subject"), journal.c.position > bindparam("after"))
    .order_by(journal.c.position)
)

SINCE = (
    select(*_ENTRY).where(journal.c.position > bindparam("after")).order_by(journal.c.position).limit(bindparam("most"))
)

CHANGED_SINCE = (
    select(journal.c.position, journal.c.kind, journal.c.subject)
    .where(journal.c.position > bindparam("after"))
    .order_by(journal.c.position)
)

CHAIN = (
    select(
        journal.c.origin,
        journal.c.epoch,
        journal.c.number,
        journal.c.action,
        journal.c.utc_ms,
        journal.c.offset_minutes,
        journal.c.actor,
        journal.c.subject,
        journal.c.kind,
        journal.c.version,
        journal.c.body,
        journal.c.previous_hash,
        journal.c.hash,
        moved.c.epoch,
        moved.c.number,
        moved.c.hash,
    )
    .select_from(journal.outerjoin(moved, moved.c.position == journal.c.position))
    .order_by(journal.c.origin, journal.c.epoch, journal.c.number)
)

_SEALED = (
    journal.c.number,
    journal.c.action,
    journal.c.utc_ms,
    journal.c.offset_minutes,
    journal.c.actor,
    journal.c.subject,
    journal.c.kind,
    journal.c.version,
    journal.c.body,
    journal.c.hash,
    moved.c.epoch,
    moved.c.number,
    moved.c.hash,
)

_OF_CHAIN = (journal.c.origin == bindparam("origin")) & (journal.c.epoch == bindparam("epoch"))
_AT = _OF_CHAIN & (journal.c.number == bindparam("number"))

RUN = (
    select(*_SEALED)
    .select_from(journal.outerjoin(moved, moved.c.position == journal.c.position))
    .where(_OF_CHAIN, journal.c.number > bindparam("after"))
    .order_by(journal.c.number)
    .limit(bindparam("most"))
)

HASH_AT = select(journal.c.hash).where(_AT)

FIND = select(journal.c.position, journal.c.epoch, journal.c.number, journal.c.hash).where(
    _AT, journal.c.hash == bindparam("hash")
)

FIND_MOVED = (
    select(journal.c.position, journal.c.epoch, journal.c.number, journal.c.hash)
    .select_from(moved.join(journal, journal.c.position == moved.c.position))
    .where(
        journal.c.origin == bindparam("origin"),
        moved.c.epoch == bindparam("epoch"),
        moved.c.number == bindparam("number"),
        moved.c.hash == bindparam("hash"),
    )
)

_IS_HERE = select(journal.c.position).where(_AT)
_WAS_HERE = select(moved.c.position).where(moved.c.epoch == bindparam("epoch"), moved.c.number == bindparam("number"))
_IS_OURS = select(station.c.id).where(station.c.device == bindparam("origin"))
IS_NEW = select(and_(~exists(_IS_HERE), ~exists(_WAS_HERE), ~exists(_IS_OURS)))

REMEMBER_MOVE = (
    insert(moved).prefix_with("OR REPLACE").values({column.name: bindparam(column.name) for column in moved.c})
)

FORGET_MOVE = delete(moved).where(moved.c.position == bindparam("position"))

STRAY = (
    select(journal.c.origin, journal.c.epoch, journal.c.previous_hash, *_SEALED)
    .select_from(journal.outerjoin(moved, moved.c.position == journal.c.position))
    .where(journal.c.position == bindparam("position"))
)

POSITION_AT = select(journal.c.position).where(_AT)

MOVE = (
    update(journal)
    .where(journal.c.position == bindparam("at"))
    .values({name: bindparam(name) for name in ("epoch", "number", "action", "previous_hash", "hash")})
)

LAST_EPOCH = select(func.max(journal.c.epoch)).where(journal.c.origin == bindparam("origin"))

FORKED = select(fork.c.old_epoch, func.min(fork.c.kept)).group_by(fork.c.old_epoch)

STATION = select(station.c.device, station.c.epoch, station.c.till).where(station.c.id == 1)

SET_STATION = insert(station).values(id=1, device=bindparam("device"), epoch=bindparam("epoch"), till=bindparam("till"))

SET_STATION_TILL = update(station).values(till=bindparam("till")).where(station.c.id == 1)

RAISE_EPOCH = update(station).values(epoch=station.c.epoch + 1).where(station.c.id == 1)

SET_STATION_DEVICE = update(station).values(device=bindparam("device")).where(station.c.id == 1)
