"""The tables are made again from the journal, and are what they were."""

from __future__ import annotations

import sqlite3
import tracemalloc
from contextlib import closing
from pathlib import Path

import pytest

from omsdesk.domain.catalogue import SaveProducts
from omsdesk.store import engine
from omsdesk.store.database import Database, open_database
from omsdesk.store.engine import StoreFailure
from omsdesk.store.queries import till as till_queries
from omsdesk.store.replay import CannotReplay, projected_tables, rebuild, search_indexes
from omsdesk.store.verify import verify
from tests.stories.shop_floor import CLOCK, a_days_work, begin_shift, must, product, sell, station


@pytest.fixture
def day(tmp_path: Path) -> Path:
    a_days_work(tmp_path / "shop.db", 120)
    return tmp_path / "shop.db"


def rebuilt(path: Path) -> int:
    with closing(open_database(path, CLOCK.new_id)) as database:
        return rebuild(database)


def behind_its_back(path: Path, sql: str) -> None:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.executescript(sql)


def contents(database: Database) -> dict[str, list[tuple[object, ...]]]:
    return {
        table: sorted(database.writer.rows(f'SELECT * FROM "{table}"'), key=repr)  # noqa: S608 - the database's own names
        for table in projected_tables(database.writer)
    }


def test_tables_that_were_made_again_hold_what_they_held(day: Path) -> None:
    with closing(open_database(day, CLOCK.new_id)) as database:
        before, station_before = contents(database), database.station
        assert rebuild(database) == verify(day).entries
        assert contents(database) == before
        assert database.station == station_before


def test_damaged_tables_are_mended(day: Path) -> None:
    behind_its_back(
        day,
        """
        DELETE FROM sale_line; DELETE FROM product WHERE no > 10; UPDATE stock_level SET quantity = 7;
        INSERT INTO person VALUES ('x', 'Nobody', 1, '{}', 1);
        INSERT INTO product_search(rowid, words) VALUES (3, 'gold');
        """,
    )
    assert not verify(day).is_sound
    rebuilt(day)
    assert verify(day).sentences == ()


def test_the_till_sells_on_after_a_rebuild(day: Path) -> None:
    rebuilt(day)
    with station(day) as executor:
        with closing(executor.database.reader()) as reader:
            if not till_queries.open_shift(reader, "t1"):
                begin_shift(executor)
        sell(executor, "p1", "p2")
    assert verify(day).is_sound


def test_a_journal_that_cannot_be_read_leaves_the_tables_as_they_were(day: Path) -> None:
    behind_its_back(day, "UPDATE journal SET body = x'7b' WHERE position = 30")
    with closing(open_database(day, CLOCK.new_id)) as database:
        before = contents(database)
        with pytest.raises(CannotReplay, match="Entry 30 of the journal cannot be read"):
            rebuild(database)
        assert contents(database) == before


def test_a_program_that_writes_meanwhile_is_waited_for_and_told(day: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "_PATIENCE_SECONDS", 0.1)
    with closing(open_database(day, CLOCK.new_id)) as database, closing(sqlite3.connect(day)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreFailure, match="Another program is busy"):
            rebuild(database)


def test_progress_tells_how_far_it_is(day: Path) -> None:
    steps: list[tuple[int, int]] = []
    with closing(open_database(day, CLOCK.new_id)) as database:
        count = rebuild(database, lambda done, total: steps.append((done, total)))
    assert steps == [(count, count)]


def test_what_is_not_made_from_the_journal_is_left_alone(day: Path) -> None:
    with closing(open_database(day, CLOCK.new_id)) as database:
        tables = projected_tables(database.writer)
        assert {"journal", "station", "alembic_version"}.isdisjoint(tables)
        assert not [name for name in tables if name.startswith(("product_search_", "customer_search_"))]
        assert search_indexes(database.writer) == ["customer_search", "product_search"]


def test_memory_does_not_grow_with_the_journal(tmp_path: Path) -> None:
    peaks = []
    for batches in (4, 40):
        path = tmp_path / f"{batches}.db"
        with station(path) as executor:
            for batch in range(batches):
                edits = tuple(product(1000 + batch * 250 + number) for number in range(250))
                must(executor, SaveProducts(f"batch {batch}", edits))
            tracemalloc.start()
            rebuild(executor.database)
            peaks.append(tracemalloc.get_traced_memory()[1])
            tracemalloc.stop()
        assert verify(path).is_sound
    assert peaks[1] < 1.5 * peaks[0]
