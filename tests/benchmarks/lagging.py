"""How long after the receipt another till has the sale in its tables: couriers, pace and service as delivered."""

from __future__ import annotations

import random
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from omsdesk.actions.execute import Executor
from omsdesk.actions.writer import Writer
from omsdesk.domain.shop import SaveTill, Till
from omsdesk.settings import Service
from omsdesk.store.database import Database, open_database
from omsdesk.sync.courier import Courier
from omsdesk.sync.enrolment import reach
from omsdesk.sync.keys import KeyRing
from tests.benchmarks.measure import Row, spread
from tests.benchmarks.shops import Shops
from tests.postgres import running
from tests.stories.service_process import ServiceProcess, serving
from tests.stories.shop_floor import CLOCK, PRODUCTS, SHOP, begin_shift, must, open_station, sell

_LOOK_SECONDS = 0.002
_LATEST_SECONDS = 30.0
_GOAL_MS = 1000
_RHYTHMS = {"a sale now and then": (50, 0.6, 1.2), "a sale every fifth of a second": (100, 0.1, 0.3)}
"""How many sales, and the shortest and the longest pause between two of them."""


def lagging(_shops: Shops, size: int) -> list[Row]:
    """Measure two tills of one store, in two rhythms, on both databases of the service; products do not matter."""
    if size != 10_000:
        return []
    with TemporaryDirectory() as name, running(is_durable=True) as postgres:
        databases = {"a file": f"{name}/service.db", "PostgreSQL": postgres.new_database("lag")}
        return [row for kind, database in databases.items() for row in _on(Path(name) / kind, kind, database)]


def _on(folder: Path, kind: str, database: str) -> list[Row]:
    with serving(folder / "service", database, SHOP.id) as service:
        first, second = _station(folder / "t1", service), _station(folder / "t2", service)
        rows = []
        for rhythm, (count, shortest, longest) in _RHYTHMS.items():
            chance = random.Random(count)
            lags = [_lag(first, second, chance.uniform(shortest, longest)) for _ in range(count)]
            found = spread(lags[count // 10 :])
            work = f"until another till has it: {rhythm}"
            rows.append(Row(work, kind, found, "p99 < 1 s", found.p99 < _GOAL_MS))
        for station in (first, second):
            station.close()
    return rows


class _Station:
    """A till as the program runs it."""

    def __init__(self, database: Database, folder: Path, service: ServiceProcess) -> None:
        self.executor = Executor(database, CLOCK)
        self.writer = Writer(self.executor)
        device, where, keys = database.station.device, Service(service.address, SHOP.id), KeyRing(folder)
        self.courier = Courier(database, SHOP.id, lambda: reach(where, device, keys), self.writer.run, lambda _: None)
        self.executor.listeners.append(lambda _: self.courier.wake())
        self.reader = database.reader()
        self.courier.start()

    def sell(self) -> str:
        done = self.writer.run(lambda: sell(self.executor, *PRODUCTS[:3])).result()
        return done.facts[0].subject

    def has(self, sale: str) -> bool:
        return self.reader.value("SELECT 1 FROM sale WHERE id = :sale AND number IS NOT NULL", sale=sale) is not None

    def close(self) -> None:
        self.courier.stop()
        self.writer.close()
        self.reader.close()
        self.executor.database.close()


def _station(folder: Path, service: ServiceProcess) -> _Station:
    folder.mkdir(parents=True)
    till = folder.name
    if till == "t1":
        executor = open_station(folder / "shop.db")
        must(executor, SaveTill(Till("t2", SHOP.id, "2", "Kasse 2")))
        database = executor.database
    else:
        database = open_database(folder / "shop.db", CLOCK.new_id)
    service.let_in(database)
    service.turn(database)
    database.become_till(till)
    begin_shift(Executor(database, CLOCK))
    service.turn(database)
    return _Station(database, folder, service)


def _lag(first: _Station, second: _Station, pause: float) -> float:
    """Sell, and look when the other one has it; gives the seconds."""
    time.sleep(pause)
    sale = first.sell()
    begun = time.perf_counter()
    while not second.has(sale):
        time.sleep(_LOOK_SECONDS)
        assert time.perf_counter() - begun < _LATEST_SECONDS
    return time.perf_counter() - begun
