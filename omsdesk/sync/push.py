"""Telling: a station sends the runs of its journal, the service says what it has, and both compare hashes."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from omsdesk.store import exchange, journal
from omsdesk.store.database import Database
from omsdesk.store.engine import Connection
from omsdesk.store.exchange import Fork
from omsdesk.store.journal import GENESIS, Head, Sealed
from omsdesk.store.queries.till import Station, station
from omsdesk.sync.messages import Answer, Garbled, Run

MOST = 500
"""Entries in one run."""
MOST_BYTES = 1024 * 1024
"""What the bodies of a run may come to, unless it is a single entry: a bad line has to get it through at once."""

# ---- the station's half


class Waiting(NamedTuple):
    """What the service is not known to have: how many entries, and the moment of the oldest in milliseconds UTC."""

    entries: int = 0
    since_ms: int = 0


def next_run(reader: Connection) -> Run:
    """Make the next run that the service lacks; without entries, a question whether both still agree."""
    with reader.snapshot():
        where = station(reader)
        for epoch in range(1, where.epoch + 1):
            after = exchange.acknowledged(reader, epoch)
            entries = journal.run_after(reader, where.device, epoch, after, MOST)
            kept = exchange.kept(reader, epoch)
            if kept is not None:
                entries = [entry for entry in entries if entry.number <= kept]
            is_due = kept != 0 and not exchange.is_compared(reader, epoch)
            if entries or is_due or epoch == where.epoch:
                return _run(reader, where, epoch, after, entries)
    raise AssertionError("A station has an epoch.")


def _run(reader: Connection, where: Station, epoch: int, after: int, entries: list[Sealed]) -> Run:
    previous = journal.hash_at(reader, where.device, epoch, after)
    if previous is None:
        # The service has more than this disk: it was put back. The answer will say so.
        after, previous = journal.head(reader, where.device, epoch)
    return Run(epoch, after, previous, tuple(_that_fit(entries)))


def _that_fit(entries: list[Sealed]) -> list[Sealed]:
    size = 0
    for at, entry in enumerate(entries):
        size += len(entry.body)
        if at and size > MOST_BYTES:
            return entries[:at]
    return entries


def waiting(reader: Connection) -> Waiting:
    """Count what the service is not known to have. What it has stays here too: nothing is ever deleted."""
    entries, since_ms = 0, 0
    with reader.snapshot():
        where = station(reader)
        for epoch in range(1, where.epoch + 1):
            after, end = exchange.acknowledged(reader, epoch), journal.head(reader, where.device, epoch).number
            kept = exchange.kept(reader, epoch)
            lacking = (end if kept is None else min(end, kept)) - after
            if lacking > 0:
                entries += lacking
                oldest = journal.run_after(reader, where.device, epoch, after, 1)
                since_ms = min(since_ms or oldest[0].utc_ms, oldest[0].utc_ms)
    return Waiting(entries, since_ms)


def take_answer(database: Database, run: Run, answer: Answer) -> Fork | None:
    """Note what the service has. Another hash than ours means that this chain went on elsewhere: a fork."""
    writer, epoch, head = database.writer, answer.epoch, answer.head
    kept = exchange.kept(writer, epoch)
    if _is_ours(database, epoch, head):
        known = head.number if kept is None else min(kept, head.number)
    elif kept is not None and not answer.is_parted and head.number > kept:
        # A twin of this disk goes on with an epoch that this station left: what is here of it is there too.
        known = run.after + len(run.entries)
    else:
        kept = max((place.number for place in answer.probes if _is_ours(database, epoch, place)), default=0)
        return database.fork(epoch, kept, max((epoch for epoch, _ in answer.ends), default=0))
    with writer.transaction():
        exchange.acknowledge(writer, epoch, known, head.hash)
        exchange.compare_ends(writer, dict(answer.ends))
    return None


def _is_ours(database: Database, epoch: int, place: Head) -> bool:
    return journal.hash_at(database.writer, database.station.device, epoch, place.number) == place.hash


# ---- the service's half


def check_run(device: str, run: Run) -> None:
    """Make sure that the entries of a run follow from one another.

    Raises:
        Garbled: they do not.

    """
    previous, number = run.previous, run.after
    for entry in run.entries:
        number += 1
        if entry.number != number or journal.seal(device, run.epoch, previous, entry) != entry.hash:
            raise Garbled(f"Entry {entry.number} of epoch {run.epoch} does not follow from the one before.")
        previous = entry.hash


def new_entries(run: Run, head: Head, known: dict[int, bytes]) -> tuple[Sealed, ...] | None:
    """Choose what of a run is new after ``head``; None where the two chains do not agree.

    ``known`` holds the hashes that the service has at the run's own numbers.
    """
    if run.after > head.number:
        return ()
    before = {run.after: run.previous, **{entry.number: entry.hash for entry in run.entries}}
    if any(known.get(number, digest) != digest for number, digest in before.items()):
        return None
    return run.entries[head.number - run.after :]


def probe_places(high: int) -> Iterator[int]:
    """Name places of a chain by which another one finds where the two part: close together near the end."""
    step = 1
    while high > 0:
        yield high
        high, step = high - step, step * 2


NOTHING = Head(0, GENESIS)
"""The end of a chain that has no entry yet."""
