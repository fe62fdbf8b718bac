"""A database of any age is brought to today's shape, and one of tomorrow is left alone."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from importlib import import_module
from pathlib import Path

import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import create_engine

from omsdesk.domain.cash import OpenDrawer
from omsdesk.domain.customer import Customer, SaveCustomer
from omsdesk.domain.drawer import NoteDrawer
from omsdesk.domain.sale_command import RemoveLine, RestoreLine, TakeVoidBack, VoidSale
from omsdesk.store import journal, migrate
from omsdesk.store.engine import Connection, StoreFailure, open_reader, open_writer
from omsdesk.store.migrate import NEWEST, bring_up_to_date, shape_of
from omsdesk.store.queries.customer import search
from omsdesk.store.queries.till import sale_state
from omsdesk.store.tables.catalogue import PRODUCT_SEARCH
from omsdesk.store.tables.customer import CUSTOMER_SEARCH
from omsdesk.store.tables.schema import metadata
from tests.store.station import Station

pytestmark = pytest.mark.usefixtures("by_migrations")

STORE = Path(__file__).resolve().parents[2] / "omsdesk" / "store"
TABLES, VERSIONS = STORE / "tables", STORE / "migrations" / "versions"


def test_an_empty_file_gets_todays_shape(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.touch()
    writer = open_writer(path)
    assert shape_of(writer) == ""
    bring_up_to_date(path, writer)
    assert shape_of(writer) == NEWEST
    assert writer.value("SELECT count(*) FROM journal") == 0
    assert writer.value("PRAGMA journal_mode") == "wal"
    writer.close()


def test_a_database_of_today_is_not_touched(till: Station, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("omsdesk.store.migrate._upgrade", lambda _: pytest.fail("it was migrated"))
    bring_up_to_date(till.path, till.database.writer)


def test_a_database_of_tomorrow_is_left_as_it_is(till: Station) -> None:
    till.database.writer.run("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreFailure, match=r"newer version of omsdesk .* \(shape 9999\)\. Update this program"):
        bring_up_to_date(till.path, till.database.writer)
    assert shape_of(till.database.writer) == "9999"


def test_the_newest_shape_is_the_last_file_in_the_folder() -> None:
    numbers = sorted(file.name[:4] for file in VERSIONS.glob("[0-9]*.py"))
    assert numbers[-1] == NEWEST
    assert numbers == [f"{number:04d}" for number in range(1, len(numbers) + 1)], "one after the other, none left out"


def shape(connection: sqlite3.Connection) -> dict[str, str]:
    """Every table and index as SQLite was told of it, spaces apart."""
    found = connection.execute("SELECT name, sql FROM sqlite_master WHERE name <> 'alembic_version'")
    return {name: " ".join((sql or "").split()) for name, sql in found if not name.startswith("sqlite_autoindex")}


def test_the_way_through_the_files_ends_at_the_tables_that_the_program_knows(till: Station) -> None:
    for file in TABLES.glob("[a-z]*.py"):
        import_module(f"omsdesk.store.tables.{file.stem}")
    engine = create_engine("sqlite://")
    with engine.begin() as connection:
        metadata.create_all(connection)
        connection.exec_driver_sql(PRODUCT_SEARCH)
        connection.exec_driver_sql(CUSTOMER_SEARCH)
        known = shape(connection.connection.driver_connection)  # type: ignore[arg-type]
    engine.dispose()
    migrated = shape(till.database.writer.raw)
    assert set(migrated) == set(known), "a table or an index is on one side alone"
    for name, sql in known.items():
        assert migrated[name] == sql, name
    assert len(known) > 30


def test_a_file_of_migrations_leans_on_no_table_that_may_change() -> None:
    for file in VERSIONS.glob("[0-9]*.py"):
        assert "omsdesk" not in file.read_text(encoding="utf-8"), f"{file.name} would mean something else tomorrow"


def test_what_a_database_of_the_third_shape_held_is_there_after_it_was_brought_up(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    writer = open_writer(path)
    config = Config()
    config.set_main_option("script_location", str(STORE / "migrations"))
    config.attributes["path"] = path
    command.upgrade(config, "0003")
    for table, row in OLD_ROWS.items():
        writer.run(f"INSERT INTO {table} VALUES {row}")  # noqa: S608 - names of this test
    bring_up_to_date(path, writer)
    assert {table: writer.row(f"SELECT * FROM {table}") for table in OLD_ROWS} == {  # noqa: S608 - likewise
        "barcode": ("BOX", 7, 6_000_000, 0),
        "category": ("Drinks",),
        "shop": ("s1", "{}", 1),
        "till": ("t1", "s1", "{}", 1),
        "person": ("ann", "Ann", 0, "{}", 1),
    }
    assert not writer.rows("SELECT name FROM sqlite_master WHERE name LIKE 'old%'")
    writer.close()


OLD_ROWS = {
    "barcode": ("BOX", 7, 6_000_000),
    "category": ("Drinks", 3, 4),
    "shop": ("s1", "{}"),
    "till": ("t1", "s1", "{}"),
    "person": ("ann", "Ann", 0, "{}"),
}


def test_a_migration_that_is_cut_off_has_done_nothing_and_is_done_the_next_time(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    story = (
        "import os, pathlib, sys, sqlite3\n"
        "from alembic import op\n"
        "from omsdesk.store.engine import open_writer\n"
        "from omsdesk.store.migrate import bring_up_to_date\n"
        "execute = op.execute\n"
        "def cut(sql): execute(sql); 'product_search' in str(sql) and os.kill(os.getpid(), 9)\n"
        "op.execute = cut\n"
        "path = pathlib.Path(sys.argv[1])\n"
        "bring_up_to_date(path, open_writer(path))\n"
    )
    assert subprocess.run([sys.executable, "-c", story, str(path)], check=False).returncode == -9
    writer = open_writer(path)
    assert writer.rows("SELECT name FROM sqlite_master") == [], "not half of it"
    bring_up_to_date(path, writer)
    assert shape_of(writer) == NEWEST
    writer.close()


def test_where_the_disk_does_not_take_the_shape_a_sentence_says_so(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    writer = open_writer(path)
    writer.run("CREATE TABLE journal (mine TEXT)")
    with pytest.raises(StoreFailure):
        bring_up_to_date(path, writer)
    assert writer.rows("SELECT name FROM sqlite_master") == [("journal",)], "somebody else's table is left alone"
    writer.close()


def test_an_older_database_is_kept_as_it_was_before_it_is_changed(
    till: Station, monkeypatch: pytest.MonkeyPatch
) -> None:
    till.sell("sale-1")
    copy = till.path.with_name(f"shop.db.shape-{NEWEST}")
    copy.write_text("half a copy of an attempt that was cut off")
    monkeypatch.setattr(migrate, "NEWEST", "9999")
    monkeypatch.setattr(migrate, "_upgrade", lambda _: till.database.writer.run("DROP TABLE sale"))
    bring_up_to_date(till.path, till.database.writer)
    kept = open_reader(copy)
    assert kept.rows("SELECT number FROM sale") == [("1A-000001",)]
    assert list(journal.broken_links(kept)) == []
    assert shape_of(kept) == NEWEST
    kept.close()


def test_a_new_database_leaves_no_copy_beside_it(tmp_path: Path) -> None:
    Station(tmp_path / "shop.db", is_new=True).close()
    assert [file.name for file in tmp_path.iterdir()] == ["shop.db"]


def test_a_reader_learns_the_shape_too(till: Station) -> None:
    reader = open_reader(till.path)
    assert shape_of(reader) == NEWEST
    reader.close()


OF_OTHER_STORES = ("copied_receipt", "told_return", "told_refund", "told_trace")


def test_customers_are_found_again_in_an_index_that_was_made_anew(tmp_path: Path) -> None:
    till = Station(tmp_path / "shop.db")
    till.do(SaveCustomer(Customer("anna", "Anna Smith", "Žluť Ltd")), SaveCustomer(Customer("bert", "Bert")))
    writer = till.database.writer
    writer.run("DROP TABLE customer_search")
    writer.run("CREATE VIRTUAL TABLE customer_search USING fts5(words, content='', columnsize=0, tokenize='ascii')")
    # What came to the shape later is taken away again.
    writer.run("DROP INDEX product_family")
    writer.run("ALTER TABLE print_job DROP COLUMN role")
    writer.run("ALTER TABLE approval DROP COLUMN is_training")
    for table in (
        "mail_job",
        "mail_address",
        "label_batch",
        "label_design",
        "drawer_found_open",
        "given_up",
        "drawer_opening",
        *OF_OTHER_STORES,
    ):
        writer.run(f"DROP TABLE {table}")
    writer.run("ALTER TABLE print_job DROP COLUMN done")
    writer.run("ALTER TABLE print_job DROP COLUMN sent")
    writer.run("UPDATE alembic_version SET version_num = '0018'")
    bring_up_to_date(till.path, writer)
    assert [row.customer.id for text in ("smith", "zlut", "bert") for row in search(writer, text)] == [
        "anna", "anna", "bert",
    ]  # fmt: skip
    till.do(SaveCustomer(Customer("anna", "Anna Miller", "Žluť Ltd"), ("name",)))
    assert search(writer, "smith") == []
    till.close()


def go_back(writer: Connection, revision: str, *tables: str) -> None:
    """Have the shape of an older program again."""
    for table in tables:
        writer.run(f"DROP TABLE {table}")
    writer.run("ALTER TABLE label_batch DROP COLUMN shop")
    writer.run("UPDATE alembic_version SET version_num = :revision", revision=revision)


def test_a_drawer_that_was_noted_before_there_was_a_table_of_them_is_in_it(tmp_path: Path) -> None:
    till = Station(tmp_path / "shop.db")
    till.open_shift()
    till.do(NoteDrawer("o1", "t1"))
    writer = till.database.writer
    rows = writer.rows("SELECT * FROM drawer_found_open")
    go_back(writer, "0026", "drawer_found_open", "given_up", "drawer_opening", *OF_OTHER_STORES)
    bring_up_to_date(till.path, writer)
    assert writer.rows("SELECT * FROM drawer_found_open") == rows
    assert [row[0] for row in rows] == ["o1"]
    till.close()


def test_what_was_given_up_before_there_was_a_table_of_it_is_in_it(tmp_path: Path) -> None:
    till = Station(tmp_path / "shop.db")
    till.open_shift()
    for line, product in zip("abc", ("coffee", "tea", "apples"), strict=True):
        till.do(till.add("sale-1", product, line=line), actor="cara")
    ticket = sale_state(till.database.writer, "sale-1")
    assert ticket is not None
    till.do(*(RemoveLine("sale-1", line) for line in "cba"), actor="cara")
    till.do(RestoreLine("sale-1", ticket.lines[0], 0), actor="cara")
    till.do(RemoveLine("sale-1", "a"), till.add("sale-1"), actor="sue")
    till.do(RestoreLine("sale-1", ticket.lines[1], 0), actor="sue")
    till.do(VoidSale("sale-1", "left"), actor="sue")
    till.do(till.add("sale-2"), VoidSale("sale-2"), actor="cara")
    till.do(TakeVoidBack("sale-2"), actor="cara")
    till.do(OpenDrawer("shift-1", "o1", "change"), actor="sue")
    writer = till.database.writer
    asked = ("SELECT * FROM given_up", "SELECT * FROM drawer_opening")
    rows = [writer.rows(question) for question in asked]
    go_back(writer, "0027", "given_up", "drawer_opening", *OF_OTHER_STORES)
    bring_up_to_date(till.path, writer)
    assert [writer.rows(question) for question in asked] == rows
    assert [row[1:4:2] for row in rows[0]] == [("", "sue"), ("a", "sue"), ("b", "cara"), ("c", "cara"), ("", "cara")]
    assert [row[0] for row in rows[1]] == ["o1"]
    till.close()
