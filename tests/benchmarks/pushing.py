"""Pushes of sales, four stations at once and durable: against the driver alone, copying the very same rows."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine, Iterator, Sequence
from functools import cached_property, partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import asyncpg

from omsdesk.server.embedded import EmbeddedStorage, run_now
from omsdesk.server.enrolment import Registrar
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.server.postgres import open_postgres
from omsdesk.server.storage import Storage
from omsdesk.store import journal
from omsdesk.store.engine import Connection, open_reader
from omsdesk.store.journal import GENESIS, Sealed, seal
from omsdesk.store.queries.till import station
from omsdesk.sync.messages import CodeWish, Enrolment, Run
from omsdesk.sync.push import MOST
from tests.benchmarks.measure import Pairs, Row, Spread, in_turns, spreads
from tests.benchmarks.shops import Shops
from tests.postgres import Postgres, running

_STATIONS = 4
_ROUNDS = 30
_TIMES = 3
_NOW = 1_790_000_000_000
_ENTRIES = "SELECT * FROM entry ORDER BY tenant_id, device, number"

Work = Callable[[], Coroutine[Any, Any, object]]
Round = Sequence[Work]
"""What each of the stations does once."""


def pushing(shops: Shops, _size: int) -> list[Row]:
    """Push the sales of four stations: of one shop, which share a feed, of four shops, and into a file."""
    sales = Sales(shops.busy_shop(10_000))
    with running(is_durable=True) as postgres:
        rows = [_on_postgres(postgres, sales, shops=count) for count in (4, 1)]
    return [*rows, _on_file(sales)]


class Sales:
    """The newest entries of a real journal, as each of the stations could have written them."""

    def __init__(self, shop: Path) -> None:
        reader, count = open_reader(shop), _ROUNDS * MOST
        where = station(reader)
        self._skipped = journal.head(reader, where.device, where.epoch).number - count
        self._entries = journal.run_after(reader, where.device, where.epoch, self._skipped, count)
        reader.close()

    @cached_property
    def in_a_round(self) -> float:
        """How many sales all stations push in one round."""
        return _STATIONS * sum(entry.kind == "sale.completed" for entry in self._entries) / _ROUNDS

    def runs(self, device: str) -> Iterator[Run]:
        """Give the runs in which a device would push them."""
        previous, entries = GENESIS, list[Sealed]()
        for entry in self._entries:
            number, action = entry.number - self._skipped, entry.action - self._skipped
            bare = entry._replace(number=number, action=action, first=None)
            entries.append(bare._replace(hash=seal(device, 1, entries[-1].hash if entries else previous, bare)))
            if len(entries) == MOST:
                yield Run(1, number - MOST, previous, tuple(entries))
                previous, entries = entries[-1].hash, []


async def _pushes(storage: Storage, sales: Sales, shops: int) -> list[Round]:
    """Let new stations in, and give what they push: one run each in a round."""
    registrar, ledger = Registrar(storage, lambda: _NOW), Ledger(storage, lambda: _NOW)
    tenants = [await registrar.found("A shop") for _ in range(shops)]
    ways = []
    for number in range(_STATIONS):
        caller = Caller(tenants[number % shops], f"{tenants[number % shops]}-{number}")
        code = await registrar.make_code(caller.tenant, CodeWish("s1"))
        await registrar.enrol(Enrolment(code, caller.device, b"k" * 32))
        ways.append([partial(ledger.receive, caller, run) for run in sales.runs(caller.device)])
    return list(zip(*ways, strict=True))


def _copied(rows: Sequence[Sequence[Any]]) -> Iterator[tuple[list[Any], ...]]:
    """Give rows that were pushed to other tenants, cut as they came: one part for each station in a round."""
    ways = [
        [
            [(f"copy-{way}", *row[1:]) for row in rows[at : at + MOST]]
            for at in range(begin, begin + len(rows) // _STATIONS, MOST)
        ]
        for way, begin in enumerate(range(0, len(rows), len(rows) // _STATIONS))
    ]
    return zip(*ways, strict=True)


# ---- PostgreSQL


def _on_postgres(postgres: Postgres, sales: Sales, shops: int) -> Row:
    database = f"shops_{shops}"
    url = postgres.new_database(database)
    with asyncio.Runner() as runner:
        storage = runner.run(open_postgres(url))
        # Pushed once to know the rows and to warm up; then in turns with copying these same rows for somebody else.
        for works in runner.run(_pushes(storage, sales, shops)):
            runner.run(_at_once(works))
        connections = [runner.run(asyncpg.connect(url)) for _ in range(_STATIONS)]
        copies = runner.run(_copies(connections))
        postgres.sql("CHECKPOINT", database)
        ours = [partial(runner.run, _at_once(works)) for works in runner.run(_pushes(storage, sales, shops))]
        pairs = in_turns([partial(runner.run, _at_once(works)) for works in copies], ours)
        for opened in (storage, *connections):
            runner.run(opened.close())
    return _row("push of sales, PostgreSQL", f"{_STATIONS} stations, {shops} shop{'s' * (shops > 1)}", sales, pairs)


async def _copies(connections: Sequence[asyncpg.Connection]) -> list[Round]:
    rows = await connections[0].fetch(_ENTRIES)
    columns = list(rows[0].keys())
    return [
        [
            partial(connection.copy_records_to_table, "entry", records=part, columns=columns)
            for connection, part in zip(connections, parts, strict=True)
        ]
        for parts in _copied(rows)
    ]


async def _at_once(works: Round) -> None:
    await asyncio.gather(*(work() for work in works))


# ---- a file


def _on_file(sales: Sales) -> Row:
    with TemporaryDirectory() as folder:
        storage = EmbeddedStorage(Path(folder) / "cloud.db")
        for works in run_now(_pushes(storage, sales, 1)):
            _one_by_one(works)
        rows = storage.connection.rows(_ENTRIES)
        floor = [partial(_insert, storage.connection, parts) for parts in _copied(rows)]
        ours = [partial(_one_by_one, works) for works in run_now(_pushes(storage, sales, 1))]
        pairs = in_turns(floor, ours)
        run_now(storage.close())
    return _row("push of sales, a file", f"{_STATIONS} stations, 1 shop", sales, pairs)


def _insert(connection: Connection, parts: Sequence[list[Any]]) -> None:
    for rows in parts:
        with connection.transaction():
            places = ", ".join("?" * len(rows[0]))
            connection.raw.executemany(f"INSERT INTO entry VALUES ({places})", rows)  # noqa: S608 - question marks


def _one_by_one(works: Round) -> None:
    for work in works:
        run_now(work())


# ---- the table


def _row(work: str, size: str, sales: Sales, pairs: Pairs) -> Row:
    floor, ours = (_rate(sales, one) for one in spreads(pairs))
    return Row(work, size, ours, f"<= {_TIMES}x", floor.p50 <= _TIMES * ours.p50, floor, "sales/s")


def _rate(sales: Sales, spread: Spread) -> Spread:
    return Spread(*(sales.in_a_round / (milliseconds / 1000) for milliseconds in (spread.p50, spread.p99)))
