"""Starting with a copy of the store's tables, so that a new or broken till works again in minutes.

The copy comes in pieces and goes on where it was broken off. What happened since it was made is heard as usual; the
digest of the feed then proves that nothing is missing.

A station with an encrypted database keeps the pieces encrypted, too. SQLite has to see the whole as it is for the
seconds in which it is taken over: that lies in the memory of the computer where the system offers a place there (Linux
does; what the system swaps out may reach a disk), and otherwise beside the database, to be overwritten and deleted.
See ``conversion.shred`` for what then can still be found.
"""

from __future__ import annotations

import hashlib
import shutil
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from omsdesk.private_files import private_file
from omsdesk.store.conversion import shred
from omsdesk.store.database import Database
from omsdesk.store.encryption import DatabaseKey, key_in_use
from omsdesk.store.take_over import can_take_over, take_over
from omsdesk.sync.messages import Garbled, Part, PartWish
from omsdesk.sync.turn import Write

Progress = Callable[[int, int], None]
_CHUNK = 1 << 20
_PLAIN = "omsdesk-copy-"
_MEMORY = Path("/dev/shm")  # noqa: S108 - its folders are made so that nobody else can look into them
"""Where Linux keeps files that are on no disk."""


class Parts(Protocol):
    """Gives pieces of a copy, such as ``Remote``."""

    def part(self, wish: PartWish) -> Part:
        """Give a piece."""


def start_with_copy(database: Database, parts: Parts, write: Write, progress: Progress) -> bool:
    """Fetch a copy and work on with it, if nothing was written or heard here yet; tells whether it was done.

    Raises:
        Unreachable: the line broke off, or the copy is not made yet; asked again, it goes on from there.
        Garbled: what came is not the copy.
        StoreFailure: the disk did not take it, or the copy is of another version of this program.
        OSError: the same, of its folder.

    """
    folder = database.path.parent
    if not write(partial(can_take_over, database)):
        forget(folder)
        return False
    fetched = Fetched(folder, key_in_use(database.writer.raw))
    fetch(parts, fetched, progress)
    try:
        with fetched.readable() as file:
            return write(partial(take_over, database, file))
    finally:
        forget(folder)


def fetch(parts: Parts, fetched: Fetched, progress: Progress) -> None:
    """Fetch a copy, from where an earlier attempt was broken off; ``progress`` hears bytes and size.

    Raises:
        Unreachable: the line broke off, or the copy is not made yet; asked again, it goes on from here.
        Garbled: what came is not the copy.
        OSError: the folder cannot be written.

    """
    part = parts.part(PartWish(fetched.copy, fetched.size))
    while True:
        fetched.add(part)
        done = part.offset + len(part.content)
        progress(done, part.size)
        if done >= part.size or not part.content:
            break
        part = parts.part(PartWish(part.copy, done))
    digest = hashlib.sha256()
    for chunk in fetched.chunks():
        digest.update(chunk)
    if digest.hexdigest() != fetched.copy:
        forget(fetched.folder)
        raise Garbled("The copy that came is not the one that the service made. Try again.")


class Fetched:
    """What of a copy is here; encrypted where there is a key."""

    def __init__(self, folder: Path, key: DatabaseKey | None) -> None:
        """Go on with what an earlier attempt left in the folder, if it was left under the same key."""
        self.folder, self._key = folder, key
        self._name, self._file = folder / "copy.digest", folder / "copy.part"
        copy, _, used = self._name.read_text().partition(" ") if self._name.exists() else ("", "", "")
        is_usable = self._file.exists() and used == self._key_name
        self.copy, self.size = (copy, self._file.stat().st_size) if is_usable else ("", 0)

    @property
    def _key_name(self) -> str:
        return self._key.name if self._key else ""

    def add(self, part: Part) -> None:
        """Keep a piece."""
        if part.offset == 0:
            self._file.unlink(missing_ok=True)
            self._name.write_text(f"{part.copy} {self._key_name}")
            self.copy = part.copy
        private_file(self._file)
        with self._file.open("ab") as file:
            file.truncate(part.offset)
            file.write(self._turned(part.offset, part.content))

    def chunks(self) -> Iterator[bytes]:
        """Read what is here as it came, in pieces that fit into memory."""
        with self._file.open("rb") as file:
            while chunk := file.read(_CHUNK):
                yield self._turned(file.tell() - len(chunk), chunk)

    @contextmanager
    def readable(self) -> Iterator[Path]:
        """Give the copy as a file that SQLite can open, which is gone afterwards."""
        if self._key is None:
            yield self._file
            return
        with tempfile.TemporaryDirectory(prefix=_PLAIN, dir=self._place()) as name:
            plain = Path(name) / "copy.plain"
            try:
                with plain.open("wb") as file:
                    file.writelines(self.chunks())
                yield plain
            finally:
                shred(plain)

    def _place(self) -> Path:
        # What it is encrypted to lies beside it for a moment.
        has_room = _MEMORY.is_dir() and shutil.disk_usage(_MEMORY).free > 3 * self._file.stat().st_size
        return _MEMORY if has_room else self.folder

    def _turned(self, offset: int, content: bytes) -> bytes:
        """Encrypt or decrypt a piece: the cipher is one that begins anywhere, and its key is for this copy alone."""
        if self._key is None:
            return content
        from cryptography.hazmat.primitives.ciphers import Cipher
        from cryptography.hazmat.primitives.ciphers.algorithms import AES
        from cryptography.hazmat.primitives.ciphers.modes import CTR

        key = hashlib.sha256(b"omsdesk copy" + self._key.secret + self.copy.encode()).digest()
        block, skip = divmod(offset, 16)
        cipher = Cipher(AES(key), CTR(block.to_bytes(16, "big"))).encryptor()
        cipher.update(bytes(skip))
        return cipher.update(content)


def forget(folder: Path) -> None:
    """Delete what was fetched, and what a power cut left of it."""
    for left in folder.glob(f"{_PLAIN}*"):
        for file in left.iterdir():
            shred(file)
        left.rmdir()
    for name in ("copy.part", "copy.part-wal", "copy.part-shm", "copy.digest"):
        (folder / name).unlink(missing_ok=True)
