"""The machines of a shop in memory: tills and the service, whose programs start again on what is on their disks."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path
from typing import NamedTuple

from omsdesk.actions.execute import Executor
from omsdesk.server.embedded import EmbeddedStorage, run_now
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.store.database import Database
from omsdesk.store.engine import Connection
from omsdesk.store.queries.conflicts import conflicts
from omsdesk.store.queries.till import station
from omsdesk.sync.messages import Answer, Heard, Run, Stray, Wanted
from tests.store.station import Station
from tests.sync.memory import Disk
from tests.sync.stations import Cloud, SeededClock, a_shop, the_moment


class Shop(NamedTuple):
    """The disks of a shop that was set up a moment ago."""

    tills: tuple[bytes, ...]
    cloud: bytes
    tenant: str


@cache
def new_shop() -> Shop:
    """Set a shop up once: three tills that heard everything, and their service."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        cloud = Cloud(folder / "cloud.db")
        tills = a_shop(folder, cloud, 3)
        for member in tills * 2:
            cloud.turn(member)
        images = tuple(member.save(folder / "image.db").read_bytes() for member in tills)
        shop = Shop(images, cloud.save(folder / "image.db").read_bytes(), cloud.tenant)
        for member in tills:
            member.close()
        cloud.close()
        return shop


class _MemoryDatabase(Database):
    """A station's database in memory: who only reads uses the same connection."""

    def reader(self) -> Connection:
        return self.writer


class _MemoryStorage(EmbeddedStorage):
    """The service's database in memory."""

    def __init__(self, disk: Disk) -> None:
        self.connection = disk.connection()


class Till(Station):
    """A machine at a counter: a disk, a clock, and the program that runs on them now."""

    def __init__(self, name: str, image: bytes, seed: int) -> None:
        self.name = name
        self.path = Path(name)
        self.disk = Disk(image)
        self.clock = SeededClock(seed)
        self.start()

    def start(self) -> None:
        """Start the program, on what is on the disk."""
        self.disk.mend()
        writer = self.disk.connection()
        self.database = _MemoryDatabase(self.path, writer, station(writer))
        self.executor = Executor(self.database, self.clock)

    def put_in(self, image: bytes) -> None:
        """Put another disk in, and start."""
        self.disk.close()
        self.disk = Disk(image)
        self.start()

    @property
    def device(self) -> str:
        return self.database.station.device

    def facts(self) -> dict[str, tuple[object, ...]]:
        """Every sale and every movement of cash in the tables, as they are there."""
        found = {
            row[0]: row[1:]
            for question in (
                "SELECT id, number, total, till FROM sale WHERE completed_ms IS NOT NULL",
                "SELECT id, amount, shift, till FROM cash_movement WHERE reason = 'pay_in'",
            )
            for row in self.disk.raw.execute(question)
        }
        return dict(sorted(found.items()))

    def opinions(self) -> list[tuple[object, ...]]:
        """What the till shows of each product, and where somebody has to choose."""
        shown = "SELECT id, name, minor FROM product JOIN price ON price.product_no = product.no ORDER BY id"
        open_conflicts = [(row.subject, row.field, len(row.values)) for row in conflicts(self.database.writer)]
        return [*self.disk.raw.execute(shown), *sorted(open_conflicts)]


class Machine:
    """The service's machine."""

    def __init__(self, shop: Shop) -> None:
        self.tenant = shop.tenant
        self.disk = Disk(shop.cloud)
        self.start()

    def start(self) -> None:
        """Start the service, on what is on the disk."""
        self.disk.mend()
        self.ledger = Ledger(_MemoryStorage(self.disk), the_moment)

    def put_in(self, image: bytes) -> None:
        """Put another disk in, and start."""
        self.disk.close()
        self.disk = Disk(image)
        self.start()

    def receive(self, device: str, run: Run) -> Answer:
        return run_now(self.ledger.receive(Caller(self.tenant, device), run))

    def rescue(self, device: str, strays: tuple[Stray, ...]) -> int:
        return run_now(self.ledger.rescue(Caller(self.tenant, device), strays))

    def tell(self, device: str, wanted: Wanted) -> Heard:
        return run_now(self.ledger.tell(Caller(self.tenant, device), wanted))
