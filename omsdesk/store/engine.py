"""Connections to the database file: one that writes, any number that only read."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from omsdesk.store.encryption import CannotOpen, DatabaseKey, connect, faults

Row = tuple[Any, ...]

_PATIENCE_SECONDS = 10
_TURN_SECONDS = 0.0003
_WAIT = f"PRAGMA busy_timeout={_PATIENCE_SECONDS * 1000}"
_WRITER = f"""
PRAGMA journal_mode=WAL;
PRAGMA synchronous=FULL;
{_WAIT};
PRAGMA temp_store=MEMORY;
PRAGMA cache_size=-32768;
PRAGMA mmap_size=1073741824;
"""
_READER = f"""
PRAGMA query_only=ON;
{_WAIT};
PRAGMA temp_store=MEMORY;
PRAGMA cache_size=-16384;
PRAGMA mmap_size=1073741824;
"""


class StoreFailure(Exception):
    """The disk did not take a fact: nothing of the action was kept. The sentence says what to do."""


class DamagedFile(StoreFailure):
    """A page of the file is not what SQLite wrote."""


class Connection:
    """One connection to the database: statements in, tuples out."""

    __slots__ = ("__weakref__", "raw")

    def __init__(self, raw: sqlite3.Connection) -> None:
        """Wrap a driver's connection."""
        self.raw = raw

    def run(self, sql: str, **values: object) -> int:
        """Run one statement; gives the number of rows it touched."""
        return self.raw.execute(sql, values).rowcount

    def many(self, sql: str, rows: Iterable[Mapping[str, object]]) -> None:
        """Run one statement for many rows."""
        self.raw.executemany(sql, rows)

    def row(self, sql: str, **values: object) -> Row | None:
        """Ask for the first row."""
        found: Row | None = self.raw.execute(sql, values).fetchone()
        return found

    def rows(self, sql: str, **values: object) -> list[Row]:
        """Ask for all rows."""
        return self.raw.execute(sql, values).fetchall()

    def each(self, sql: str, **values: object) -> Iterator[Row]:
        """Ask for rows one by one, for questions whose answer may be large."""
        return iter(self.raw.execute(sql, values))

    def value(self, sql: str, **values: object) -> Any:
        """Ask for the first column of the first row; None where there is no row."""
        found = self.raw.execute(sql, values).fetchone()
        return found[0] if found else None

    def close(self) -> None:
        """Close the connection."""
        self.raw.close()

    @contextmanager
    def snapshot(self) -> Iterator[None]:
        """Read everything inside as of one moment."""
        self.raw.execute("BEGIN")
        try:
            yield
        finally:
            self.raw.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing, durably, before the block is left.

        Raises:
            StoreFailure: the disk is full, read-only, broken, or another process holds the database.

        """
        with plainly():
            _begin(self.raw)
            try:
                yield
                self.raw.execute("COMMIT")
            except BaseException:
                if self.raw.in_transaction:
                    self.raw.execute("ROLLBACK")
                raise


def _begin(raw: sqlite3.Connection) -> None:
    # SQLite waits for a lock in longer and longer sleeps, up to a tenth of a second: beside a program that writes
    # without pause (an import) a till would starve. A short, even wait gets its turn.
    raw.execute("PRAGMA busy_timeout=0")
    end = time.monotonic() + _PATIENCE_SECONDS
    try:
        while True:
            try:
                raw.execute("BEGIN IMMEDIATE")
            except faults("OperationalError") as error:
                if getattr(error, "sqlite_errorcode", 0) & 0xFF != sqlite3.SQLITE_BUSY or time.monotonic() > end:
                    raise
                time.sleep(_TURN_SECONDS)
            else:
                return
    finally:
        raw.execute(_WAIT)


def open_writer(path: Path, key: DatabaseKey | None = None) -> Connection:
    """Open the connection that writes; with a key, a file that is made by it is an encrypted one.

    Raises:
        StoreFailure: the file cannot be written, or what it is encrypted with is not here.

    """
    with plainly():
        raw = connect(path, key=key)
        raw.executescript(_WRITER)
    return Connection(raw)


def open_reader(path: Path) -> Connection:
    """Open a connection that can only read; it sees whole transactions and never waits for the writer.

    Raises:
        StoreFailure: there is no such database, or what it is encrypted with is not here.

    """
    with plainly():
        raw = connect(path, is_reader=True)
        raw.executescript(_READER)
    return Connection(raw)


@contextmanager
def plainly() -> Iterator[None]:
    """Turn what the driver says of disk and file into a sentence.

    Raises:
        StoreFailure: the disk is full, read-only or broken, the file is damaged, or another process holds it.

    """
    try:
        yield
    except CannotOpen as error:
        raise StoreFailure(str(error)) from None
    except faults("IntegrityError", "ProgrammingError"):
        # Faults of the program, not of the disk.
        raise
    except faults("DatabaseError", also=(OverflowError,)) as error:
        if "malformed" in str(error) or "not a database" in str(error):
            message = "The database file is damaged. Restore the latest backup with “omsdesk restore”."
            raise DamagedFile(message) from error
        raise StoreFailure(_sentence(error)) from error


def _sentence(error: Exception) -> str:
    text = str(error)
    if isinstance(error, OverflowError):
        return "A number is too large to be kept. Nothing was saved: look at the amounts and quantities."
    if "full" in text:
        return "The disk is full. Nothing was lost, but this was not saved: free some space and try again."
    if "readonly" in text:
        return (
            "The disk is read-only. Nothing was lost, but this was not saved: make the folder writable and try again."
        )
    if "locked" in text or "busy" in text:
        return "Another program is busy with the database. Wait a moment and try again."
    if "unable to open" in text:
        return "The database file cannot be opened. Check that its folder exists and may be written."
    return f"The disk did not take it ({text}). Nothing was lost, but this was not saved: try again."
