"""The till's state without a window: a real database, and commands that are carried out at once."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor, Outcome
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.messages import Command, Event
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.values import Money
from omsdesk.store import journal
from omsdesk.store.database import open_database
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.counter import Aspect, Counter
from omsdesk.ui.till.state import TillState
from tests.ui.till.shop import EURO_NOTES, SHOP

_Answer = TypeVar("_Answer")
_Fact = TypeVar("_Fact", bound=Event)


class AtOnce:
    """The two verbs on one thread: the answer is there when the call returns."""

    def __init__(self, executor: Executor, reader: Connection) -> None:
        self.executor = executor
        self.reader = reader

    def change(self, actor: str, *commands: Command, then: Callable[[Outcome], None]) -> None:
        then(self.executor.execute(actor, *commands))

    def ask(self, question: Callable[[Connection], _Answer], then: Callable[[_Answer], None]) -> None:
        then(question(self.reader))

    def work(self, task: Callable[[], _Answer], then: Callable[[_Answer], None]) -> None:
        then(task())


class Bench:
    """Everything that a cashier can do, by calling it."""

    def __init__(self, path: Path, person: str = "anna", *, is_open: bool = True) -> None:
        clock = SystemClock()
        self.database = open_database(path, clock.new_id)
        self.executor = Executor(self.database, clock)
        if is_open and not queries.open_shift(self.database.writer, "t1"):
            self.do(OpenShift(clock.new_id(), euros("150.00")))
        self.reader = self.database.reader()
        till = queries.till_of(self.reader, "t1")
        assert till is not None
        self.counter = Counter(self.reader, AtOnce(self.executor, self.reader), clock, SHOP, till)
        self.counter.refresh()
        self.counter.person = queries.person(self.reader, person)
        self.told: list[Aspect] = []
        self.counter.listeners.append(self.told.append)
        self.state = TillState.at(self.counter, EURO_NOTES, path.parent / "documents")
        self.session, self.checkout = self.state.session, self.state.checkout

    def do(self, *commands: Command) -> Done:
        done = self.executor.execute(SYSTEM, *commands)
        assert isinstance(done, Done), done
        return done

    def facts(self, kind: type[_Fact]) -> list[_Fact]:
        return [entry.fact for entry in journal.since(self.database.writer, 0) if isinstance(entry.fact, kind)]

    @property
    def said(self) -> str:
        return self.counter.notice.sentence if self.counter.notice else ""

    @property
    def lines(self) -> list[tuple[str, str]]:
        return [(str(row.quantity), row.article.name) for row in self.session.lines]

    def close(self) -> None:
        self.reader.close()
        self.database.close()


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")
