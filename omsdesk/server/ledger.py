"""What the service keeps of one tenant: the chains of its stations, and the feeds made of them.

An embedded SQLite, for one shop or a few. A push is one transaction; the numbers of a feed are given last, so that no
reader ever sees a later one before an earlier one.
"""

from __future__ import annotations

from pathlib import Path

from omsdesk.store.engine import Connection, open_writer
from omsdesk.store.journal import GENESIS, FactId, Head, Sealed
from omsdesk.sync.messages import Answer, Heard, Item, Run, Wanted
from omsdesk.sync.pull import digest_after, is_same_feed
from omsdesk.sync.push import NOTHING, check_run, new_entries, probe_places
from omsdesk.sync.scopes import scope_of

_TABLES = """
CREATE TABLE IF NOT EXISTS device (id TEXT PRIMARY KEY, store TEXT NOT NULL) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS entry (
    device TEXT NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL, action INTEGER NOT NULL,
    utc_ms INTEGER NOT NULL, offset_minutes INTEGER NOT NULL, actor TEXT NOT NULL, subject TEXT NOT NULL,
    kind TEXT NOT NULL, version INTEGER NOT NULL, body BLOB NOT NULL, previous BLOB NOT NULL, hash BLOB NOT NULL,
    first_epoch INTEGER NOT NULL, first_number INTEGER NOT NULL, first_hash BLOB NOT NULL,
    PRIMARY KEY (device, epoch, number)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS entry_first ON entry (device, first_epoch, first_number);
CREATE TABLE IF NOT EXISTS feed (
    scope TEXT NOT NULL, place INTEGER NOT NULL, device TEXT NOT NULL, epoch INTEGER NOT NULL, number INTEGER NOT NULL,
    digest BLOB NOT NULL, PRIMARY KEY (scope, place)
) WITHOUT ROWID;
"""
_PUT = """
INSERT INTO entry VALUES (:device, :epoch, :number, :action, :utc_ms, :offset_minutes, :actor, :subject, :kind,
    :version, :body, :previous, :hash, :first_epoch, :first_number, :first_hash)
"""
_PAGE = """
SELECT entry.device, entry.epoch, entry.number, entry.hash, entry.previous, feed.digest, action, utc_ms,
    offset_minutes, actor, subject, kind, version, body, first_epoch, first_number, first_hash
FROM feed JOIN entry USING (device, epoch, number)
WHERE scope = :scope AND place > :after ORDER BY place LIMIT :most
"""


class NotEnrolled(LookupError):
    """The service does not know this station, or does not serve it any more."""


