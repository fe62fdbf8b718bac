"""The tables made again from the journal: every fact goes through its projection once more, from zero."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

from omsdesk.store import exchange, journal
from omsdesk.store.database import Database
from omsdesk.store.encryption import faults
from omsdesk.store.engine import Connection, plainly
from omsdesk.store.journal import Entry
from omsdesk.store.projections.all_nouns import project
from omsdesk.store.sql import Statements

_sql = Statements("replay")

Progress = Callable[[int, int], None]
"""Called now and then with how many entries are done and how many there are."""

_EVERY = 1000


class CannotReplay(Exception):
    """An entry of the journal cannot be read or put into the tables; the sentence says which."""


def no_progress(_done: int, _total: int) -> None:
    """Take no notice of how far the work is."""


def rebuild(database: Database, progress: Progress = no_progress) -> int:
    """Clear every table that is made from the journal and make it again, in one transaction.

    Gives the number of entries; memory does not grow with the journal.

    Raises:
        CannotReplay: the journal is damaged, and the tables are left as they were.
        StoreFailure: the disk did not take it, and the tables are left as they were.

    """
    writer = database.writer
    with writer.transaction():
        for table in projected_tables(writer):
            writer.run(f'DELETE FROM "{table}"')  # noqa: S608 - a name from the database's own list
        for index in search_indexes(writer):
            writer.run(f'INSERT INTO "{index}"("{index}") VALUES (\'delete-all\')')  # noqa: S608 - likewise
        return sum(1 for _ in replay_into(writer, writer, progress))


def replay_into(source: Connection, target: Connection, progress: Progress = no_progress) -> Iterator[Entry]:
    """Project every entry of one database's journal into the tables of another; gives each entry when it is done.

    What was set aside when it was heard is in no table, and stays out.

    Raises:
        CannotReplay: an entry cannot be read, or does not fit the rows before it.

    """
    total, done, position = int(source.value(_sql.ENTRY_COUNT)), 0, 0
    entries = journal.each(source, {position for position, _ in exchange.set_aside(source)})
    try:
        for done, entry in enumerate(entries, 1):
            position = entry.position
            project(target, entry)
            yield entry
            if done % _EVERY == 0:
                progress(done, total)
    except faults("IntegrityError"):
        raise CannotReplay(f"Entry {position} of the journal contradicts the entries before it.") from None
    except (ValueError, LookupError, TypeError, zlib.error) as error:
        raise CannotReplay(f"Entry {done + 1} of the journal cannot be read ({error}).") from None
    progress(done, total)


def projected_tables(connection: Connection) -> list[str]:
    """List the tables that are made from the journal, full-text indexes apart."""
    with plainly():
        return [name for (name,) in connection.rows(_sql.PROJECTED_TABLES)]


def search_indexes(connection: Connection) -> list[str]:
    """List the full-text indexes."""
    with plainly():
        return [name for (name,) in connection.rows(_sql.SEARCH_INDEXES)]
