"""The floor of what writes, or only asks: the same statements with the same values, given straight to the driver."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

from omsdesk.store.engine import Connection, open_writer

Written = list[tuple[str, Any]]
"""Statements with their values: a list of them where there were many rows."""


class Recorder:
    """Stands before a driver's connection and takes down what is written through it, or (``asks``) all that is said."""

    def __init__(self, connection: Connection, *, asks: bool = False) -> None:
        """Take a connection over."""
        self.written: Written = []
        self._asks = asks
        self._raw = connection.raw
        connection.raw = self  # type: ignore[assignment]

    def execute(self, sql: str, values: Any = ()) -> sqlite3.Cursor:
        """Pass a statement on."""
        if self._asks or _writes(sql):
            self.written.append((sql, dict(values)))
        return self._raw.execute(sql, values)

    def executemany(self, sql: str, rows: Iterable[Any]) -> sqlite3.Cursor:
        """Pass a statement with many rows on."""
        kept = [dict(row) for row in rows]
        self.written.append((sql, kept))
        return self._raw.executemany(sql, kept)

    def taken(self) -> Written:
        """Give what was written since the last time."""
        written, self.written = self.written, []
        return written

    def __getattr__(self, name: str) -> Any:
        """Leave everything else to the driver."""
        return getattr(self._raw, name)


def writing(raw: sqlite3.Connection, written: Written) -> Callable[[], None]:
    """Make the work that writes all this again in one durable transaction, and nothing else."""

    def work() -> None:
        raw.execute("BEGIN IMMEDIATE")
        for sql, values in written:
            if isinstance(values, list):
                raw.executemany(sql, values)
            else:
                raw.execute(sql, values).fetchall()
        raw.execute("COMMIT")

    return work


def asking(raw: sqlite3.Connection, asked: Written) -> Callable[[], None]:
    """Make the work that asks all this again, and nothing else."""

    def work() -> None:
        for sql, values in asked:
            raw.execute(sql, values).fetchall()

    return work


def raw_writer(path: Path) -> sqlite3.Connection:
    """Open a plain connection with the settings of ours."""
    return open_writer(path).raw


def _writes(sql: str) -> bool:
    return sql.lstrip()[:6].upper() in {"INSERT", "UPDATE", "DELETE"}
