"""A database encrypted, decrypted, or given another key: written anew beside itself, compared row by row, and swapped.

Whatever moment the power fails in, one whole database is in its place: the old one or the new one.
"""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from itertools import zip_longest
from pathlib import Path

from omsdesk.private_files import private_file
from omsdesk.store.backup import put
from omsdesk.store.encryption import PLAIN_HEADER, DatabaseKey, connect_by_sqlcipher, export, faults, header_of
from omsdesk.store.engine import StoreFailure, plainly

_IN_USE = "The database is in use. Close omsdesk on this computer and try again."
_SCHEMA = "SELECT type, name, tbl_name, sql FROM {0}.sqlite_schema ORDER BY type, name"
_TABLES = """
SELECT name, wr FROM pragma_table_list WHERE schema = 'main' AND type IN ('table', 'shadow') AND name <> 'sqlite_schema'
"""


def convert(path: Path, key: DatabaseKey | None) -> None:
    """Encrypt a database with a key, or (None) decrypt it. Whoever calls has kept the key and uses it.

    Raises:
        StoreFailure: somebody has it open, its present key is not here, it is damaged, or the disk did not take it;
            the database is as it was.

    """
    # By one name, so that the next attempt takes away what a power cut left of this one.
    fresh = path.with_name(f".{path.name}.converting")
    with plainly(), _held(path) as old:
        with alone(path) as raw, _unless_done(fresh, raw):
            _take_away(fresh)
            private_file(fresh)
            export(raw, fresh, key)
            _compare(raw)
            raw.execute("DETACH fresh")
            shutil.copymode(path, fresh)
            if old is not None:
                put(fresh, path)
                # While it is locked: a program that has opened the old file and waits must not write to it.
                _overwrite(old)
        if old is None:
            with _unless_done(fresh, raw):
                put(fresh, path)


@contextmanager
def _unless_done(fresh: Path, raw: sqlite3.Connection) -> Iterator[None]:
    """Leave nothing of a copy that was not finished."""
    try:
        yield
    except BaseException:
        raw.close()
        _take_away(fresh)
        raise


@contextmanager
def _held(path: Path) -> Iterator[int | None]:
    """Hold a file to overwrite it when its name is gone; None on Windows, where nothing that is open is replaced."""
    if os.name != "posix":
        yield None
        return
    # Closed last of all: any handle that is closed takes the locks of this process with it.
    handle = os.open(path, os.O_RDWR)
    try:
        yield handle
    finally:
        os.close(handle)


def _overwrite(handle: int) -> None:
    found = os.fstat(handle)
    # What has another name is somebody's copy: it is told (``readable_beside``), not destroyed.
    if not found.st_nlink:
        _blank(handle, found.st_size)


def _blank(handle: int, rest: int) -> None:
    # Where the disk does not take it, what the file was for is done all the same.
    with suppress(OSError):
        while rest > 0:
            rest -= os.write(handle, bytes(min(rest, 1 << 20)))
        os.fsync(handle)


def shred(path: Path) -> None:
    """Overwrite a file that nobody has open, and delete it.

    On a disk that writes where it is told to, nothing of it can be read afterwards. Flash memory, and file systems that
    never write in place (Btrfs, ZFS, snapshots of any), keep the old blocks until they need them.
    """
    with suppress(FileNotFoundError):
        with path.open("r+b") as file:
            _blank(file.fileno(), path.stat().st_size)
        path.unlink()


@contextmanager
def alone(path: Path) -> Iterator[sqlite3.Connection]:
    """Keep everybody else out of a database, programs that start meanwhile included.

    Raises:
        StoreFailure: somebody has it open, or it cannot be opened here.

    """
    with plainly(), closing(connect_by_sqlcipher(path)) as raw:
        try:
            raw.executescript("PRAGMA busy_timeout=1000; PRAGMA temp_store=MEMORY;")
            # Only the last one that has it open can end the write-ahead log, which is then part of the file.
            raw.execute("PRAGMA journal_mode=DELETE").fetchall()
            raw.execute("PRAGMA locking_mode=EXCLUSIVE").fetchall()
            raw.execute("BEGIN EXCLUSIVE")
            # In this locking mode the lock outlives the transaction.
            raw.execute("COMMIT")
        except faults("OperationalError") as error:
            if "locked" in str(error):
                raise StoreFailure(_IN_USE) from None
            raise
        if raw.execute("PRAGMA journal_mode").fetchall() != [("delete",)]:
            # Somebody has opened and closed it in between.
            raise StoreFailure(_IN_USE)
        yield raw


def readable_beside(path: Path) -> list[Path]:
    """List the databases in the folder of an encrypted one that everybody can read: backups, copies, what was replaced.

    It opens files, and must not be asked where one of them is in use by this process.
    """
    files = (file for file in path.parent.iterdir() if file.is_file() and file.name != path.name)
    found = [file for file in files if header_of(file) == PLAIN_HEADER]
    logs = (file.with_name(f"{file.name}-wal") for file in found)
    return sorted([*found, *filter(Path.exists, logs)])


def _take_away(fresh: Path) -> None:
    for end in ("", "-journal"):
        fresh.with_name(fresh.name + end).unlink(missing_ok=True)


def _compare(raw: sqlite3.Connection) -> None:
    """Look at every row, of the tables behind the search, too: nothing of a shop may change by being encrypted."""
    differing = [] if _are_same(raw, _SCHEMA) else ["its shape"]
    for name, is_without_rowid in raw.execute(_TABLES).fetchall():
        columns = "*" if is_without_rowid else "rowid, *"
        if not _are_same(raw, f'SELECT {columns} FROM {{0}}."{name}" NOT INDEXED'):  # noqa: S608 - its own list
            differing.append(name)
    if differing or raw.execute("PRAGMA fresh.integrity_check").fetchall() != [("ok",)]:
        message = "The database could not be copied faithfully, and was left as it was. “omsdesk verify” tells more."
        raise StoreFailure(message)


def _are_same(raw: sqlite3.Connection, question: str) -> bool:
    answers = (raw.execute(question.format(schema)) for schema in ("main", "fresh"))
    return all(one == other for one, other in zip_longest(*answers))
