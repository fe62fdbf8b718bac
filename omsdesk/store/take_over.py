"""Putting a copy of the tables of a whole store in the place of a database in which nothing happened yet."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from omsdesk.store.database import Database
from omsdesk.store.engine import Connection, StoreFailure, open_writer, plainly
from omsdesk.store.migrate import NEWEST, shape_of

_OWN = ("station", "acknowledged", "fork", "doubt")
"""What a station notes of itself: nobody else's is taken over."""


def take_over(database: Database, file: Path) -> None:
    """Work on with a copy of other tables: all of it becomes this station's, only what it knows of itself stays.

    Raises:
        StoreFailure: the disk did not take it, or the copy is damaged or of another version of this program.

    """
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


def _become(copy: Connection, own: Connection) -> None:
    with copy.transaction():
        for table in _OWN:
            rows = own.rows(f"SELECT * FROM {table}")  # noqa: S608 - our own tables
            copy.run(f"DELETE FROM {table}")  # noqa: S608
            if rows:
                places = ", ".join("?" * len(rows[0]))
                copy.raw.executemany(f"INSERT INTO {table} VALUES ({places})", rows)  # noqa: S608
