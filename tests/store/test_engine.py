"""Connections: the writer is durable, readers only read, and what the disk says becomes a sentence."""

from __future__ import annotations

import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from omsdesk.store import engine
from omsdesk.store.engine import Connection, StoreFailure, open_reader, open_writer, plainly


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A database with one table and one row."""
    path = tmp_path / "a folder with spaces & ünï" / "shop #1 ?.db"
    path.parent.mkdir()
    writer = open_writer(path)
    writer.run("CREATE TABLE t (id INTEGER PRIMARY KEY, name TEXT)")
    writer.run("INSERT INTO t VALUES (1, 'one')")
    writer.close()
    return path


@pytest.fixture
def writer(file: Path) -> Iterator[Connection]:
    """The connection that writes."""
    connection = open_writer(file)
    yield connection
    connection.close()


@pytest.fixture
def reader(file: Path) -> Iterator[Connection]:
    """A connection that reads."""
    connection = open_reader(file)
    yield connection
    connection.close()


def insert(connection: Connection, number: int) -> None:
    """Put a row into the table."""
    connection.run("INSERT INTO t VALUES (:id, :name)", id=number, name=str(number))


# --- pragmas ----------------------------------------------------------------------------------------------------------


def test_the_writer_waits_for_the_disk(writer: Connection) -> None:
    assert writer.value("PRAGMA journal_mode") == "wal"
    assert writer.value("PRAGMA synchronous") == 2, "FULL: a commit is on the disk before it returns"
    assert writer.value("PRAGMA busy_timeout") == 10_000


def test_a_reader_cannot_write_whatever_it_tries(reader: Connection, file: Path) -> None:
    assert reader.value("PRAGMA query_only") == 1
    for statement in ("INSERT INTO t VALUES (2, 'two')", "DROP TABLE t", "UPDATE t SET name = ''"):
        with pytest.raises(sqlite3.OperationalError, match="readonly"):
            reader.run(statement)
    reader.run("PRAGMA query_only=OFF")
    with pytest.raises(sqlite3.OperationalError, match="readonly"):
        reader.run("INSERT INTO t VALUES (2, 'two')")


def test_a_reader_makes_no_database(tmp_path: Path) -> None:
    with pytest.raises(StoreFailure, match="cannot be opened"):
        open_reader(tmp_path / "none.db")
    assert list(tmp_path.iterdir()) == []


# --- asking -----------------------------------------------------------------------------------------------------------


def test_questions_have_rows_a_row_or_a_value_for_an_answer(writer: Connection) -> None:
    insert(writer, 2)
    assert writer.rows("SELECT * FROM t ORDER BY id") == [(1, "one"), (2, "2")]
    assert list(writer.each("SELECT id FROM t WHERE id < :most", most=2)) == [(1,)]
    assert writer.row("SELECT name FROM t WHERE id = :id", id=2) == ("2",)
    assert writer.row("SELECT name FROM t WHERE id = :id", id=9) is None
    assert writer.value("SELECT count(*) FROM t") == 2
    assert writer.value("SELECT name FROM t WHERE id = 9") is None


def test_a_statement_tells_how_many_rows_it_touched(writer: Connection) -> None:
    writer.many("INSERT INTO t VALUES (:id, 'x')", ({"id": number} for number in range(10, 20)))
    assert writer.run("UPDATE t SET name = 'y' WHERE id >= 10") == 10
    assert writer.run("UPDATE t SET name = 'y' WHERE id = 99") == 0


# --- transactions -----------------------------------------------------------------------------------------------------


def test_everything_inside_is_written_or_nothing(writer: Connection, reader: Connection) -> None:
    with writer.transaction():
        insert(writer, 2)
        assert reader.value("SELECT count(*) FROM t") == 1, "nobody sees half an action"
        insert(writer, 3)
    assert reader.value("SELECT count(*) FROM t") == 3
    with suppress(KeyError), writer.transaction():
        insert(writer, 4)
        raise KeyError
    assert reader.value("SELECT count(*) FROM t") == 3
    with writer.transaction():
        insert(writer, 4)
    assert reader.value("SELECT count(*) FROM t") == 4


def test_a_snapshot_is_of_one_moment(writer: Connection, reader: Connection) -> None:
    with reader.snapshot():
        assert reader.value("SELECT count(*) FROM t") == 1
        insert(writer, 2)
        assert reader.value("SELECT count(*) FROM t") == 1
    assert reader.value("SELECT count(*) FROM t") == 2


def test_a_snapshot_ends_even_when_the_question_fails(reader: Connection) -> None:
    with pytest.raises(sqlite3.OperationalError), reader.snapshot():
        reader.rows("SELECT * FROM nowhere")
    assert not reader.raw.in_transaction


def test_a_reader_does_not_wait_for_a_writer(writer: Connection, reader: Connection) -> None:
    with writer.transaction():
        insert(writer, 2)
        assert reader.rows("SELECT id FROM t") == [(1,)]


def test_what_was_committed_is_there_after_the_program_was_killed(file: Path) -> None:
    story = (
        "import os, pathlib, sys; from omsdesk.store.engine import open_writer\n"
        "writer = open_writer(pathlib.Path(sys.argv[1]))\n"
        "with writer.transaction(): writer.run(\"INSERT INTO t VALUES (2, 'committed')\")\n"
        "writer.run('BEGIN IMMEDIATE'); writer.run(\"INSERT INTO t VALUES (3, 'not')\")\n"
        "os.kill(os.getpid(), 9)"
    )
    assert subprocess.run([sys.executable, "-c", story, str(file)], check=False).returncode == -9
    reader = open_reader(file)
    assert reader.rows("SELECT id FROM t ORDER BY id") == [(1,), (2,)]
    reader.close()


# --- sentences --------------------------------------------------------------------------------------------------------


def test_a_full_disk_loses_nothing_and_says_so(writer: Connection) -> None:
    writer.run(f"PRAGMA max_page_count={writer.value('PRAGMA page_count')}")
    with pytest.raises(StoreFailure, match=r"The disk is full\. Nothing was lost"), writer.transaction():
        writer.run("INSERT INTO t VALUES (2, :name)", name="x" * 100_000)
    assert writer.value("SELECT count(*) FROM t") == 1
    writer.run("PRAGMA max_page_count=100000")
    with writer.transaction():
        insert(writer, 2)


def test_another_program_that_holds_the_database_is_waited_for_and_then_named(
    file: Path, writer: Connection, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine, "_PATIENCE_SECONDS", 0.1)
    other = open_writer(file)
    with (
        other.transaction(),
        pytest.raises(StoreFailure, match="Another program is busy"),
        writer.transaction(),
    ):
        insert(writer, 2)
    other.close()
    with writer.transaction():
        insert(writer, 2)


def test_a_short_wait_is_not_even_noticed(file: Path, writer: Connection) -> None:
    other = open_writer(file)
    other.run("BEGIN IMMEDIATE")
    threading.Timer(0.1, other.run, ("COMMIT",)).start()
    with writer.transaction():
        insert(writer, 2)
    other.close()


def test_a_file_that_is_no_database_is_called_damaged(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    path.write_bytes(b"this is a letter to my aunt" * 100)
    for opened in (open_writer, open_reader):
        with pytest.raises(StoreFailure, match="damaged"):
            opened(path).rows("SELECT * FROM t")


def test_a_damaged_page_is_told_in_a_sentence(file: Path) -> None:
    data = bytearray(file.read_bytes())
    data[4096:8192] = os.urandom(4096)
    file.write_bytes(data)
    writer = open_writer(file)
    with pytest.raises(StoreFailure, match="damaged"), writer.transaction():
        insert(writer, 2)
    writer.close()


def test_a_folder_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreFailure, match="Check that its folder exists"):
        open_writer(tmp_path / "nowhere" / "shop.db")


def test_a_number_that_no_database_holds_is_a_sentence_too(writer: Connection) -> None:
    with pytest.raises(StoreFailure, match="too large to be kept"), writer.transaction():
        writer.run("INSERT INTO t VALUES (:id, 'x')", id=2**63)
    assert writer.value("SELECT count(*) FROM t") == 1


def test_a_fault_of_the_program_is_not_blamed_on_the_disk(writer: Connection) -> None:
    with pytest.raises(sqlite3.IntegrityError), writer.transaction():
        insert(writer, 1)


@pytest.mark.parametrize(
    ("said", "sentence"),
    [
        ("database or disk is full", "The disk is full."),
        ("attempt to write a readonly database", "The disk is read-only."),
        ("database is locked", "Another program is busy"),
        ("unable to open database file", "cannot be opened"),
        ("database disk image is malformed", "is damaged"),
        ("disk I/O error", "The disk did not take it (disk I/O error)."),
    ],
)
def test_whatever_the_driver_says_a_person_is_told_what_to_do(said: str, sentence: str) -> None:
    with pytest.raises(StoreFailure) as failure, plainly():
        raise sqlite3.OperationalError(said)
    assert sentence in str(failure.value)
    assert str(failure.value).endswith((".", "”."))
