"""What a station keeps of its exchange with the service: what it has, how far it was heard, what was put aside.

These notes are no facts and are in no journal: each can be found out again by asking the service.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from omsdesk.domain.body import from_json
from omsdesk.domain.messages import UnknownEvent, class_of
from omsdesk.domain.values import Stamp
from omsdesk.store import journal
from omsdesk.store.encryption import faults
from omsdesk.store.engine import Connection
from omsdesk.store.journal import GENESIS, Entry, Sealed
from omsdesk.store.sql import Statements

_sql = Statements("sync")


class Parted(Exception):
    """What is heard stands where only this station writes, and it did not: its disk has a twin."""


NOT_COMPARED = b""


class Mark(NamedTuple):
    """How far a feed was heard, and the digest of everything up to there."""

    number: int
    digest: bytes


class Fork(NamedTuple):
    """A chain that went on in two places: what this station wrote after ``kept`` went to the new epoch."""

    epoch: int
    old_epoch: int
    kept: int
    moved: int


class SetAside(NamedTuple):
    """An entry that is kept as it came and could not be put into the tables."""

    position: int
    reason: str


def acknowledged(connection: Connection, epoch: int) -> int:
    """Read the number of this station's last entry that the service is known to have."""
    return int(connection.value(_sql.ACKNOWLEDGED, epoch=epoch) or 0)


def acknowledge(connection: Connection, epoch: int, number: int, end: bytes = NOT_COMPARED) -> None:
    """Note what the service has; less than before where it lost some. ``end`` is the hash of its chain's end."""
    connection.run(_sql.ACKNOWLEDGE, epoch=epoch, number=number, chain_end=end)


def came_back(connection: Connection, epoch: int) -> int:
    """Read the number of this station's last entry that it heard again, in the feed of what all stores share."""
    return int(connection.value(_sql.CAME_BACK, epoch=epoch) or 0)


def note_came_back(connection: Connection, epoch: int, number: int) -> None:
    """Note that it heard an entry of its own again: all that was told before it is known here now."""
    connection.run(_sql.NOTE_BACK, epoch=epoch, number=number)


def compare_ends(connection: Connection, ends: dict[int, bytes]) -> None:
    """Note which epochs have to be asked about again: their chains end elsewhere than when they were compared."""
    for epoch, end in connection.rows(_sql.CHAIN_ENDS):
        if end not in {NOT_COMPARED, ends.get(epoch, GENESIS)}:
            connection.run(_sql.FORGET_CHAIN_END, at=epoch)


def is_compared(connection: Connection, epoch: int) -> bool:
    """Tell whether the service's chain of an epoch was compared with this station's, as it is there now."""
    ends = dict[int, bytes](connection.rows(_sql.CHAIN_ENDS))
    return ends.get(epoch, NOT_COMPARED) != NOT_COMPARED


def heard(connection: Connection, scope: str) -> Mark:
    """Read how far a feed was heard."""
    found = connection.row(_sql.LAST_MARK, scope=scope)
    return Mark(*found[:2]) if found else Mark(0, GENESIS)


def mark(connection: Connection, scope: str, place: Mark) -> None:
    """Note how far a feed was heard. Of the old marks few are kept: enough to find where two histories part."""
    position = journal.last_position(connection)
    connection.run(_sql.MARK, scope=scope, number=place.number, digest=place.digest, position=position)
    for step, age in ((100, 1_000), (10_000, 100_000)):
        connection.run(_sql.THIN_MARKS, scope=scope, before=place.number - age, step=step)


def forget_marks(connection: Connection, scope: str, after: int) -> None:
    """Go back to an earlier place of a feed; what was heard stays."""
    connection.run(_sql.FORGET_MARKS, scope=scope, after=after)


def doubt_since(connection: Connection, scope: str, belongs: Callable[[str], bool]) -> None:
    """Doubt what was heard since the last mark that stands: the service lost it, and maybe its author did too.

    ``belongs`` tells of a kind whether it is of this feed.
    """
    found = connection.row(_sql.LAST_MARK, scope=scope)
    place, after = (found[0], found[2]) if found else (0, 0)
    # What was doubted before was heard again later than its position here tells.
    connection.run(_sql.DOUBT_AGAIN, of=scope, after=place)
    is_own = journal.own(connection)
    rows = connection.each(_sql.HEARD_SINCE, after=after)
    doubts = [
        {"position": position, "scope": scope, "place": 0}
        for position, origin, epoch, number, kind in rows
        if belongs(kind) and not is_own(origin, epoch, number)
    ]
    connection.many(_sql.DOUBT, doubts)


def in_doubt(connection: Connection, scope: str, most: int = 200) -> list[int]:
    """List positions of what was heard once and is in the feed no more."""
    return [position for (position,) in connection.rows(_sql.IN_DOUBT, scope=scope, most=most)]


def doubt_no_more(connection: Connection, positions: Iterable[int], place: int) -> None:
    """Note that these entries are where everybody can hear them: at a place of their feed, or further on."""
    connection.many(_sql.DOUBT_NO_MORE, ({"heard": position, "at": place} for position in positions))


