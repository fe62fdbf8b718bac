"""Giving new stations a copy of their store's tables, piece by piece."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from omsdesk.server.replicas import Snapshot, newest_snapshot
from omsdesk.server.storage import Busy
from omsdesk.sync.messages import Part, PartWish

PIECE = 4 * 1024 * 1024
"""Bytes in one piece: a bad line has to get it through at once."""


class NoCopy(LookupError):
    """There is nothing to start with, and there will be nothing soon."""


class Snapshots:
    """The copies in the folder of the service's tables."""

    def __init__(self, folder: Path | None) -> None:
        """Look in a folder."""
        self._folder = folder
        self.order: Callable[[str, str], None] = _nobody
        """Has a copy made by whoever keeps the tables, if there is no fresh one, and returns at once."""

    async def part(self, tenant: str, store: str, wish: PartWish) -> Part:
        """Read a piece. Where the copy that was begun is gone, it is the beginning of another one.

        Raises:
            NoCopy: this service keeps no tables.
            Busy: the copy is being made.

        """
        if self._folder is None:
            raise NoCopy("This service makes no copies.")
        found = await asyncio.to_thread(newest_snapshot, self._folder, tenant, store)
        if not wish.offset:
            # Whoever begins shall begin with a fresh one; whoever keeps the tables knows what is fresh.
            self.order(tenant, store)
        if found is None:
            raise Busy("A copy for this station is being made. It takes a moment.")
        offset = wish.offset if wish.copy == found.digest and wish.offset <= found.size else 0
        content = await asyncio.to_thread(_read, found, offset)
        return Part(found.digest, found.size, offset, content)


def _nobody(tenant: str, store: str) -> None:
    """Nobody keeps tables here."""


def _read(snapshot: Snapshot, offset: int) -> bytes:
    try:
        with snapshot.path.open("rb") as file:
            file.seek(offset)
            return file.read(PIECE)
    except FileNotFoundError:
        raise Busy("A newer copy for this station is being made. It takes a moment.") from None
