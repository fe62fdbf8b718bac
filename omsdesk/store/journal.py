"""The journal: what happened, in order, each entry chained to the one before by its hash."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Collection, Iterator
from typing import NamedTuple

from omsdesk.domain.body import from_json, to_json
from omsdesk.domain.messages import Event
from omsdesk.domain.records import record
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection, Row
from omsdesk.store.sql import Statements

_sql = Statements("journal")

GENESIS = bytes(32)
LIMBO = 0
"""The epoch of entries of other stations whose place in their chain was taken by another one."""
_PACK_ABOVE = 2048
_CHAIN_COLUMNS = 13
"""Of an entry in its chain; after them comes where it was written first, if not there."""


@record
class Entry:
    """A fact in its envelope. ``position`` is its place in this database, whatever device it came from."""

    position: int
    stamp: Stamp
    actor: str
    fact: Event
    ref: str
    """What other facts name it by, everywhere and for ever: see ``ref_of``."""


class Head(NamedTuple):
    """The end of an origin's chain."""

    number: int
    hash: bytes


class FactId(NamedTuple):
    """Where a fact was written first: it stays the same fact when a fork moves it to a new epoch."""

    epoch: int
    number: int
    hash: bytes


class Place(NamedTuple):
    """Where a fact stands: its position here, and its place in a chain."""

    position: int
    epoch: int
    number: int
    hash: bytes


class Sealed(NamedTuple):
    """An entry as it travels: envelope, body as it was hashed, its hash, and where it was written first if not here."""

    number: int
    action: int
    utc_ms: int
    offset_minutes: int
    actor: str
    subject: str
    kind: str
    version: int
    body: bytes
    hash: bytes
    first: FactId | None = None


class Broken(NamedTuple):
    """A place where the chain does not hold."""

    origin: str
    epoch: int
    number: int
    reason: str


class Author(NamedTuple):
    """Who writes: the device, its epoch, the person and the moment."""

    origin: str
    epoch: int
    actor: str
    stamp: Stamp


def ref_of(first_hash: bytes) -> str:
    """Name a fact by the hash it was first written with, which no fork changes: 64 bits of it tell facts apart."""
    return first_hash[:8].hex()


def head(connection: Connection, origin: str, epoch: int) -> Head:
    """Read the end of a chain; number 0 where it has no entry yet."""
    found = connection.row(_sql.HEAD, origin=origin, epoch=epoch)
    return Head(*found) if found else Head(0, GENESIS)


def append(connection: Connection, author: Author, previous: Head, action: int, fact: Event) -> tuple[Head, Entry]:
    """Add a fact to the end of the chain; durable when the transaction around it is committed."""
    body = to_json(fact)
    number = previous.number + 1
    digest = _hash(
        previous.hash, author.origin, author.epoch, number, action, author.stamp.utc_ms, author.stamp.offset_minutes,
        author.actor, fact.subject, fact.kind, fact.version, body,
    )  # fmt: skip
    position = connection.raw.execute(
        _sql.APPEND,
        {
            "origin": author.origin,
            "epoch": author.epoch,
            "number": number,
            "action": action,
            "utc_ms": author.stamp.utc_ms,
            "offset_minutes": author.stamp.offset_minutes,
            "actor": author.actor,
            "subject": fact.subject,
            "kind": fact.kind,
            "version": fact.version,
            "body": _pack(body),
            "previous_hash": previous.hash,
            "hash": digest,
        },
    ).lastrowid
    return Head(number, digest), Entry(position or 0, author.stamp, author.actor, fact, ref_of(digest))


def seal(origin: str, epoch: int, previous: bytes, entry: Sealed) -> bytes:
    """Compute the hash that an entry must have after another one.

    Where a moved fact was written first is part of it: by that place everybody tells whether they have it already.
    """
    return _hash(
        previous, origin, epoch, entry.number, entry.action, entry.utc_ms, entry.offset_minutes, entry.actor,
        entry.subject, entry.kind, entry.version, entry.body, *(entry.first or ()),
    )  # fmt: skip


def last_epoch(connection: Connection, origin: str) -> int:
    """Read the newest epoch of a device that this journal holds anything of."""
    return int(connection.value(_sql.LAST_EPOCH, origin=origin) or 0)


def run_after(connection: Connection, origin: str, epoch: int, after: int, most: int = 500) -> list[Sealed]:
    """Read the next entries of a chain as they travel."""
    return [_sealed(row) for row in connection.rows(_sql.RUN, origin=origin, epoch=epoch, after=after, most=most)]


def hash_at(connection: Connection, origin: str, epoch: int, number: int) -> bytes | None:
    """Read the hash at a place of a chain; that of nothing before the first entry, None beyond the last."""
    if not number:
        return GENESIS
    found: bytes | None = connection.value(_sql.HASH_AT, origin=origin, epoch=epoch, number=number)
    return found


