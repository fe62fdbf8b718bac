"""A disk that remembers every write, and all the disks that a power cut at any instant may leave behind.

After the method of ALICE (Pillai and others, OSDI 2014): SQLite runs on a virtual file system that logs each write,
truncation and sync of the database and of its write-ahead log. For a place in that log, everything before a file's last
sync is on the disk; of what came later, each sector of 512 bytes of each write survives or does not, as the dice fall,
and so does each truncation. SQLite's own premise stands: a write that does not touch a byte does not harm it.

What the model leaves out: disks that lie about a sync; the file with the shared memory, which is made anew after a cut
(the recorded connection keeps the lock to itself, and so needs none); names in a folder, except that the write-ahead
log, once deleted, may be there again; the SQLite that writes is the one in apsw, the one that opens the disks is
Python's.
"""

from __future__ import annotations

import random
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path
from typing import Any, NamedTuple, cast

import apsw

from omsdesk.store import engine
from omsdesk.store.engine import Connection

SECTOR = 512


class Write(NamedTuple):
    """Bytes that were given to the file system."""

    file: str
    offset: int
    data: bytes


class Truncate(NamedTuple):
    """A file that was cut to a size in bytes; a deleted one to 0."""

    file: str
    size: int


class Sync(NamedTuple):
    """The promise of the disk that a file is on it as it was written so far."""

    file: str


Operation = Write | Truncate | Sync


class Acknowledged(NamedTuple):
    """A transaction that the program was told is durable: the place in the log, and what the database then said."""

    place: int
    content: bytes


class Recorder(apsw.VFS):
    """A file system that passes everything on to the real one and remembers it."""

    def __init__(self, path: Path) -> None:
        """Record the database at a path; ``close`` gives the name of the file system back."""
        self.path = path
        self.base = path.read_bytes()
        self.log: list[Operation] = []
        self.acknowledged: list[Acknowledged] = []
        self.name = f"power-cut-{id(self)}"
        super().__init__(self.name, "")

    def close(self) -> None:
        """Forget the file system; the log stays."""
        self.unregister()

    def xOpen(self, name: str | apsw.URIFilename | None, flags: list[int]) -> apsw.VFSFile:
        assert name is not None, "the writer keeps what is temporary in memory"
        return _RecordedFile(self.log, name, flags)

    def xDelete(self, filename: str, syncdir: bool) -> None:
        self.log.append(Truncate(_part(filename), 0))
        super().xDelete(filename, syncdir)


class _RecordedFile(apsw.VFSFile):
    def __init__(self, log: list[Operation], name: str | apsw.URIFilename, flags: list[int]) -> None:
        self._log = log
        self._part = _part(name.filename() if isinstance(name, apsw.URIFilename) else name)
        super().__init__("", name, flags)

    def xWrite(self, data: Any, offset: int) -> None:
        self._log.append(Write(self._part, offset, bytes(data)))
        super().xWrite(data, offset)

    def xTruncate(self, newsize: int) -> None:
        self._log.append(Truncate(self._part, newsize))
        super().xTruncate(newsize)

    def xSync(self, flags: int) -> None:
        self._log.append(Sync(self._part))
        super().xSync(flags)


def _part(name: str) -> str:
    return "-wal" if name.endswith("-wal") else ""


class _Cursor:
    """A cursor of apsw with the face of Python's own."""

    def __init__(self, cursor: apsw.Cursor) -> None:
        self._cursor = cursor
        # As they are now: apsw knows them of the connection's last statement only.
        connection = cursor.connection
        self.rowcount = connection.changes()
        self.lastrowid = connection.last_insert_rowid()

    def __iter__(self) -> Iterator[Any]:
        return iter(self._cursor)

    def fetchone(self) -> Any:
        return self._cursor.fetchone()

    def fetchall(self) -> list[Any]:
        return self._cursor.fetchall()


class _Driver:
    """A connection of apsw with the face of Python's own: what the store asks of it, and no more."""

    def __init__(self, connection: apsw.Connection) -> None:
        self._connection = connection

    @property
    def in_transaction(self) -> bool:
        return self._connection.in_transaction

    def execute(self, sql: str, values: Any = None) -> _Cursor:
        return _Cursor(self._connection.execute(sql, values))

    def executemany(self, sql: str, rows: Iterable[Mapping[str, Any]]) -> _Cursor:
        return _Cursor(self._connection.executemany(sql, rows))

    def close(self) -> None:
        self._connection.close()


