"""One turn of a station: tell everything, hear everything, and know that both agree."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol, TypeVar

from omsdesk.store.database import Database
from omsdesk.store.engine import Connection
from omsdesk.store.exchange import Fork, Parted
from omsdesk.store.queries.till import shop_ids, station
from omsdesk.sync.messages import Answer, Garbled, Heard, Run, Stray, Wanted
from omsdesk.sync.pull import go_back, next_wish, note_known, steps, strays, take_steps
from omsdesk.sync.push import next_run, take_answer
from omsdesk.sync.scopes import EVERYWHERE, HEAD_OFFICE, scopes_of

_Answer = TypeVar("_Answer")
_PATIENCE = 5
"""How often a turn begins anew because something was written here while it heard."""


class Service(Protocol):
    """The service as a station reaches it. A call may fail, and then nobody knows whether it was done."""

    def push(self, run: Run) -> Answer:
        """Send a run."""

    def pull(self, wanted: Wanted) -> Heard:
        """Ask for what follows in a feed."""

    def rescue(self, strays: tuple[Stray, ...]) -> int:
        """Give back what was heard once and is in the feed no more; gives how much of it was lost indeed."""


class Unreachable(ConnectionError):
    """No answer came: the network, the service, or the way between them."""


@dataclass(frozen=True, slots=True)
class Turn:
    """What a turn did."""

    told: int = 0
    heard: int = 0
    forks: tuple[Fork, ...] = ()


class Write(Protocol):
    """Runs what writes, on the thread that writes, and gives what came of it."""

    def __call__(self, task: Callable[[], _Answer]) -> _Answer:
        """Run a task to its end."""


class Ahead(Protocol):
    """Begins a question, and gives what waits for its answer: the way there and back need not hold up what is written.

    Whoever is not asked for the answer throws it away.
    """

    def __call__(self, question: Callable[[], _Answer]) -> Callable[[], _Answer]:
        """Begin a question."""


def _directly(task: Callable[[], _Answer]) -> _Answer:
    return task()


def _when_wanted(question: Callable[[], _Answer]) -> Callable[[], _Answer]:
    return question


def take_turn(
    database: Database,
    service: Service,
    store: str,
    write: Write = _directly,
    reader: Connection | None = None,
    ahead: Ahead = _when_wanted,
) -> Turn:
    """Exchange with the service until neither has news for the other.

    ``write`` runs what writes on its thread, a little at a time, and ``reader`` is a connection of the caller's own;
    without them, the caller is the thread that writes. ``ahead`` may ask for the next part of a feed on a thread of its
    own while one is taken. A turn can be broken off between any two steps, and the next one goes on where it ended.

    Raises:
        Unreachable: the service did not answer.
        Garbled: what came cannot be what was sent.
        StoreFailure: the disk did not take it.

    """
    exchanged = _Exchange(database, service, write, reader or database.writer, ahead)
    told, heard, forks = 0, 0, list[Fork]()
    for _ in range(_PATIENCE):
        count, found = exchanged.tell()
        told, forks = told + count, [*forks, *found]
        try:
            heard += exchanged.hear(EVERYWHERE)
            for scope in scopes_heard(exchanged.reader, store)[1:]:
                heard += exchanged.hear(scope)
        except Parted:
            # Something was written here since, and a twin of this disk told the same numbers. Telling finds out.
            continue
        if heard:
            write(database.leave_series_of_another)
        return Turn(told, heard, tuple(forks))
    raise Garbled("The service tells of entries of this station that it does not have. Tell whoever runs it.")


def scopes_heard(reader: Connection, store: str) -> tuple[str, ...]:
    """Name the feeds that a station listens to; one of the head office knows the stores from its tables."""
    return scopes_of(store, shop_ids(reader) if store == HEAD_OFFICE else ())


def listen(database: Database, service: Service, scopes: Iterable[str]) -> int:
    """Hear what follows in feeds and tell nothing; gives how much was new.

    Raises:
        Garbled: what came cannot be what was sent.
        StoreFailure: the disk did not take it.

    """
    exchanged = _Exchange(database, service, _directly, database.writer)
    return sum(exchanged.hear(scope) for scope in scopes)


@dataclass(frozen=True, slots=True)
class _Exchange:
    database: Database
    service: Service
    write: Write
    reader: Connection
    ahead: Ahead = _when_wanted

    def tell(self) -> tuple[int, list[Fork]]:
        told, forks = 0, list[Fork]()
        last: tuple[object, ...] = ()
        while True:
            run = next_run(self.reader)
            answer = self.service.push(run)
            last, before = (run.epoch, run.after, len(run.entries), answer), last
            if answer.epoch != run.epoch or last == before:
                raise Garbled("The service answers what it was not asked. Tell whoever runs it.")
            fork = self.write(partial(take_answer, self.database, run, answer))
            if fork is not None:
                forks, last = [*forks, fork], ()
            elif not run.entries and run.epoch == station(self.reader).epoch and run.after == answer.head.number:
                return told, forks
            else:
                told += len(run.entries)

    def hear(self, scope: str) -> int:
        count, asked = 0, self._ask(next_wish(self.reader, scope))
        while True:
            wanted, answer = asked
            heard = answer()
            if heard.is_rewound:
                if not wanted.after:
                    raise Garbled("The service says that its feed begins elsewhere. Tell whoever runs it.")
                self.write(partial(go_back, self.database, wanted))
                asked = self._ask(next_wish(self.reader, scope))
                continue
            left = steps(wanted, heard)
            is_last = not left or left[-1].after.number >= heard.high
            if not is_last:
                place = left[-1].after
                wanted = replace(wanted, after=place.number, digest=place.digest)
                asked = wanted, self.ahead(partial(self.service.pull, wanted))
            while left:
                fresh, done = self.write(partial(take_steps, self.database, scope, left))
                count, left = count + fresh, left[done:]
            if is_last:
                if not self.rescue(scope):
                    return count
                asked = self._ask(next_wish(self.reader, scope))

    def _ask(self, wanted: Wanted) -> tuple[Wanted, Callable[[], Heard]]:
        return wanted, partial(self.service.pull, wanted)

    def rescue(self, scope: str) -> bool:
        """Give the service back what it lost, where nobody else did; tells whether there is more to hear by that.

        Until it is heard again it is doubted: the service may lose it once more.
        """
        while lost := strays(self.reader, scope):
            if self.service.rescue(tuple(lost.values())):
                return True
            self.write(partial(note_known, self.database, scope, tuple(lost)))
        return False