def note_fork(connection: Connection, found: Fork) -> None:
    """Note a fork: what was moved has yet to be sent, and what was kept is where it belongs."""
    acknowledge(connection, found.old_epoch, found.kept)
    connection.run(_sql.FORKED, **found._asdict())


def end_epoch(connection: Connection, epoch: int, last: int, next_epoch: int) -> None:
    """Note where this station left an epoch: what is heard of it beyond ``last`` was written on a disk that is lost."""
    connection.run(_sql.FORKED, **Fork(next_epoch, epoch, last, 0)._asdict())


def kept(connection: Connection, epoch: int) -> int | None:
    """Read how far a forked epoch is this station's own; what lies beyond was heard from the service, with gaps."""
    found: int | None = connection.value(_sql.KEPT, epoch=epoch)
    return found


def forks(connection: Connection) -> list[Fork]:
    """List the forks of this station, the oldest first."""
    return [Fork(*row) for row in connection.rows(_sql.FORKS)]


def went_on_elsewhere(connection: Connection, device: str, fork: Fork) -> bool:
    """Tell whether a chain has two ends indeed; a station also leaves an epoch behind when it is let in again."""
    return fork.moved > 0 or journal.head(connection, device, fork.old_epoch).number > fork.kept


def take(connection: Connection, origin: str, epoch: int, previous: bytes, entry: Sealed, place: int = 1) -> bool:
    """Keep an entry of a feed, at a place of it, and put it into the tables; tells whether it was new.

    A fact is never refused: what this program does not know, or what contradicts the tables, is kept and set aside.

    Raises:
        Parted: a twin of this station's disk wrote in the same epoch. It has to tell before it can hear.

    """
    if not journal.is_new(connection, origin, epoch, entry):
        known = _where_known(connection, origin, epoch, previous, entry)
        if known is not None:
            doubt_no_more(connection, [known], place)
            return False
    position = journal.keep(connection, origin, epoch, previous, entry)
    reason = _project(connection, position, entry)
    if reason:
        connection.run(_sql.SET_ASIDE, position=position, reason=reason)
    return True


def _where_known(connection: Connection, origin: str, epoch: int, previous: bytes, entry: Sealed) -> int | None:
    """Find an entry that is here, and put it where it is told; for one that is not, make room."""
    found = journal.find(connection, origin, epoch, entry)
    if found is None:
        _make_room(connection, origin, epoch, entry)
        return None
    if found[1:] != (epoch, entry.number, entry.hash) and not journal.own(connection)(
        origin, found.epoch, found.number
    ):
        _make_room(connection, origin, epoch, entry)
        journal.put_where_it_is_told(connection, found.position, epoch, previous, entry)
    return found.position


def try_again(connection: Connection) -> int:
    """Put into the tables what was set aside, as far as this program can now; gives how much.

    An update of the program may know what an older one did not, and what contradicted something then may not any more.
    """
    done = 0
    for position, before in set_aside(connection):
        with connection.transaction():
            *_, entry = journal.stray(connection, position)
            reason = _project(connection, position, entry)
            if not reason:
                connection.run(_sql.TAKE_BACK, position=position)
            elif reason != before:
                connection.run(_sql.SET_ASIDE, position=position, reason=reason)
        done += not reason
    return done


def _project(connection: Connection, position: int, entry: Sealed) -> str:
    """Put an entry into the tables, all of it or nothing; gives why it could not be, empty where it was."""
    from omsdesk.store.projections.all_nouns import leaves_rows, project

    kind = class_of(entry.kind, entry.version)
    if kind is not None and not leaves_rows(kind):
        return ""
    reason = ""
    connection.raw.execute("SAVEPOINT taken")
    try:
        fact = from_json(entry.kind, entry.version, entry.body)
        ref = journal.ref_of(entry.first.hash if entry.first else entry.hash)
        project(connection, Entry(position, Stamp(entry.utc_ms, entry.offset_minutes), entry.actor, fact, ref))
    except Exception as error:
        if _is_of_the_disk(error):
            raise
        # Whatever it is, hearing goes on: one fact that no program can read must not keep all others away.
        connection.raw.execute("ROLLBACK TO taken")
        reason = _reason(error)
    connection.raw.execute("RELEASE taken")
    return reason


def _is_of_the_disk(error: Exception) -> bool:
    """Tell whether the disk failed, and not what was to be written."""
    of_the_fact = faults("IntegrityError", "ProgrammingError", "DataError", "NotSupportedError")
    return isinstance(error, faults("DatabaseError")) and not isinstance(error, of_the_fact)


def _make_room(connection: Connection, origin: str, epoch: int, entry: Sealed) -> None:
    if journal.own(connection)(origin, epoch, entry.number):
        raise Parted
    if journal.hash_at(connection, origin, epoch, entry.number) is not None:
        journal.make_room(connection, origin, epoch, entry.number)


def _reason(error: Exception) -> str:
    if isinstance(error, UnknownEvent):
        return str(error)
    if isinstance(error, faults("IntegrityError")):
        return "It contradicts what is known already. Look at it together with the till it comes from."
    return "It cannot be read. The till it comes from may run another version of this program."


def set_aside(connection: Connection) -> list[SetAside]:
    """List what was kept and could not be put into the tables."""
    return [SetAside(*row) for row in connection.rows(_sql.SET_ASIDES)]
