"""The service's own tables: for each business, and for each store, a database like that of a station.

The same projections make them as at a till. They can be thrown away, and are made again from the journals. A new
station starts with a copy of its store's, and the one that holds a whole business writes what only one mind can decide.
"""

from __future__ import annotations

import hashlib
import logging
import shutil
from collections import OrderedDict
from collections.abc import Callable, Coroutine, Iterator
from contextlib import closing, suppress
from functools import partial
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from omsdesk.private_files import private_file, private_folder
from omsdesk.server.enrolment import ITSELF
from omsdesk.server.ledger import Caller, Ledger
from omsdesk.store import exchange
from omsdesk.store.database import Database, open_database
from omsdesk.store.engine import Connection, DamagedFile, StoreFailure, open_reader, open_writer, plainly
from omsdesk.store.migrate import NEWEST
from omsdesk.sync.messages import Answer, Heard, Run, Stray, Wanted
from omsdesk.sync.scopes import EVERYWHERE, HEAD_OFFICE
from omsdesk.sync.turn import listen, scopes_heard, take_turn

_log = logging.getLogger("omsdesk.server.tables")
_Result = TypeVar("_Result")
_MOST_OPEN = 32
_STALE_AFTER = 20_000
"""Entries after which a copy for new stations is made anew; what came since is heard as usual."""


class Snapshot(NamedTuple):
    """A copy of a store's tables for a new station: its file, and the hash of that by which it is known."""

    path: Path
    digest: str
    size: int


class Inside:
    """The service as its own tables reach it, to catch up once: a feed that goes no further is not asked for."""

    def __init__(self, ledger: Ledger, tenant: str, ask: Callable[[Coroutine[Any, Any, Any]], Any]) -> None:
        """Speak for a business; ``ask`` runs what the ledger does to its end."""
        self._ledger, self._caller, self._run = ledger, Caller(tenant, ITSELF), ask
        self._ends: dict[str, int] | None = None

    def _ask(self, work: Coroutine[Any, Any, _Result]) -> _Result:
        try:
            result: _Result = self._run(work)
        except DamagedFile as error:
            # It is not the tables that are damaged then.
            raise StoreFailure(str(error)) from error
        return result

    def push(self, run: Run) -> Answer:
        """Send a run."""
        self._ends = None
        return self._ask(self._ledger.receive(self._caller, run))

    def pull(self, wanted: Wanted) -> Heard:
        """Ask for what follows in a feed."""
        if self._ends is None:
            self._ends = self.ends()
        if wanted.after == self._ends.get(wanted.scope, 0):
            return Heard(digest=wanted.digest, high=wanted.after)
        return self._ask(self._ledger.tell(self._caller, wanted))

    def rescue(self, strays: tuple[Stray, ...]) -> int:
        """Give back what was heard once and is in the feed no more."""
        self._ends = None
        return self._ask(self._ledger.rescue(self._caller, strays))

    def ends(self, store: str = HEAD_OFFICE) -> dict[str, int]:
        """Say how far the feeds go that a store hears."""
        return self._ask(self._ledger.ends(self._caller.tenant, store))


