"""One turn of a station: tell everything, hear everything, and know that both agree."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Protocol, TypeVar

from omsdesk.store.database import Database
from omsdesk.store.exchange import Fork
from omsdesk.sync.messages import Answer, Heard, Run, Wanted
from omsdesk.sync.pull import next_wish, take_heard
from omsdesk.sync.push import next_run, take_answer
from omsdesk.sync.scopes import scopes_of

_Answer = TypeVar("_Answer")


class Service(Protocol):
    """The service as a station reaches it. A call may fail, and then nobody knows whether it was done."""

    def push(self, run: Run) -> Answer:
        """Send a run."""

    def pull(self, wanted: Wanted) -> Heard:
        """Ask for what follows in a feed."""


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


def _directly(task: Callable[[], _Answer]) -> _Answer:
    return task()


def take_turn(database: Database, service: Service, store: str, write: Write = _directly) -> Turn:
    """Exchange with the service until neither has news for the other; ``write`` runs what writes on its thread.

    It can be broken off between any two steps, and the next turn goes on where this one ended.

    Raises:
        Unreachable: the service did not answer.
        Garbled: what came cannot be what was sent.
        StoreFailure: the disk did not take it.

    """
    told, forks = _tell(database, service, write)
    heard = sum(_hear(database, service, scope, write) for scope in scopes_of(store))
    return Turn(told, heard, tuple(forks))


def _tell(database: Database, service: Service, write: Write) -> tuple[int, list[Fork]]:
    told, forks = 0, list[Fork]()
    while True:
        run = next_run(database)
        answer = service.push(run)
        fork = write(partial(take_answer, database, answer))
        if fork is not None:
            forks.append(fork)
        elif not run.entries and run.after == answer.head.number:
            return told, forks
        else:
            told += len(run.entries)


def _hear(database: Database, service: Service, scope: str, write: Write) -> int:
    count = 0
    while True:
        wanted = next_wish(database, scope)
        heard = service.pull(wanted)
        count += write(partial(take_heard, database, wanted, heard))
        if not heard.is_rewound and wanted.after + len(heard.items) >= heard.high:
            return count
