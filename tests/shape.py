"""New databases for tests, whose shape is copied: the migrations make it once and not a thousand times."""

from __future__ import annotations

import sqlite3
import threading
from contextlib import closing
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from omsdesk.store import migrate
from omsdesk.store.encryption import connect
from omsdesk.store.engine import open_writer

by_migrations = migrate._upgrade
_turn = threading.Lock()


def by_copy(path: Path) -> None:
    """Do for a new plain file what the migrations do, and leave any other to them."""
    with _turn, closing(connect(path)) as raw:
        if isinstance(raw, sqlite3.Connection) and not raw.execute("SELECT 1 FROM sqlite_schema").fetchone():
            _today().backup(raw)
            return
    by_migrations(path)


@cache
def _today() -> sqlite3.Connection:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "shape.db"
        with closing(open_writer(path)) as writer:
            by_migrations(path)
            memory = sqlite3.connect(":memory:", check_same_thread=False)
            writer.raw.backup(memory)
    return memory
