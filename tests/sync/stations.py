"""Tills with disks of their own, a service with its own, and a network between them as bad as a story says."""

from __future__ import annotations

import random
import shutil
from dataclasses import dataclass, field, replace
from pathlib import Path

from omsdesk.actions.execute import Executor
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.sale_command import CompleteSale
from omsdesk.domain.shop import SaveTill
from omsdesk.domain.values import Money, uuid7
from omsdesk.server.embedded import EmbeddedStorage, run_now
from omsdesk.server.enrolment import Registrar
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.store.database import open_database
from omsdesk.store.queries import till as queries
from omsdesk.sync.failures import Refused
from omsdesk.sync.messages import (
    Answer,
    CodeWish,
    Complaint,
    Enrolment,
    Heard,
    Part,
    PartWish,
    Run,
    Stray,
    TillClaim,
    TillClaimed,
    Wanted,
)
from omsdesk.sync.turn import Turn, Unreachable, take_turn
from tests.domain.corner_shop import TILL
from tests.store.station import Clock, Station

STORE = "s1"


def the_moment() -> int:
    """The moment in which every service of a story stands."""
    return 1_790_000_000_000


class SeededClock(Clock):
    """Ids that two tills never share, and that one seed always gives again."""

    def __init__(self, seed: int) -> None:
        super().__init__()
        self._random = random.Random(seed)

    def new_id(self) -> str:
        return uuid7(self.moment.utc_ms, self._random.randbytes(10))


class Member(Station):
    """A station of the shop, empty but for what it hears."""

    def __init__(self, path: Path, seed: int) -> None:
        self.path = path
        self.clock = SeededClock(seed)
        self.database = open_database(path, self.clock.new_id)
        self.executor = Executor(self.database, self.clock)

    def again(self, seed: int, path: Path | None = None) -> Member:
        """Start the program again, on the same disk or on a copy of it."""
        return Member(path or self.path, seed)

    def stand_at(self, till: str) -> None:
        self.database.become_till(till)
        self.do(OpenShift(self.clock.new_id(), Money.of(100, "GBP")))

    def sell_one(self) -> str:
        sale = self.clock.new_id()
        self.do(self.add(sale))
        self.do(self.pay(sale), CompleteSale(sale))
        return sale

    def sales(self) -> set[str]:
        return {sale for (sale,) in self.database.writer.rows("SELECT id FROM sale WHERE completed_ms IS NOT NULL")}

    def save(self, copy: Path) -> Path:
        """Copy the disk as it is."""
        copy.unlink(missing_ok=True)
        self.database.writer.run("VACUUM INTO :copy", copy=str(copy))
        return copy


@dataclass
class Network:
    """What lies between a station and the service; ``loses`` is the share of messages and of answers that get lost."""

    random: random.Random
    loses: float = 0.0
    repeats: float = 0.0
    late: list[tuple[str, Run]] = field(default_factory=list)
    """Runs that are still on their way, though nobody waits for an answer any more."""

    def is_lost(self) -> bool:
        return self.random.random() < self.loses


class Line:
    """A station's line to the service."""

    def __init__(self, cloud: Cloud, device: str) -> None:
        self.cloud, self.device = cloud, device

    def push(self, run: Run) -> Answer:
        network = self.cloud.network
        if network.is_lost():
            if network.random.random() < 0.5:
                network.late.append((self.device, run))
            raise Unreachable("no way there")
        answer = self.cloud.receive(self.device, run)
        if network.random.random() < network.repeats:
            self.cloud.receive(self.device, run)
        if network.is_lost():
            raise Unreachable("no way back")
        return answer

    def rescue(self, strays: tuple[Stray, ...]) -> int:
        return run_now(self.cloud.ledger.rescue(self.cloud.caller(self.device), strays))

    def part(self, wish: PartWish) -> Part:
        raise Refused(Complaint.NO_COPY)

    def claim_till(self, claim: TillClaim) -> TillClaimed:
        caller = self.cloud.caller(self.device)
        return run_now(self.cloud.registrar.claim_till(*caller, claim))

    def pull(self, wanted: Wanted) -> Heard:
        if self.cloud.network.is_lost():
            raise Unreachable("no way there")
        heard = run_now(self.cloud.ledger.tell(self.cloud.caller(self.device), wanted))
        if self.cloud.network.is_lost():
            raise Unreachable("no way back")
        return heard


class Cloud:
    """The service, its disk, and everybody's line to it."""

    def __init__(self, path: Path, seed: int = 0) -> None:
        self.path = path
        self.random = random.Random(seed)
        self.network = Network(self.random)
        self._open()
        self.tenant = run_now(self.registrar.found("The corner shop"))

    def _open(self) -> None:
        self.storage = EmbeddedStorage(self.path)
        self.ledger = Ledger(self.storage, the_moment)
        self.registrar = Registrar(self.storage, the_moment, self.random.randrange)

    def close(self) -> None:
        run_now(self.storage.close())

    def caller(self, device: str) -> Caller:
        return Caller(self.tenant, device)

    def receive(self, device: str, run: Run) -> Answer:
        return run_now(self.ledger.receive(self.caller(device), run))

    def let_in(self, member: Member) -> None:
        code = run_now(self.registrar.make_code(self.tenant, CodeWish(STORE)))
        run_now(self.registrar.enrol(Enrolment(code, member.database.station.device, b"k" * 32)))

    def turn(self, member: Member) -> Turn:
        """Let a station exchange everything, once."""
        return take_turn(member.database, Line(self, member.database.station.device), STORE)

    def try_turn(self, member: Member) -> None:
        """Let a station try, on a bad line."""
        try:
            self.turn(member)
        except Unreachable:
            return

    def deliver_late(self) -> None:
        """Let what was under way arrive, in any order."""
        late, self.network.late = self.network.late, []
        self.network.random.shuffle(late)
        for device, run in late:
            self.receive(device, run)

    def save(self, copy: Path) -> Path:
        copy.unlink(missing_ok=True)
        self.storage.connection.run("VACUUM INTO :copy", copy=str(copy))
        return copy

    def fall_back_to(self, copy: Path) -> None:
        """Lose everything that came after a copy was taken."""
        self.close()
        for end in ("", "-wal", "-shm"):
            self.path.with_name(self.path.name + end).unlink(missing_ok=True)
        shutil.copyfile(copy, self.path)
        self._open()


def a_shop(folder: Path, cloud: Cloud, tills: int = 2) -> list[Member]:
    """Set a shop up at one station, and let the others hear of it."""
    members = [Member(folder / f"till-{number}.db", number) for number in range(1, tills + 1)]
    for member in members:
        cloud.let_in(member)
    members[0].set_up()
    for number in range(3, tills + 1):
        members[0].do(SaveTill(replace(TILL, id=f"t{number}", code=str(number), name=f"Till {number}")))
    cloud.turn(members[0])
    for number, member in enumerate(members, 1):
        cloud.turn(member)
        member.stand_at(f"t{number}")
        assert queries.station(member.database.writer).till
    return members
