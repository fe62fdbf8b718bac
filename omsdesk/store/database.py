"""The database of a station: one file, one journal, transactions that keep both in step."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from omsdesk.domain import hands
from omsdesk.domain.approval import Grant
from omsdesk.domain.hands import Ticket
from omsdesk.domain.messages import Event
from omsdesk.domain.values import Stamp
from omsdesk.store import exchange, journal
from omsdesk.store.engine import Connection, open_reader, open_writer
from omsdesk.store.exchange import Fork
from omsdesk.store.journal import Author, Entry
from omsdesk.store.migrate import bring_up_to_date
from omsdesk.store.queries.ticket import deeds
from omsdesk.store.queries.till import Station, is_series_anothers, last_epoch_at, last_epoch_of_namesakes, station
from omsdesk.store.sql import Statements

_sql = Statements("journal")
_State = TypeVar("_State")
_Fact = TypeVar("_Fact")
_KEPT_STATES = 64


class Transaction:
    """What one action reads and writes: all of it becomes durable together, or none of it."""

    def __init__(self, connection: Connection, author: Author, states: _States) -> None:
        """Begin; ``Database.transaction`` does it."""
        self.connection = connection
        self.author = author
        self.entries: list[Entry] = []
        self.assumed: tuple[Grant, ...] = ()
        """Leave that nobody gave yet, to find out what an action needs in all: nothing becomes durable on it."""
        self._head = journal.head(connection, author.origin, author.epoch)
        self._action = self._head.number + 1
        self._states = states
        self._folded: dict[str, tuple[str, Callable[[Any, Event], Any]]] = {}

    def record(self, fact: Event) -> None:
        """Put a fact into the journal and into the tables."""
        self._head, entry = journal.append(self.connection, self.author, self._head, self._action, fact)
        # Here, because a window that has only just opened writes nothing yet.
        from omsdesk.store.projections.all_nouns import project

        project(self.connection, entry)
        self.entries.append(entry)
        folded = self._folded.get(fact.subject)
        if folded is not None:
            self._states.add(entry, *folded)

    def state(self, subject: str, evolve: Callable[[_State | None, Event], _State | None]) -> _State | None:
        """Fold what the journal knows of a document, this transaction's facts included."""
        self._folded[subject] = subject, evolve
        return self._states.fold(
            subject,
            lambda after: ((row.position, row.fact) for row in journal.of_subject(self.connection, subject, after)),
            evolve,
        )

    def ticket(self, sale: str) -> Ticket | None:
        """Fold what the journal knows of a ticket, in whose hands it is included."""
        key = f"ticket {sale}"
        self._folded[sale] = key, lambda state, fact: hands.evolve(state, hands.OWN, fact)
        return self._states.fold(
            key,
            lambda after: ((row.position, (hand, row.fact)) for hand, row in deeds(self.connection, sale, after)),
            lambda state, deed: hands.evolve(state, *deed),
        )


class _States:
    """Documents as folded last, so that a ticket's hundredth line does not read the ninety-nine before it.

    A kept state is only ever a starting point: entries that came after it, from any process, are folded on top.
    """

    def __init__(self) -> None:
        self._kept: OrderedDict[str, tuple[int, Any]] = OrderedDict()

    def fold(
        self,
        key: str,
        since: Callable[[int], Iterable[tuple[int, _Fact]]],
        evolve: Callable[[_State | None, _Fact], _State | None],
    ) -> _State | None:
        seen, kept = self._kept.get(key, (0, None))
        state: _State | None = kept
        for position, fact in since(seen):
            seen, state = position, evolve(state, fact)
        self._keep(key, seen, state)
        return state

    def add(self, entry: Entry, key: str, evolve: Callable[[Any, Event], Any]) -> None:
        """Fold an entry on top that follows what was folded last: nobody else writes in between."""
        if key in self._kept:
            self._keep(key, entry.position, evolve(self._kept[key][1], entry.fact))

    def _keep(self, key: str, position: int, state: object) -> None:
        self._kept[key] = (position, state)
        self._kept.move_to_end(key)
        if len(self._kept) > _KEPT_STATES:
            self._kept.popitem(last=False)

    def forget(self) -> None:
        self._kept.clear()


