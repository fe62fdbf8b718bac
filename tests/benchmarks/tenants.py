"""What one more business costs all others: a push of a sale with 1, 10, 100 and 1,000 of them in one PostgreSQL."""

from __future__ import annotations

import asyncio
import random
from collections.abc import Coroutine, Iterator
from functools import partial
from typing import Any

from omsdesk.server.enrolment import Registrar
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.server.postgres import open_postgres
from omsdesk.sync.messages import CodeWish, Enrolment, Run
from tests.benchmarks.measure import Row, Spread, no_collector, spread, timed
from tests.benchmarks.pushing import Sales
from tests.benchmarks.shops import Shops
from tests.postgres import running

_COUNTS = (1, 10, 100, 1_000)
_PUSHES = 300
_A_SALE = 7
_TIMES = 2
_NOW = 1_790_000_000_000


def tenants(shops: Shops, size: int) -> list[Row]:
    """Fill a database business by business, and push a sale to any of them now and then; products do not matter."""
    if size != 10_000:
        return []
    sales = Sales(shops.busy_shop(10_000))
    with running(is_durable=True) as postgres, asyncio.Runner() as runner:
        storage = runner.run(open_postgres(postgres.new_database("businesses")))
        filled, chance, rows = list[_Business](), random.Random(1), list[Row]()
        floor: Spread | None = None
        for count in _COUNTS:
            while len(filled) < count:
                filled.append(_Business(Ledger(storage, lambda: _NOW), sales))
                runner.run(filled[-1].open(Registrar(storage, lambda: _NOW)))
            # What filling left to do is no cost of a push.
            for task in ("VACUUM ANALYZE", "CHECKPOINT"):
                postgres.sql(task, "businesses")
            pushes = [chance.choice(filled).next_push() for _ in range(_PUSHES)]
            with no_collector():
                spent = [timed(partial(runner.run, push)) for push in pushes]
            ours = spread(spent[_PUSHES // 10 :])
            floor = floor or ours
            is_met = ours.p50 <= _TIMES * floor.p50
            rows.append(Row("push of a sale, businesses:", f"{count:,}", ours, f"<= {_TIMES}x", is_met, floor))
        runner.run(storage.close())
    return rows


class _Business:
    """A business with a till that told 500 entries already, and tells a sale after the other."""

    def __init__(self, ledger: Ledger, sales: Sales) -> None:
        self._ledger, self._sales = ledger, sales
        self._caller = Caller("", "")

    async def open(self, registrar: Registrar) -> None:
        tenant = await registrar.found("A shop")
        self._caller = Caller(tenant, f"till-of-{tenant}")
        code = await registrar.make_code(tenant, CodeWish("s1"))
        await registrar.enrol(Enrolment(code, self._caller.device, b"k" * 32))
        runs = self._sales.runs(self._caller.device)
        await self._ledger.receive(self._caller, next(runs))
        self._runs = _cut(runs)

    def next_push(self) -> Coroutine[Any, Any, object]:
        """Make what is measured: the next sale, sealed already."""
        return self._ledger.receive(self._caller, next(self._runs))


def _cut(runs: Iterator[Run]) -> Iterator[Run]:
    """Cut runs into such as a till sends after each sale."""
    for run in runs:
        for at in range(0, len(run.entries), _A_SALE):
            part = run.entries[at : at + _A_SALE]
            yield Run(run.epoch, run.after + at, run.entries[at - 1].hash if at else run.previous, part)
