"""The till's state without a window: a real database, and commands that are carried out at once."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import Future
from pathlib import Path
from typing import TypeVar

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor, Outcome
from omsdesk.actions.writer import Writer
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
from tests.ui.till.shop import EURO_NOTES

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


class Slow(AtOnce):
    """The real thread that writes, on a disk as slow as the story says: answers come when it lets them."""

    def __init__(self, executor: Executor, reader: Connection) -> None:
        super().__init__(executor, reader)
        self._writer: Writer | None = None
        self._waiting: list[tuple[Future[Outcome], Callable[[Outcome], None]]] = []

    def change(self, actor: str, *commands: Command, then: Callable[[Outcome], None]) -> None:
        self._writer = self._writer or Writer(self.executor)
        self._waiting.append((self._writer.submit(actor, *commands), then))

    def answer(self, most: int = 1000) -> int:
        """Hand out so many answers, and those to what they set off; tells how many there were."""
        count = 0
        while self._waiting and count < most:
            future, then = self._waiting.pop(0)
            then(future.result())
            count += 1
        return count

    def close(self) -> None:
        if self._writer is not None:
            self._writer.close()


class Bench:
    """Everything that a cashier can do, by calling it."""

    def __init__(self, path: Path, person: str = "anna", *, is_open: bool = True, is_slow: bool = False) -> None:
        clock = SystemClock()
        self.database = open_database(path, clock.new_id)
        self.executor = Executor(self.database, clock)
        if is_open and not queries.open_shift(self.database.writer, "t1"):
            where = queries.shop_of(self.database.writer, "t1")
            assert where is not None
            self.do(OpenShift(clock.new_id(), Money.of("150.00", where.currency)))
        self.reader = self.database.reader()
        till = queries.till_of(self.reader, "t1")
        assert till is not None
        self.slow = Slow(self.executor, self.reader)
        work = self.slow if is_slow else AtOnce(self.executor, self.reader)
        shop = queries.shop_of(self.reader, "t1")
        assert shop is not None
        self.counter = Counter(self.reader, work, clock, shop, till)
        self.counter.refresh()
        self.counter.person = queries.person(self.reader, person)
        self.told: list[Aspect] = []
        self.counter.listeners.append(self.told.append)
        self.state = TillState(self.counter, EURO_NOTES, path.parent / "documents")
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
        self.slow.close()
        self.reader.close()
        self.database.close()


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")