def find(connection: Connection, origin: str, epoch: int, entry: Sealed) -> Place | None:
    """Find a fact in this journal, whatever its place in a chain; None where it is not known."""
    first = (entry.first or FactId(epoch, entry.number, entry.hash))._asdict()
    found = connection.row(_sql.FIND, origin=origin, **first) or connection.row(_sql.FIND_MOVED, origin=origin, **first)
    return Place(*found) if found else None


def is_new(connection: Connection, origin: str, epoch: int, entry: Sealed) -> bool:
    """Tell with one question of what is usual: another station wrote it, and nothing is known of it or its place.

    False says nothing: then whoever asks has to look at it from all sides.
    """
    return entry.first is None and bool(connection.value(_sql.IS_NEW, origin=origin, epoch=epoch, number=entry.number))


def keep(connection: Connection, origin: str, epoch: int, previous: bytes, entry: Sealed) -> int:
    """Add an entry of another device as it came; gives its position here."""
    row = entry._asdict()
    first: FactId | None = row.pop("first")
    row |= {"origin": origin, "epoch": epoch, "previous_hash": previous, "body": _pack(entry.body)}
    position = connection.raw.execute(_sql.APPEND, row).lastrowid or 0
    if first is not None:
        connection.run(_sql.REMEMBER_MOVE, position=position, **first._asdict())
    return position


def put_where_it_is_told(connection: Connection, position: int, epoch: int, previous: bytes, entry: Sealed) -> None:
    """Give a fact of another station that is known already the place in a chain where everybody has it now."""
    connection.run(
        _sql.MOVE, at=position, epoch=epoch, number=entry.number, action=entry.action, previous_hash=previous,
        hash=entry.hash,
    )  # fmt: skip
    if entry.first is None:
        connection.run(_sql.FORGET_MOVE, position=position)
    else:
        connection.run(_sql.REMEMBER_MOVE, position=position, **entry.first._asdict())


def make_room(connection: Connection, origin: str, epoch: int, number: int) -> None:
    """Take an entry of another station from its place, for the one that everybody has there now.

    A service that lost its end was told of another entry instead. The one before goes to an epoch in which nobody
    writes, until it is heard where it is now.
    """
    (entry,) = run_after(connection, origin, epoch, number - 1, 1)
    end = head(connection, origin, LIMBO)
    first = entry.first or FactId(epoch, entry.number, entry.hash)
    placed = entry._replace(number=end.number + 1, action=end.number + 1, first=first)
    placed = placed._replace(hash=seal(origin, LIMBO, end.hash, placed))
    position = connection.value(_sql.POSITION_AT, origin=origin, epoch=epoch, number=number)
    put_where_it_is_told(connection, position, LIMBO, end.hash, placed)


def stray(connection: Connection, position: int) -> tuple[str, int, bytes, Sealed]:
    """Read an entry by its position here: origin, epoch, the hash before it, and the entry as it travels."""
    origin, epoch, previous, *row = connection.row(_sql.STRAY, position=position) or ()
    return origin, epoch, previous, _sealed(tuple(row))


def move(connection: Connection, origin: str, begin: tuple[int, int], new_epoch: int, last: int | None = None) -> int:
    """Move the end of a chain to the end of a new epoch, each fact with the place it was written first; gives how many.

    ``begin`` is an epoch and the number after which it begins; ``last`` is where it ends, if not with the chain.
    Memory does not grow with what is moved. Facts stay what they were: only their place in a chain is another one.
    """
    epoch, after = begin
    end, count = head(connection, origin, new_epoch), 0
    shift = end.number - after
    while entries := run_after(connection, origin, epoch, after):
        for entry in entries:
            if last is not None and entry.number > last:
                return count
            first = entry.first or FactId(epoch, entry.number, entry.hash)
            # An action that began before the fork begins here with the first of it that moves.
            action = max(entry.action, begin[1] + 1) + shift
            placed = entry._replace(number=entry.number + shift, action=action, first=first)
            digest = seal(origin, new_epoch, end.hash, placed)
            position = connection.value(_sql.POSITION_AT, origin=origin, epoch=epoch, number=entry.number)
            connection.run(
                _sql.MOVE, at=position, epoch=new_epoch, number=placed.number, action=placed.action,
                previous_hash=end.hash, hash=digest,
            )  # fmt: skip
            if entry.first is None:
                connection.run(_sql.REMEMBER_MOVE, position=position, **first._asdict())
            end, after, count = Head(placed.number, digest), entry.number, count + 1
    return count


def of_subject(connection: Connection, subject: str, after: int = 0) -> Iterator[Entry]:
    """Read the entries of one document, oldest first."""
    return (_entry(row) for row in connection.rows(_sql.OF_SUBJECT, subject=subject, after=after))


