"""A till that was away for 30 days hears what its store sold: against the driver alone, writing the same rows.

The rows of the floor are those that the till has at the end, in transactions of as many entries as one answer brings.
"""

from __future__ import annotations

import shutil
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from omsdesk.store.database import Database, open_database
from omsdesk.store.engine import open_reader, open_writer
from omsdesk.sync.failures import Busy
from tests.benchmarks.measure import Row, Spread, no_collector, timed
from tests.benchmarks.shops import CLOCK, SHOP, Shops
from tests.stories.service_process import ServiceProcess, serving

_SIZES = (10_000, 100_000)
_AN_ANSWER = 500
_TABLES = ("journal", "sale", "sale_line", "sale_tender", "sale_tax", "cash_movement", "stock_move")


def catching_up(shops: Shops, size: int) -> list[Row]:
    """Let a till catch up with so many sales, where a store could have sold them in a month."""
    if size not in _SIZES:
        return []
    before, after = shops.shop(10_000), shops.busy_shop(size)
    with TemporaryDirectory() as name:
        folder = Path(name)
        with serving(folder / "service", str(folder / "service.db"), SHOP.id) as service:
            listener = _listener(folder / "away" / "shop.db", before)
            _tell(service, folder / "busy" / "shop.db", before, is_new=True)
            service.let_in(listener)
            service.turn(listener)
            _tell(service, folder / "busy" / "shop.db", after)
            count = _sales(listener)
            with no_collector(), closing(listener):
                seconds = timed(lambda: _get_through(service, listener))
                count = _sales(listener) - count
        assert count == size, count
        floor = _floor(folder / "away" / "shop.db", before, folder / "floor.db")
    ours, raw = (Spread(count / spent, count / spent) for spent in (seconds, floor))
    return [Row("a till that was away catches up", f"{size:,} sales", ours, "-", None, raw, "sales/s")]


def _listener(path: Path, shop: Path) -> Database:
    """Make a second station that has heard of everything up to now."""
    path.parent.mkdir()
    shutil.copyfile(shop, path)
    with closing(sqlite3.connect(path)) as raw:
        raw.execute("UPDATE station SET device = 'away', till = ''")
        raw.commit()
    return open_database(path, CLOCK.new_id)


def _tell(service: ServiceProcess, path: Path, shop: Path, *, is_new: bool = False) -> None:
    """Let the station that sold tell everything that is in a copy of its database."""
    path.parent.mkdir(exist_ok=True)
    for end in ("", "-wal", "-shm"):
        path.with_name(path.name + end).unlink(missing_ok=True)
    shutil.copyfile(shop, path)
    with closing(open_database(path, CLOCK.new_id)) as database:
        if is_new:
            service.let_in(database)
        _get_through(service, database)


def _get_through(service: ServiceProcess, database: Database) -> None:
    """Exchange everything; the service lets a station ask 20 times a second in the long run, and says so."""
    while True:
        try:
            service.turn(database)
        except Busy as busy:
            time.sleep(busy.retry_after)
        else:
            return


def _sales(database: Database) -> int:
    return int(database.writer.value("SELECT COUNT(*) FROM sale WHERE number IS NOT NULL"))


# ---- the floor


def _floor(done: Path, before: Path, path: Path) -> float:
    """Write the rows that came into a copy of what was there before; gives the seconds."""
    shutil.copyfile(before, path)
    with closing(open_reader(done)) as reader, closing(open_reader(before)) as old:
        tables = {table: _new_rows(table, reader.rows, old.rows) for table in _TABLES}
    slices = -(-len(tables["journal"]) // _AN_ANSWER)
    with closing(open_writer(path)) as writer, no_collector():

        def write() -> None:
            for at in range(slices):
                with writer.transaction():
                    for text, rows in _part(tables, at, slices):
                        writer.raw.executemany(text, rows)

        return timed(write)


def _new_rows(table: str, rows: object, old: object) -> list[tuple[object, ...]]:
    question = f"SELECT * FROM {table}"  # noqa: S608 - one of the names above
    known = set(old(question))  # type: ignore[operator]
    return [row for row in rows(question) if row not in known]  # type: ignore[operator]


def _part(
    tables: dict[str, list[tuple[object, ...]]], at: int, slices: int
) -> Iterator[tuple[str, list[tuple[object, ...]]]]:
    for table, rows in tables.items():
        size = -(-len(rows) // slices)
        part = rows[at * size : (at + 1) * size]
        if part:
            places = ", ".join("?" * len(part[0]))
            yield f"INSERT OR REPLACE INTO {table} VALUES ({places})", part  # noqa: S608 - likewise
