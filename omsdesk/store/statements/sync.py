"""What a station notes of its exchange with the service."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.sync import acknowledged, feed_mark, fork, quarantine

ACKNOWLEDGED = select(acknowledged.c.number).where(acknowledged.c.epoch == bindparam("epoch"))
_acknowledged = insert(acknowledged)
ACKNOWLEDGE = _acknowledged.on_conflict_do_update(
    index_elements=["epoch"], set_={"number": _acknowledged.excluded.number}
)

LAST_MARK = (
    select(feed_mark.c.number, feed_mark.c.digest)
    .where(feed_mark.c.scope == bindparam("scope"))
    .order_by(feed_mark.c.number.desc())
    .limit(1)
)
MARKS = (
    select(feed_mark.c.number, feed_mark.c.digest)
    .where(feed_mark.c.scope == bindparam("scope"))
    .order_by(feed_mark.c.number.desc())
)
MARK = insert(feed_mark)
FORGET_MARKS = delete(feed_mark).where(feed_mark.c.scope == bindparam("scope"), feed_mark.c.number > bindparam("after"))
THIN_MARKS = delete(feed_mark).where(
    feed_mark.c.scope == bindparam("scope"),
    feed_mark.c.number < bindparam("before"),
    feed_mark.c.number % bindparam("step") != 0,
)

FORKED = insert(fork).values({name: bindparam(name) for name in ("epoch", "old_epoch", "kept", "moved")})
FORKS = select(fork.c.epoch, fork.c.old_epoch, fork.c.kept, fork.c.moved).order_by(fork.c.id)

KEPT = select(func.min(fork.c.kept)).where(fork.c.old_epoch == bindparam("epoch"))

SET_ASIDE = insert(quarantine)
SET_ASIDES = select(quarantine.c.position, quarantine.c.reason).order_by(quarantine.c.position)
