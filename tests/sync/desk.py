"""A station as the program runs it: a thread that writes, a courier, and a line to a service on loopback."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol, TypeVar

from omsdesk.actions.writer import Writer
from omsdesk.sync.courier import Courier, Line
from omsdesk.sync.keys import DeviceKey
from omsdesk.sync.messages import Enrolment
from omsdesk.sync.pace import Pace
from omsdesk.sync.remote import Patience, Remote
from omsdesk.sync.state import Phase, SyncState
from tests.patience import until
from tests.sync.stations import STORE, Member

_Answer = TypeVar("_Answer")

SLOW = Pace(poll=600, gather=0.01, first=0.02, silence=0.1, most=0.1, eager=0.02, refused=600)
"""So slow a poll that nothing in a story comes of it."""


class Serves(Protocol):
    """A service, whichever."""

    @property
    def address(self) -> str: ...

    def make_code(self) -> str: ...


class Desk:
    """A station with its writing thread and its courier, as the program runs them."""

    def __init__(self, path: Path, seed: int, server: Serves) -> None:
        self.member = Member(path, seed)
        self.writer = Writer(self.member.executor)
        self.server = server
        self.key = DeviceKey(bytes([seed]) * 32)
        self.states: list[SyncState] = []
        self.courier = self.make_courier()
        self.member.executor.listeners.append(lambda _: self.courier.wake())

    def make_courier(self, **more: object) -> Courier:
        return Courier(
            self.member.database, STORE, self.connect, self.writer.run, self.states.append,
            **{"pace": SLOW, **more},  # type: ignore[arg-type]
        )  # fmt: skip

    def connect(self) -> Line:
        patience = Patience(connect=1.0, read=0.5, whole=5.0)
        return Remote(self.server.address, self.member.database.station.device, self.key, patience=patience)

    def let_in(self) -> None:
        line = self.connect()
        assert isinstance(line, Remote)
        line.enrol(Enrolment(self.server.make_code(), self.member.database.station.device, self.key.public))
        line.close()

    def do(self, task: Callable[[], _Answer]) -> _Answer:
        """Do something on the thread that writes, as everything is."""
        return self.writer.run(task).result(timeout=30)

    def sell(self) -> str:
        return self.do(self.member.sell_one)

    def sales(self) -> set[str]:
        return self.do(self.member.sales)

    def is_synced(self) -> bool:
        return self.courier.state.phase is Phase.IDLE and not self.courier.state.waiting

    def close(self) -> None:
        self.courier.stop()
        self.writer.close()
        self.member.close()


@contextmanager
def two_tills(folder: Path, service: Serves) -> Iterator[list[Desk]]:
    """Run two tills of a shop; the second knows of it by what it heard."""
    made = [Desk(folder / f"till-{number}.db", number, service) for number in (1, 2)]
    for desk in made:
        desk.let_in()
    made[0].do(made[0].member.set_up)
    for number, desk in enumerate(made, 1):
        desk.courier.start()
        until(desk.is_synced)
        desk.do(partial(desk.member.stand_at, f"t{number}"))
    yield made
    for desk in made:
        desk.close()
