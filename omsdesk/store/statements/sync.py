"""What a station notes of its exchange with the service."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.journal import journal
from omsdesk.store.tables.sync import acknowledged, came_back, doubt, feed_mark, fork, quarantine

ACKNOWLEDGED = select(acknowledged.c.number).where(acknowledged.c.epoch == bindparam("epoch"))
_acknowledged = insert(acknowledged)
ACKNOWLEDGE = _acknowledged.on_conflict_do_update(
    index_elements=["epoch"],
    set_={"number": _acknowledged.excluded.number, "chain_end": _acknowledged.excluded.chain_end},
)
CHAIN_ENDS = select(acknowledged.c.epoch, acknowledged.c.chain_end)
FORGET_CHAIN_END = (
    update(acknowledged).values(chain_end=literal_column("x''")).where(acknowledged.c.epoch == bindparam("at"))
)

CAME_BACK = select(came_back.c.number).where(came_back.c.epoch == bindparam("epoch"))
_back = insert(came_back).values(epoch=bindparam("epoch"), number=bindparam("number"))
NOTE_BACK = _back.on_conflict_do_update(
    index_elements=["epoch"],
    set_={"number": _back.excluded.number},
    where=_back.excluded.number > came_back.c.number,
)

LAST_MARK = (
    select(feed_mark.c.number, feed_mark.c.digest, feed_mark.c.position)
    .where(feed_mark.c.scope == bindparam("scope"))
    .order_by(feed_mark.c.number.desc())
    .limit(1)
)
MARK = insert(feed_mark).values({name: bindparam(name) for name in ("scope", "number", "digest", "position")})
FORGET_MARKS = delete(feed_mark).where(feed_mark.c.scope == bindparam("scope"), feed_mark.c.number > bindparam("after"))
THIN_MARKS = delete(feed_mark).where(
    feed_mark.c.scope == bindparam("scope"),
    feed_mark.c.number < bindparam("before"),
    feed_mark.c.number % bindparam("step") != 0,
)

FORKED = insert(fork).values({name: bindparam(name) for name in ("epoch", "old_epoch", "kept", "moved")})
FORKS = select(fork.c.epoch, fork.c.old_epoch, fork.c.kept, fork.c.moved).order_by(fork.c.id)

KEPT = select(func.min(fork.c.kept)).where(fork.c.old_epoch == bindparam("epoch"))

HEARD_SINCE = (
    select(journal.c.position, journal.c.origin, journal.c.epoch, journal.c.number, journal.c.kind)
    .where(journal.c.position > bindparam("after"))
    .order_by(journal.c.position)
)
DOUBT = insert(doubt).prefix_with("OR IGNORE")
DOUBT_AGAIN = update(doubt).values(place=0).where(doubt.c.scope == bindparam("of"), doubt.c.place > bindparam("after"))
DOUBT_NO_MORE = update(doubt).values(place=bindparam("at")).where(doubt.c.position == bindparam("heard"))
IN_DOUBT = (
    select(doubt.c.position)
    .where(doubt.c.scope == bindparam("scope"), doubt.c.place == 0)
    .order_by(doubt.c.position)
    .limit(bindparam("most"))
)

SET_ASIDE = insert(quarantine).prefix_with("OR REPLACE")
TAKE_BACK = delete(quarantine).where(quarantine.c.position == bindparam("position"))
SET_ASIDES = select(quarantine.c.position, quarantine.c.reason).order_by(quarantine.c.position)
