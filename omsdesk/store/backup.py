"""Copies of a database: taken while the till goes on selling, and put back as a new epoch.

A copy is proved before it takes anybody's place, and nothing is ever deleted: a restore keeps the file it replaces.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path

from omsdesk.store.database import open_database
from omsdesk.store.encryption import CannotOpen, DatabaseKey, connect, connect_by_sqlcipher, export, faults, key_of
from omsdesk.store.engine import StoreFailure, open_reader, plainly
from omsdesk.store.migrate import shape_of
from omsdesk.store.queries.till import station
from omsdesk.store.replay import Progress, no_progress
from omsdesk.store.verify import Findings, verify


@dataclass(frozen=True, slots=True)
class Backup:
    """A copy that was written, and what its check found."""

    path: Path
    """Where the copy lies: where it was wanted if it is sound, else beside that place."""
    findings: Findings


@dataclass(frozen=True, slots=True)
class Restored:
    """What came of a restore; where ``findings`` is not sound, nothing was changed."""

    findings: Findings
    kept: Path | None = None
    """The database that was replaced, under its new name; None where there was none."""
    epoch: int = 0
    """The epoch the station is in now: its receipts begin a new series."""


def backup(database: Path, target: Path, progress: Progress = no_progress) -> Backup:
    """Copy a database as of one moment and check the copy. An earlier backup is replaced by a sound one only.

    The copy of an encrypted database is encrypted with the same key.

    Raises:
        StoreFailure: the database cannot be read, or the disk did not take the copy.
        OSError: the folder of the copy cannot be written.

    """
    if target.exists() and target.samefile(database):
        raise StoreFailure("A backup cannot replace the database itself. Choose another file.")
    with fresh_beside(target) as copy:
        with plainly():
            _copy(database, copy, key_of(database))
        findings = verify(copy, progress)
        place = target if findings.is_sound else target.with_name(f"{target.stem}.unsound{target.suffix}")
        put(copy, place)
    return Backup(place, findings)


def restore(copy: Path, database: Path, progress: Progress = no_progress) -> Restored:
    """Put a backup in the place of a database, after it was checked; the old file stays beside it.

    The epoch rises: receipts may have been printed after the backup was taken, and their numbers are never used again.
    Where an encrypted database was, an encrypted one will be: of the key that it had, else of the backup's.

    Raises:
        StoreFailure: the copy is no backup, the database is in use, or the disk did not take it.
        OSError: the folder cannot be written.

    """
    epoch = _epoch_at_rest(database)
    with plainly(), closing(open_reader(copy)) as reader:
        if not shape_of(reader):
            raise StoreFailure(f"{copy} is not a backup of omsdesk.")
    with fresh_beside(database) as fresh:
        with plainly():
            _copy(copy, fresh, _key_at(database) or key_of(copy))
        open_database(fresh, _nobody).close()
        findings = verify(fresh, progress)
        if not findings.is_sound:
            return Restored(findings)
        with closing(open_database(fresh, _nobody)) as restored:
            epoch = max(epoch, restored.station.epoch)
            while restored.station.epoch <= epoch:
                restored.raise_epoch()
            epoch = restored.station.epoch
        _epoch_at_rest(database)
        kept = _keep(database)
        put(fresh, database)
    return Restored(findings, kept, epoch)


def _nobody() -> str:
    raise StoreFailure("The backup does not say which station it comes from.")


def _key_at(database: Path) -> DatabaseKey | None:
    try:
        return key_of(database)
    except CannotOpen:
        # That may be why it is being replaced.
        return None


@contextmanager
def fresh_beside(place: Path) -> Iterator[Path]:
    """Name a file to write beside its place, and leave nothing of it behind."""
    fresh = place.with_name(f".{place.name}.{os.getpid()}")
    try:
        yield fresh
    finally:
        for part in filter(Path.exists, (fresh, *_journals(fresh))):
            part.unlink()


def _copy(source: Path, target: Path, key: DatabaseKey | None) -> None:
    if key != key_of(source):
        with closing(connect_by_sqlcipher(source)) as raw:
            export(raw, target, key)
        return
    with closing(open_reader(source)) as reader, closing(connect(target, key=key)) as copy:
        # In one step, from one snapshot: a copy in many steps begins again whenever the till sells.
        reader.raw.backup(copy)
        # One file that needs none beside it, and can be read from a disk that cannot be written.
        copy.execute("PRAGMA journal_mode=DELETE")


def put(fresh: Path, place: Path) -> None:
    """Put a file in the place of another, such that a power cut leaves one of the two."""
    fresh.replace(place)
    settle(place.parent)


def settle(folder: Path) -> None:
    """Wait until the names in a folder are on the disk; Windows sees to that itself."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


def _epoch_at_rest(database: Path) -> int:
    """Read the epoch of a database that is to be replaced, and make sure that nobody has it open."""
    if not database.exists():
        return 0
    try:
        with closing(connect(database)) as connection:
            connection.execute("PRAGMA busy_timeout=1000")
            # Only the last one that has it open can end the write-ahead log, which is then part of the file.
            connection.execute("PRAGMA journal_mode=DELETE")
        with closing(open_reader(database)) as reader:
            return station(reader).epoch
    except faults("DatabaseError") as error:
        if "locked" in str(error):
            raise StoreFailure("The database is in use. Close omsdesk on this computer and try again.") from None
        # Damaged or unreadable: that may be why it is being replaced.
        return 0
    except (StoreFailure, CannotOpen):
        return 0


def _keep(database: Path) -> Path | None:
    """Keep the old file under a name of its own, so that there is a database at every instant."""
    if not database.exists():
        return None
    names = (database.with_name(f"{database.stem}.replaced-{n}{database.suffix}") for n in range(1, 10_000))
    kept = next(name for name in names if not name.exists())
    try:
        kept.hardlink_to(database)
    except OSError:
        # Disks of cameras and sticks know no links.
        database.replace(kept)
    # What a damaged database has beside it belongs to it, and would be poured into its successor.
    for old, new in zip(_journals(database), _journals(kept), strict=True):
        if old.exists():
            old.replace(new)
    return kept


def _journals(path: Path) -> list[Path]:
    return [path.with_name(path.name + end) for end in ("-wal", "-shm", "-journal")]
