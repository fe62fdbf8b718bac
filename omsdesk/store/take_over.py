"""Putting a copy of the tables of a whole store in the place of a database in which nothing happened yet."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from omsdesk.store import journal
from omsdesk.store.database import Database
from omsdesk.store.encryption import DatabaseKey, connect_by_sqlcipher, export, key_in_use
from omsdesk.store.engine import Connection, StoreFailure, open_writer, plainly
from omsdesk.store.migrate import NEWEST, shape_of

_OWN = ("station", "acknowledged", "fork", "doubt")
"""What a station notes of itself: nobody else's is taken over."""


def can_take_over(database: Database) -> bool:
    """Tell whether nothing was written or heard here yet: a copy would overwrite it."""
    return not journal.last_position(database.writer)


def take_over(database: Database, file: Path) -> bool:
    """Work on with a copy of other tables: all of it becomes this station's, only what it knows of itself stays.

    The copy is a plain database, which is written to; an encrypted station takes it over under its own key. Tells
    whether it was done: nothing that was written here while the copy came is ever overwritten.

    Raises:
        StoreFailure: the disk did not take it, or the copy is damaged or of another version of this program.

    """
    if not can_take_over(database):
        return False
    with _own(file, database.writer) as copy:
        copy.raw.execute("PRAGMA journal_mode=DELETE")
        with plainly():
            copy.raw.backup(database.writer.raw)
    database.begin_again()
    return True


@contextmanager
def _own(file: Path, own: Connection) -> Iterator[Connection]:
    """Open a copy as the database that this station's is to be, under its key if it has one."""
    key = key_in_use(own.raw)
    if key is None:
        with closing(open_writer(file)) as copy:
            _become(copy, own)
            yield copy
        return
    sealed = file.with_name(f"{file.name}.sealed")
    sealed.unlink(missing_ok=True)
    try:
        _seal(file, own, sealed, key)
        with closing(open_writer(sealed)) as copy:
            yield copy
    finally:
        sealed.unlink(missing_ok=True)


def _seal(file: Path, own: Connection, sealed: Path, key: DatabaseKey) -> None:
    with plainly(), closing(connect_by_sqlcipher(file)) as raw:
        # Nothing of it is to be written anywhere else.
        raw.executescript("PRAGMA journal_mode=MEMORY; PRAGMA temp_store=MEMORY;")
        _become(Connection(raw), own)
        export(raw, sealed, key)
        raw.execute("DETACH fresh")


def _become(copy: Connection, own: Connection) -> None:
    shape = shape_of(copy)
    if shape != NEWEST:
        raise StoreFailure(f"The service makes copies of another shape ({shape}). Update this program or it.")
    with plainly():
        if copy.value("PRAGMA quick_check") != "ok":
            raise StoreFailure("The copy is damaged. Try again.")
    with copy.transaction():
        for table in _OWN:
            rows = own.rows(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            copy.run(f"DELETE FROM {table}")  # noqa: S608
            if rows:
                places = ", ".join("?" * len(rows[0]))
                copy.raw.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