class RecordedConnection(Connection):
    """The store's own connection on a recorded disk: whenever a transaction is left, it counts as acknowledged."""

    __slots__ = ("_recorder",)

    def __init__(self, recorder: Recorder, more: str = "") -> None:
        """Open with what the writer of the store asks for, and ``more`` pragmas after it."""
        raw = apsw.Connection(str(recorder.path), vfs=recorder.name)
        # A statement runs as its rows are fetched: without that, nothing after the first pragma would.
        raw.execute(f"PRAGMA locking_mode=EXCLUSIVE; {engine._WRITER} {more}").fetchall()
        super().__init__(cast(sqlite3.Connection, _Driver(raw)))
        self._recorder = recorder

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all or nothing, and note when it was said to be durable."""
        with super().transaction():
            yield
        self._recorder.acknowledged.append(Acknowledged(len(self._recorder.log), content(self)))


def content(connection: Connection) -> bytes:
    """Digest every row of every table, those behind the search included."""
    digest = blake2b()
    tables = "SELECT name FROM sqlite_schema WHERE type = 'table' AND rootpage > 0 ORDER BY name"
    for (table,) in connection.rows(tables):
        rows = connection.rows(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the database itself
        digest.update(repr((table, rows)).encode())
    return digest.digest()


@dataclass(frozen=True, slots=True)
class Disk:
    """What is found after a cut, and how many transactions had been acknowledged before it."""

    place: int
    acknowledged: int
    files: dict[str, bytes]

    def lay_down(self, path: Path) -> None:
        """Write the files where a database is to be opened."""
        path.with_name(f"{path.name}-shm").unlink(missing_ok=True)
        for part, data in self.files.items():
            path.with_name(path.name + part).write_bytes(data)


def disks(recorder: Recorder, places: Iterable[int], per_place: int, seed: int) -> Iterator[Disk]:
    """Cut the power right after the first so many operations, for each of the places; ``per_place`` disks of each."""
    wanted = sorted(set(places))
    durable = {"": bytearray(recorder.base), "-wal": bytearray()}
    waiting: list[Write | Truncate] = []
    place = 0
    for upto in wanted:
        for operation in recorder.log[place:upto]:
            if isinstance(operation, Sync):
                _flush(durable, waiting, operation.file)
            else:
                waiting.append(operation)
        place = upto
        done = sum(1 for transaction in recorder.acknowledged if transaction.place <= upto)
        for number in range(per_place):
            yield Disk(upto, done, _survivors(durable, waiting, random.Random(f"{seed} {upto} {number}")))


def _flush(durable: dict[str, bytearray], waiting: list[Write | Truncate], file: str) -> None:
    for operation in waiting:
        if operation.file == file:
            _apply(durable[file], operation)
    waiting[:] = [operation for operation in waiting if operation.file != file]


def _survivors(durable: dict[str, bytearray], waiting: list[Write | Truncate], dice: random.Random) -> dict[str, bytes]:
    files = {part: bytearray(data) for part, data in durable.items()}
    # Of one disk nearly everything arrived, of another next to nothing.
    share = dice.random()
    for operation in waiting:
        for piece in _pieces(operation):
            if dice.random() < share:
                _apply(files[operation.file], piece)
    return {part: bytes(data) for part, data in files.items()}


def _pieces(operation: Write | Truncate) -> Iterator[Write | Truncate]:
    """Split a write where one sector of the disk ends and the next begins."""
    if isinstance(operation, Truncate):
        yield operation
        return
    file, offset, data = operation
    begin = 0
    while begin < len(data):
        end = begin + SECTOR - (offset + begin) % SECTOR
        yield Write(file, offset + begin, data[begin:end])
        begin = end


def _apply(image: bytearray, operation: Write | Truncate) -> None:
    if isinstance(operation, Truncate):
        del image[operation.size :]
        return
    _, offset, data = operation
    if len(image) < offset:
        image.extend(bytes(offset - len(image)))
    image[offset : offset + len(data)] = data
