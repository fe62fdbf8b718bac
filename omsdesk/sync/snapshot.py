"""Starting with a copy of the store's tables, so that a new or broken till works again in minutes.

The copy comes in pieces and goes on where it was broken off. What happened since it was made is heard as usual; the
digest of the feed then proves that nothing is missing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Protocol

from omsdesk.store.database import Database
from omsdesk.store.take_over import can_take_over, take_over
from omsdesk.sync.messages import Garbled, Part, PartWish
from omsdesk.sync.turn import Write

Progress = Callable[[int, int], None]


class Parts(Protocol):
    """Gives pieces of a copy, such as ``Remote``."""

    def part(self, wish: PartWish) -> Part:
        """Give a piece."""


def fetch(parts: Parts, folder: Path, progress: Progress) -> Path:
    """Fetch a copy into a folder, from where an earlier attempt was broken off; ``progress`` hears bytes and size.

    Raises:
        Unreachable: the line broke off, or the copy is not made yet; asked again, it goes on from here.
        Garbled: what came is not the copy.
        OSError: the folder cannot be written.

    """
    file = folder / "copy.part"
    begun = _begun(folder)
    part = parts.part(PartWish(begun, file.stat().st_size if begun else 0))
    while True:
        _keep(folder, file, part)
        done = part.offset + len(part.content)
        progress(done, part.size)
        if done >= part.size or not part.content:
            break
        part = parts.part(PartWish(part.copy, done))
    with file.open("rb") as content:
        is_whole = hashlib.file_digest(content, "sha256").hexdigest() == part.copy
    if not is_whole:
        forget(folder)
        raise Garbled("The copy that came is not the one that the service made. Try again.")
    return file


def _begun(folder: Path) -> str:
    name, file = folder / "copy.digest", folder / "copy.part"
    return name.read_text() if name.exists() and file.exists() else ""


def _keep(folder: Path, file: Path, part: Part) -> None:
    if part.offset == 0:
        file.unlink(missing_ok=True)
        (folder / "copy.digest").write_text(part.copy)
    with file.open("ab") as content:
        content.truncate(part.offset)
        content.write(part.content)


def forget(folder: Path) -> None:
    """Delete what was fetched."""
    for name in ("copy.part", "copy.part-wal", "copy.part-shm", "copy.digest"):
        (folder / name).unlink(missing_ok=True)


def start_with_copy(database: Database, parts: Parts, write: Write, progress: Progress) -> bool:
    """Fetch a copy and work on with it, if nothing was written or heard here yet; tells whether it was done.

    Raises:
        Unreachable: the line broke off, or the copy is not made yet; asked again, it goes on from there.
        Garbled: what came is not the copy.
        StoreFailure: the disk did not take it, or the copy is of another version of this program.

    """
    folder = database.path.parent
    if not write(partial(can_take_over, database)):
        forget(folder)
        return False
    file = fetch(parts, folder, progress)
    try:
        return write(partial(take_over, database, file))
    finally:
        forget(folder)
