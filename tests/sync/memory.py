"""Machines in memory: a disk that outlives its program, and a power switch that can be pulled at any statement."""

from __future__ import annotations

import sqlite3
from typing import Any

from omsdesk.store.engine import Connection


class PowerCut(BaseException):
    """The machine is off. No program can catch it and go on."""


class Disk:
    """A database that lives in memory, and stays when the program that used it is gone."""

    def __init__(self, image: bytes | None = None) -> None:
        self.raw = sqlite3.connect(":memory:", isolation_level=None, check_same_thread=False)
        if image is not None:
            # A file in WAL mode says so in its header, and memory has no WAL.
            self.raw.deserialize(image[:18] + b"\x01\x01" + image[20:])
        self.statements = 0
        self.cut_at = 0

    def image(self) -> bytes:
        """Copy what is on the disk."""
        return bytes(self.raw.serialize())

    def cut_after(self, statements: int) -> None:
        """Let the power fail when so many more statements have begun."""
        self.cut_at = self.statements + statements

    def mend(self) -> None:
        """Give the power back: what was not committed is gone."""
        self.cut_at = 0
        if self.raw.in_transaction:
            self.raw.rollback()

    def connection(self) -> Connection:
        """Open the database, as a program that starts does."""
        return Connection(_Wire(self))  # type: ignore[arg-type]

    def close(self) -> None:
        self.raw.close()


class _Wire:
    """The driver's connection, through which each statement goes while there is power."""

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def __getattr__(self, name: str) -> Any:
        return getattr(self._disk.raw, name)

    def execute(self, *arguments: Any) -> sqlite3.Cursor:
        self._count()
        return self._disk.raw.execute(*arguments)

    def executemany(self, *arguments: Any) -> sqlite3.Cursor:
        self._count()
        return self._disk.raw.executemany(*arguments)

    def _count(self) -> None:
        disk = self._disk
        disk.statements += 1
        if disk.cut_at and disk.statements >= disk.cut_at:
            raise PowerCut