class Replicas:
    """The tables of all businesses, in a folder of their own."""

    def __init__(
        self, folder: Path, inside: Callable[[str], Inside], on_damage: Callable[[str], None] | None = None
    ) -> None:
        """Keep them in a folder; ``inside`` gives the way to a business, ``on_damage`` hears whose were damaged."""
        self._folder, self._inside, self._on_damage = folder, inside, on_damage
        self._open: OrderedDict[tuple[str, str], Database] = OrderedDict()
        self._checked: set[Path] = set()

    def catch_up(self, tenant: str, store: str = HEAD_OFFICE) -> int:
        """Bring the tables of a store, or of the whole business, up to date; gives how many entries were new.

        Raises:
            StoreFailure: the disk did not take it.

        """
        return self._do(tenant, store, partial(self._catch_up, tenant, store))

    def _catch_up(self, tenant: str, store: str, database: Database) -> int:
        inside = self._inside(tenant)
        if store != HEAD_OFFICE:
            return listen(database, inside, (EVERYWHERE, store))
        fresh = take_turn(database, inside, HEAD_OFFICE).heard
        # Those of stores that no station has told the name of yet.
        return fresh + listen(
            database, inside, sorted(inside.ends().keys() - scopes_heard(database.writer, HEAD_OFFICE))
        )

    def lag(self, tenant: str, store: str = HEAD_OFFICE) -> int:
        """Count what the feeds have and the tables have not.

        Raises:
            StoreFailure: the disk did not give or take it.

        """
        return self._do(tenant, store, lambda database: self._lacking(tenant, store, database.writer))

    def snapshot(self, tenant: str, store: str) -> Snapshot:
        """Make a copy of a store's tables for a new station, or give the one that is fresh enough.

        Raises:
            StoreFailure: the disk did not take it.

        """
        known = self.known_snapshot(tenant, store)
        if known is not None:
            if _digest_of(known.path) == known.digest and self._behind(tenant, store, known.path) <= _STALE_AFTER:
                return known
            known.path.unlink()
        return self._do(tenant, store, partial(self._make_snapshot, tenant, store))

    def _make_snapshot(self, tenant: str, store: str, database: Database) -> Snapshot:
        self._catch_up(tenant, store, database)
        copy = self._place(tenant, store, "making")
        copy.unlink(missing_ok=True)
        try:
            private_file(copy)
            database.writer.run("VACUUM INTO :copy", copy=str(copy))
            with closing(open_writer(copy)) as writer:
                # One file alone is what travels.
                writer.raw.execute("PRAGMA journal_mode=DELETE")
            digest = _digest_of(copy)
            path = self._place(tenant, store, f"{digest}.snapshot")
            copy.replace(path)
        finally:
            copy.unlink(missing_ok=True)
        return Snapshot(path, digest, path.stat().st_size)

    def known_snapshot(self, tenant: str, store: str) -> Snapshot | None:
        """Find the newest copy that was made for new stations."""
        return newest_snapshot(self._folder, tenant, store)

    def close(self) -> None:
        """Close every database."""
        while self._open:
            self._open.popitem()[1].close()

    def database(self, tenant: str) -> Database:
        """Give the tables of a whole business."""
        return self._database(tenant, HEAD_OFFICE)

    def _behind(self, tenant: str, store: str, copy: Path) -> int:
        with closing(open_reader(copy)) as reader:
            return self._lacking(tenant, store, reader)

    def _lacking(self, tenant: str, store: str, reader: Connection) -> int:
        ends = self._inside(tenant).ends(store)
        return sum(max(0, high - exchange.heard(reader, scope).number) for scope, high in ends.items())

    def _database(self, tenant: str, store: str) -> Database:
        found = self._open.pop((tenant, store), None)
        if found is None:
            path = self._place(tenant, store, "db")
            private_folder(path.parent)
            if not path.exists():
                self._copy_empty(path)
            found = open_database(path, lambda: ITSELF)
        self._check(found)
        self._open[tenant, store] = found
        if len(self._open) > _MOST_OPEN:
            self._open.popitem(last=False)[1].close()
        return found

    def _check(self, database: Database) -> None:
        """Look at every page of a file, the first time that this process opens it, and at what was set aside.

        What an older version of the service could not put into the tables this one may.
        """
        if database.path not in self._checked:
            found = database.writer.value("PRAGMA quick_check(1)")
            if found != "ok":
                database.close()
                raise DamagedFile(str(found))
            exchange.try_again(database.writer)
            self._checked.add(database.path)

    def _do(self, tenant: str, store: str, work: Callable[[Database], _Result]) -> _Result:
        """Do something with tables; where they are damaged, with those that are made in their place."""
        with plainly():
            try:
                with plainly():
                    return work(self._database(tenant, store))
            except DamagedFile as error:
                self._put_aside(tenant, store, str(error.__cause__ or error))
            return work(self._database(tenant, store))

    def _put_aside(self, tenant: str, store: str, reason: str) -> None:
        """Make room for new tables; of damaged ones the last are kept, for whoever wants to look at them."""
        found = self._open.pop((tenant, store), None)
        if found is not None:
            found.close()
        path = self._place(tenant, store, "db")
        path.replace(path.with_suffix(".damaged"))
        for ending in ("-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        # It may be what was copied that is damaged.
        self._empty.unlink(missing_ok=True)
        if self._on_damage:
            self._on_damage(tenant)
        fields = {"tenant": tenant, "store": store, "reason": reason, "file": str(path.with_suffix(".damaged"))}
        _log.warning("Damaged tables were put aside and are made anew.", extra={"fields": fields})

    @property
    def _empty(self) -> Path:
        return self._folder / f"empty-{NEWEST}.db"

    def _copy_empty(self, path: Path) -> None:
        """Begin with a copy of empty tables: making them takes longer than most businesses have facts."""
        empty, fresh = self._empty, path.with_suffix(".new")
        if not empty.exists():
            open_database(fresh, lambda: ITSELF).close()
            fresh.replace(empty)
        private_file(fresh)
        shutil.copyfile(empty, fresh)
        fresh.replace(path)

    def _place(self, tenant: str, store: str, ending: str) -> Path:
        return folder_of(self._folder, tenant, store) / f"tables.{ending}"


def folder_of(folder: Path, tenant: str, store: str) -> Path:
    """Name the folder of a store's tables. The store's id may hold letters that no file can be named by."""
    return folder / tenant / hashlib.sha256(store.encode()).hexdigest()[:16]


def newest_snapshot(folder: Path, tenant: str, store: str) -> Snapshot | None:
    """Find the newest copy that was made for new stations of a store."""
    found = max(_snapshots(folder_of(folder, tenant, store)), default=None)
    return None if found is None else found[1]


def _snapshots(folder: Path) -> Iterator[tuple[int, Snapshot]]:
    for path in folder.glob("tables.*.snapshot"):
        # Asked once: a copy may go at any moment, when a newer one is made.
        with suppress(FileNotFoundError):
            known = path.stat()
            yield known.st_mtime_ns, Snapshot(path, path.name.split(".")[1], known.st_size)


def _digest_of(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