class Database:
    """The open database of a station. One thread uses its writer; every reader has a connection of its own."""

    def __init__(self, path: Path, writer: Connection, station: Station) -> None:
        """Take an open connection; ``open_database`` makes one."""
        self.path = path
        self.station = station
        self.writer = writer
        self._states = _States()
        self.is_waited_for: Callable[[], bool] = lambda: False
        """Whether somebody waits for the thread that writes: what takes long there ends early then."""

    @contextmanager
    def transaction(self, actor: str, stamp: Stamp) -> Iterator[Transaction]:
        """Do one action: everything recorded inside is durable when the block is left, or nothing is.

        Raises:
            StoreFailure: the disk did not take it.

        """
        author = Author(self.station.device, self.station.epoch, actor, stamp)
        try:
            with self.writer.transaction():
                yield Transaction(self.writer, author, self._states)
        except BaseException:
            # A state may hold facts that were rolled back.
            self._states.forget()
            raise

    def reader(self) -> Connection:
        """Open a connection that can only read, for the thread that asks."""
        return open_reader(self.path)

    def become_till(self, till: str) -> None:
        """Make this station a till, or (empty) a back office.

        Where somebody wrote at that till in an epoch that this station is not past, it begins a new one: another may
        not have told all of its receipts yet.
        """
        is_moving = till != self.station.till
        with self.writer.transaction():
            self.writer.run(_sql.SET_STATION_TILL, till=till)
        self.station = Station(self.station.device, self.station.epoch, till)
        if is_moving and last_epoch_at(self.writer, self.station) >= self.station.epoch:
            self.raise_epoch()
        if is_moving:
            self.leave_series_of_another()

    def raise_epoch(self) -> None:
        """Begin a new epoch, as a restored database must: what it wrote before may go on elsewhere."""
        self.become_device(self.station.device, self.station.epoch + 1)

    def leave_series_of_another(self) -> None:
        """Begin a new epoch where another station wrote in the series that this one would begin, or is going to.

        It cannot know before it has heard of it: a disk that was put back forgot who else was at its till.
        """
        if is_series_anothers(self.writer, self.station):
            self.raise_epoch()
        last = last_epoch_of_namesakes(self.writer, self.station)
        if self.station.epoch <= last:
            self.become_device(self.station.device, last + 1)

    def become_device(self, device: str, epoch: int) -> None:
        """Go on as a device, in this epoch or the one that it is in already if that is later.

        Another device than before takes the place of one that is lost: nothing may have been written here yet. A new
        epoch is above all in which anybody wrote at this till.

        Raises:
            StoreFailure: the disk did not take it.

        """
        with self.writer.transaction():
            self.writer.run(_sql.SET_STATION_DEVICE, device=device)
            if epoch > self.station.epoch:
                epoch = max(epoch, last_epoch_at(self.writer, self.station) + 1)
            for ended in range(self.station.epoch, epoch):
                exchange.end_epoch(self.writer, ended, journal.head(self.writer, device, ended).number, ended + 1)
                self.writer.run(_sql.RAISE_EPOCH)
        self.station = station(self.writer)

    def fork(self, epoch: int, kept: int, beyond: int) -> Fork:
        """Move what was written after ``kept`` in an epoch to one that goes on nowhere else, above ``beyond``.

        A chain that goes on in two places is that of a disk that was copied or put back. Nobody has written at this
        till in the new epoch either: receipts are numbered by till and epoch.

        Raises:
            StoreFailure: the disk did not take it, and nothing was moved.

        """
        device, target = self.station.device, self.station.epoch
        with self.writer.transaction():
            if epoch == target:
                # Epochs in between are lived elsewhere, by a twin of this disk.
                beyond = max(beyond, journal.last_epoch(self.writer, device), last_epoch_at(self.writer, self.station))
                while target <= max(beyond, epoch):
                    self.writer.run(_sql.RAISE_EPOCH)
                    target += 1
                for other in range(epoch + 1, target):
                    exchange.note_fork(self.writer, Fork(target, other, 0, 0))
            found = Fork(
                target,
                epoch,
                kept,
                journal.move(self.writer, device, (epoch, kept), target, exchange.kept(self.writer, epoch)),
            )
            exchange.note_fork(self.writer, found)
        self._states.forget()
        self.station = station(self.writer)
        return found

    def begin_again(self) -> None:
        """Forget what was read: the file holds something else now."""
        self._states.forget()
        self.station = station(self.writer)

    def close(self) -> None:
        """Close the writer; readers close themselves."""
        self.writer.close()


def open_database(path: Path, new_device: Callable[[], str]) -> Database:
    """Open the database of a station, or make it: ``new_device`` gives a new one its identity.

    Raises:
        StoreFailure: the file cannot be opened or written, or a newer program made it.

    """
    writer = open_writer(path)
    bring_up_to_date(path, writer)
    if writer.row(_sql.STATION) is None:
        with writer.transaction():
            # Another program may have started at the same moment.
            if writer.row(_sql.STATION) is None:
                writer.run(_sql.SET_STATION, device=new_device(), epoch=1, till="")
    return Database(path, writer, station(writer))
