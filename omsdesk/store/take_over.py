"""Putting a copy of the tables of a whole store in the place of a database in which nothing happened yet."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

from omsdesk.store import journal
from omsdesk.store.database import Database
from omsdesk.store.engine import Connection, StoreFailure, open_writer, plainly
from omsdesk.store.migrate import NEWEST, shape_of

_OWN = ("station", "acknowledged", "fork", "doubt")
"""What a station notes of itself: nobody else's is taken over."""


def can_take_over(database: Database) -> bool:
    """Tell whether nothing was written or heard here yet, and the file is one that a copy can be written over."""
    return isinstance(database.writer.raw, sqlite3.Connection) and not journal.last_position(database.writer)


def take_over(database: Database, file: Path) -> bool:
    """Work on with a copy of other tables: all of it becomes this station's, only what it knows of itself stays.

    Tells whether it was done: nothing that was written here while the copy came is ever overwritten.

    Raises:
        StoreFailure: the disk did not take it, or the copy is damaged or of another version of this program.

    """
    if not can_take_over(database):
        return False
    with closing(open_writer(file)) as copy:
        shape = shape_of(copy)
        if shape != NEWEST:
            raise StoreFailure(f"The service makes copies of another shape ({shape}). Update this program or it.")
        with plainly():
            if copy.value("PRAGMA quick_check") != "ok":
                raise StoreFailure("The copy is damaged. Try again.")
        _become(copy, database.writer)
        copy.raw.execute("PRAGMA journal_mode=DELETE")
        with plainly():
            copy.raw.backup(database.writer.raw)
    database.begin_again()
    return True


def _become(copy: Connection, own: Connection) -> None:
    with copy.transaction():
        for table in _OWN:
            rows = own.rows(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            copy.run(f"DELETE FROM {table}")  # noqa: S608
            if rows:
                places = ", ".join("?" * len(rows[0]))
                copy.raw.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
