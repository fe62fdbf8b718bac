"""Hearing: a station asks for what follows in a feed, and takes it together with its place there."""

from __future__ import annotations

import hashlib
import time
from collections.abc import Iterable, Sequence
from functools import partial
from typing import NamedTuple

from omsdesk.store import exchange, journal
from omsdesk.store.database import Database
from omsdesk.store.engine import Connection
from omsdesk.store.exchange import Mark, Parted
from omsdesk.store.queries.till import station
from omsdesk.sync.messages import Garbled, Heard, Item, Stray, Wanted
from omsdesk.sync.push import MOST_BYTES
from omsdesk.sync.scopes import EVERYWHERE, scope_of

HOLD_SECONDS = 0.04
"""How long entries are taken in one transaction while nobody waits. Another program of this station, whose waiting is
not seen here, waits no longer than this for its sale; somebody at this one waits for one entry."""


def digest_after(digest: bytes, item: Item) -> bytes:
    """Compute the digest of a feed after one more item."""
    place = f"{item.origin}/{item.epoch}/{item.number}/".encode()
    return hashlib.sha256(digest + place + item.hash).digest()


# ---- the station's half


class Step(NamedTuple):
    """An item of a feed that was checked, and the places before and after it."""

    before: Mark
    item: Item
    after: Mark


def next_wish(reader: Connection, scope: str) -> Wanted:
    """Ask for what follows after what was heard last."""
    with reader.snapshot():
        where, place = station(reader), exchange.heard(reader, scope)
        # Only what the service is known to have as it is here: what came since may have gone on otherwise there.
        owned = tuple((epoch, exchange.acknowledged(reader, epoch)) for epoch in range(1, where.epoch + 1))
    return Wanted(scope, place.number, place.digest, owned)


def steps(wanted: Wanted, heard: Heard) -> list[Step]:
    """Check what was heard, all of it.

    Raises:
        Garbled: an entry is not what was written, or the items do not lead to the digest that the service has.

    """
    found, place = list[Step](), Mark(wanted.after, wanted.digest)
    for item in heard.items:
        before, place = place, Mark(place.number + 1, digest_after(place.digest, item))
        found.append(Step(before, _checked(item), place))
    if place.digest != heard.digest:
        raise Garbled(f"The feed after {wanted.after} does not lead to the digest that the service has.")
    return found


def _checked(item: Item) -> Item:
    if item.entry and journal.seal(item.origin, item.epoch, item.previous, item.entry) != item.hash:
        raise Garbled(f"Entry {item.number} of {item.origin} is not what was written.")
    return item


def take_steps(database: Database, scope: str, found: Sequence[Step]) -> tuple[int, int]:
    """Put items into journal and tables, with their place in the feed, as one; as many as there is time for.

    Gives how much was new, and how many steps are done.
    """
    writer, fresh = database.writer, 0
    end = time.monotonic() + HOLD_SECONDS
    with writer.transaction():
        is_own = journal.own(writer)
        # What another program of this station took meanwhile is taken.
        place = exchange.heard(writer, scope)
        begun = done = next((at for at, step in enumerate(found) if step.before == place), len(found))
        while done < len(found):
            item = found[done].item
            fresh += _take(writer, found[done])
            if scope == EVERYWHERE and is_own(item.origin, item.epoch, item.number):
                exchange.note_came_back(writer, item.epoch, item.number)
            done += 1
            if database.is_waited_for() or time.monotonic() > end:
                break
        if done > begun:
            exchange.mark(writer, scope, found[done - 1].after)
    return fresh, done


def _take(writer: Connection, step: Step) -> bool:
    item = step.item
    if item.entry is not None:
        return exchange.take(writer, item.origin, item.epoch, item.previous, item.entry, step.after.number)
    if journal.hash_at(writer, item.origin, item.epoch, item.number) != item.hash:
        # It came without content because this station is said to have it, and it has something else there.
        raise Parted
    return False


def go_back(database: Database, wanted: Wanted) -> None:
    """Go to the mark before: the service lost its end, and the last place that both know lies further back.

    What was heard since is doubted until it is heard again: who wrote it may have lost it too.
    """
    writer = database.writer
    with writer.transaction():
        exchange.forget_marks(writer, wanted.scope, max(0, wanted.after - 1))
        exchange.doubt_since(writer, wanted.scope, partial(_goes_to, wanted.scope))


def _goes_to(scope: str, kind: str) -> bool:
    return (scope_of(kind, "store") == EVERYWHERE) == (scope == EVERYWHERE) and scope_of(kind, "store") is not None


def strays(reader: Connection, scope: str) -> dict[int, Stray]:
    """Read what is still doubted after everything was heard again, by its position here: what fits into a message."""
    found, size = dict[int, Stray](), 0
    for position in exchange.in_doubt(reader, scope):
        stray = Stray(*journal.stray(reader, position))
        size += len(stray.entry.body)
        if found and size > MOST_BYTES:
            break
        found[position] = stray
    return found


def note_known(database: Database, scope: str, positions: Iterable[int]) -> None:
    """Note that the service has these, though it does not tell them: somebody has to look at them first."""
    with database.writer.transaction():
        exchange.doubt_no_more(database.writer, positions, exchange.heard(database.writer, scope).number + 1)


# ---- the service's half


def is_same_feed(wanted: Wanted, high: int, digest: bytes | None) -> bool:
    """Tell whether a station heard this feed: it is not ahead, and had the same digest where it stands."""
    return wanted.after <= high and wanted.digest == digest