def since(connection: Connection, after: int, most: int = 1000) -> list[Entry]:
    """Read entries of all documents after a position."""
    return [_entry(row) for row in connection.rows(_sql.SINCE, after=after, most=most)]


def each(connection: Connection, without: Collection[int] = ()) -> Iterator[Entry]:
    """Read every entry in order but those at some positions, one at a time: a journal may be larger than the memory."""
    return (_entry(row) for row in connection.each(_sql.SINCE, after=0, most=-1) if row[0] not in without)


def last_position(connection: Connection) -> int:
    """The position of the newest entry, 0 in an empty journal."""
    return int(connection.value(_sql.LAST_POSITION) or 0)


def last_moment(connection: Connection) -> int:
    """The moment of the newest entry by the clock of its device, in milliseconds UTC; 0 in an empty journal."""
    return int(connection.value(_sql.LAST_MOMENT) or 0)


def changed_since(connection: Connection, after: int) -> list[tuple[int, str, str]]:
    """Read position, kind and subject of the entries after a position: what a screen must look at again."""
    return [(position, kind, subject) for position, kind, subject in connection.rows(_sql.CHANGED_SINCE, after=after)]


def own(connection: Connection) -> Callable[[str, int, int], bool]:
    """Make the question whether a place in a chain is one that this station wrote, and tells."""
    device, lived, *_ = connection.row(_sql.STATION) or ("", 0)
    forked: dict[int, int] = dict(connection.rows(_sql.FORKED))

    def is_own(origin: str, epoch: int, number: int) -> bool:
        return bool(origin == device and 0 < epoch <= lived and number <= forked.get(epoch, number))

    return is_own


def broken_links(connection: Connection) -> Iterator[Broken]:
    """Walk every chain and name each place where an entry is missing, changed or out of its chain.

    Of other stations, and of what a forked epoch of this one went on with elsewhere, only what concerns this station
    is here: gaps there are no fault. Nor are they in epochs below the first, where nobody writes.
    """
    is_nobodys, is_own = connection.row(_sql.STATION) is None, own(connection)
    chain, expected = ("", 0), Head(0, GENESIS)
    for row in connection.each(_sql.CHAIN):
        origin, epoch, number, *_, previous, digest = row[:_CHAIN_COLUMNS]
        if (origin, epoch) != chain:
            chain, expected = (origin, epoch), Head(0, GENESIS)
        is_whole = is_nobodys or is_own(origin, epoch, number)
        if is_whole and number != expected.number + 1:
            yield Broken(origin, epoch, number, f"entries {expected.number + 1} to {number - 1} are missing")
        elif number == expected.number + 1 and previous != expected.hash:
            yield Broken(origin, epoch, number, "it does not follow from the entry before")
        if not _is_intact(row):
            yield Broken(origin, epoch, number, "its content was changed")
        expected = Head(number, digest)


def _is_intact(row: tuple[object, ...]) -> bool:
    *envelope, packed, previous, digest = row[:_CHAIN_COLUMNS]
    first = [part for part in row[_CHAIN_COLUMNS:] if part is not None]
    try:
        body = unpack(bytes(packed))  # type: ignore[call-overload]
    except (TypeError, zlib.error):
        return False
    return _hash(previous, *envelope, body, *first) == digest


def unpack(stored: bytes) -> bytes:
    """Give the body of an entry as it was hashed."""
    return stored if stored.startswith(b"{") else zlib.decompress(stored)


def _pack(body: bytes) -> bytes:
    # JSON begins with a brace and a deflate stream never does, so the form needs no mark.
    return zlib.compress(body, 1) if len(body) > _PACK_ABOVE else body


_LENGTHS = [length.to_bytes(4, "big") for length in range(256)]
"""Of nearly all that is hashed: written once, because it is done for every entry that is made, heard or taken."""


def _hash(previous: object, *parts: object) -> bytes:
    # What was damaged may be of any type.
    hashed = [previous if isinstance(previous, bytes) else b""]
    for part in parts:
        data = part if isinstance(part, bytes) else b"%d" % part if isinstance(part, int) else str(part).encode()
        size = len(data)
        hashed.append(_LENGTHS[size] if size < len(_LENGTHS) else size.to_bytes(4, "big"))
        hashed.append(data)
    return hashlib.sha256(b"".join(hashed)).digest()


def _sealed(row: Row) -> Sealed:
    *envelope, body, digest, epoch, number, first = row
    moved = FactId(epoch, number, first) if first else None
    return Sealed._make((*envelope, unpack(body), digest, moved))


def _entry(row: Row) -> Entry:
    position, utc_ms, offset, actor, kind, version, body, first = row
    return Entry(position, Stamp(utc_ms, offset), actor, from_json(kind, version, unpack(body)), ref_of(first))