class Ledger:
    """The service's half of the exchange, for stations that were let in."""

    def __init__(self, path: Path) -> None:
        """Open the ledger, or make it.

        Raises:
            StoreFailure: the file cannot be written.

        """
        self.connection: Connection = open_writer(path)
        self.connection.raw.executescript(_TABLES)

    def enrol(self, device: str, store: str) -> None:
        """Let a station in, for a store."""
        with self.connection.transaction():
            self.connection.run("INSERT OR REPLACE INTO device VALUES (:device, :store)", device=device, store=store)

    def close(self) -> None:
        """Close the ledger."""
        self.connection.close()

    # ------------------------------------------------------------------------------ push

    def receive(self, device: str, run: Run) -> Answer:
        """Take what is new of a run, and say what is here now.

        Raises:
            NotEnrolled: the station is unknown.
            Garbled: the entries do not follow from one another.

        """
        check_run(device, run)
        with self.connection.transaction():
            store = self._store_of(device)
            head = self._head(device, run.epoch)
            fresh = new_entries(run, head, self._known(device, run))
            if fresh:
                self._put(device, run, head, fresh)
                self._feed(device, store, run.epoch, fresh)
                head = Head(fresh[-1].number, fresh[-1].hash)
            is_in_doubt = fresh is None or head.number > run.after + len(run.entries)
            probes = self._probes(device, run.epoch, head) if is_in_doubt else ()
            return Answer(run.epoch, head, self._last_epoch(device), probes)

    def _store_of(self, device: str) -> str:
        found = self.connection.value("SELECT store FROM device WHERE id = :device", device=device)
        if found is None:
            raise NotEnrolled("This station is not enrolled. Ask a manager for a code and enrol it.")
        return str(found)

    def _head(self, device: str, epoch: int) -> Head:
        question = (
            "SELECT number, hash FROM entry WHERE device = :device AND epoch = :epoch ORDER BY number DESC LIMIT 1"
        )
        found = self.connection.row(question, device=device, epoch=epoch)
        return Head(*found) if found else NOTHING

    def _known(self, device: str, run: Run) -> dict[int, bytes]:
        question = (
            "SELECT number, hash FROM entry WHERE device = :device AND epoch = :epoch AND number BETWEEN :low AND :high"
        )
        places = {"low": run.after, "high": run.after + len(run.entries)}
        known: dict[int, bytes] = dict(self.connection.rows(question, device=device, epoch=run.epoch, **places))
        return {0: GENESIS, **known}

    def _last_epoch(self, device: str) -> int:
        return int(self.connection.value("SELECT max(epoch) FROM entry WHERE device = :device", device=device) or 0)

    def _probes(self, device: str, epoch: int, head: Head) -> tuple[Head, ...]:
        question = "SELECT number, hash FROM entry WHERE device = :device AND epoch = :epoch AND number = :number"
        found = (
            self.connection.row(question, device=device, epoch=epoch, number=number)
            for number in probe_places(head.number)
        )
        return tuple(Head(*row) for row in found if row)

    def _put(self, device: str, run: Run, head: Head, fresh: tuple[Sealed, ...]) -> None:
        rows, previous = [], head.hash
        for entry in fresh:
            first = entry.first or FactId(run.epoch, entry.number, entry.hash)
            rows.append(
                entry._asdict()
                | {"device": device, "epoch": run.epoch, "previous": previous}
                | {f"first_{name}": value for name, value in first._asdict().items()}
            )
            previous = entry.hash
        self.connection.many(_PUT, rows)

    # ------------------------------------------------------------------------------ feeds

    def _feed(self, device: str, store: str, epoch: int, fresh: tuple[Sealed, ...]) -> None:
        """Give places in the feeds, to each fact once: one that a fork moved may have been told before."""
        for entry in fresh:
            scope = scope_of(entry.kind, store)
            if scope is None or (entry.first and self._is_told(device, epoch, entry)):
                continue
            high, digest = self._end(scope)
            after = digest_after(digest, Item(device, epoch, entry.number, entry.hash))
            self.connection.run(
                "INSERT INTO feed VALUES (:scope, :place, :device, :epoch, :number, :digest)",
                scope=scope, place=high + 1, device=device, epoch=epoch, number=entry.number, digest=after,
            )  # fmt: skip

    def _is_told(self, device: str, epoch: int, entry: Sealed) -> bool:
        question = (
            "SELECT 1 FROM entry WHERE device = :device AND first_epoch = :first_epoch AND first_number = :first_number"
            " AND first_hash = :hash AND (epoch, number) <> (:epoch, :number)"
        )
        assert entry.first is not None
        first_epoch, first_number, first_hash = entry.first
        found = self.connection.row(
            question, device=device, first_epoch=first_epoch, first_number=first_number, hash=first_hash,
            epoch=epoch, number=entry.number,
        )  # fmt: skip
        return found is not None

    def _end(self, scope: str) -> Head:
        question = "SELECT place, digest FROM feed WHERE scope = :scope ORDER BY place DESC LIMIT 1"
        found = self.connection.row(question, scope=scope)
        return Head(*found) if found else NOTHING

    def _digest_at(self, scope: str, place: int) -> bytes | None:
        if not place:
            return GENESIS
        question = "SELECT digest FROM feed WHERE scope = :scope AND place = :place"
        found: bytes | None = self.connection.value(question, scope=scope, place=place)
        return found

    def tell(self, device: str, wanted: Wanted) -> Heard:
        """Give what follows in a feed that the station's store may hear.

        Raises:
            NotEnrolled: the station is unknown, or the feed is not for its store.

        """
        with self.connection.snapshot():
            if wanted.scope not in {"", self._store_of(device)}:
                raise NotEnrolled("This station does not belong to that store.")
            high = self._end(wanted.scope).number
            if not is_same_feed(wanted, high, self._digest_at(wanted.scope, wanted.after)):
                return Heard(high=high, is_rewound=True)
            rows = self.connection.rows(_PAGE, scope=wanted.scope, after=wanted.after, most=wanted.most)
        owned = dict(wanted.owned)
        digest = rows[-1][5] if rows else wanted.digest
        return Heard(tuple(_item(row, device, owned) for row in rows), digest, high)


def _item(row: tuple[object, ...], listener: str, owned: dict[int, int]) -> Item:
    origin, epoch, number, digest, previous, _, *envelope, first_epoch, first_number, first_hash = row
    item = Item(origin, epoch, number, digest, previous)  # type: ignore[arg-type]
    if item.origin == listener and item.number <= owned.get(item.epoch, 0):
        return item
    is_moved = (first_epoch, first_number) != (epoch, number)
    first = FactId(first_epoch, first_number, first_hash) if is_moved else None  # type: ignore[arg-type]
    entry = Sealed._make((item.number, *envelope, item.hash, first))
    return Item(item.origin, item.epoch, item.number, item.hash, item.previous, entry)
