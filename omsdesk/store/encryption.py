"""Which driver opens a database file: Python's own for a plain one, SQLCipher's, with a key, for an encrypted one.

An encrypted file begins with a salt. Ours says that it is one of omsdesk and which key it needs, so that the key is
found wherever file or backup are carried to. A key is 32 random bytes and used as it is: a password would have to be
stretched at each opening, and a till opens its file often.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
import threading
from collections.abc import Callable
from dataclasses import field
from functools import cache
from pathlib import Path
from typing import Any, cast
from weakref import WeakSet

from omsdesk.domain.records import record
from omsdesk.private_files import private_file

PLAIN_HEADER = b"SQLite format 3\0"
"""How a file begins that everybody can read."""
_MARK = b"omsdesk\1"
_NAME_BYTES = 8
KEY_BYTES = 32
"""The length of a key's secret."""

_MISSING = "Encrypted databases need SQLCipher, which is not installed. Install it: pip install “omsdesk[encryption]”."
_RECOVER = "Type the recovery key with “omsdesk recover”"


class CannotOpen(Exception):
    """An encrypted file cannot be opened here; the sentence says what to do."""


@record
class DatabaseKey:
    """What opens an encrypted database. Nothing that is shown or logged holds its secret."""

    secret: bytes = field(repr=False)

    @property
    def name(self) -> str:
        """What a file says of the key that it needs: it tells keys apart, and nothing of the secret."""
        return hashlib.sha256(b"omsdesk database key" + self.secret).digest()[:_NAME_BYTES].hex()

    @property
    def spoken(self) -> str:
        """The key as SQLCipher takes it, the salt behind the secret. It must not reach a log."""
        return f"x'{self.secret.hex()}{_MARK.hex()}{self.name}'"


def new_key() -> DatabaseKey:
    """Make a key that nobody has."""
    return DatabaseKey(os.urandom(KEY_BYTES))


# ---- keys that this process may use

_keys: dict[str, DatabaseKey] = {}
_find: Callable[[Path, str], bytes | None] | None = None


def find_keys_with(find: Callable[[Path, str], bytes | None]) -> None:
    """Say who knows keys: asked for a file and the name of its key, it gives the secret, or None.

    It may raise ``CannotOpen``.
    """
    global _find  # noqa: PLW0603 - one per process, as the key store of a computer is
    _find = find


def use(key: DatabaseKey) -> None:
    """Open files with this key from now on, without asking for it."""
    _keys[key.name] = key


def forget_keys() -> None:
    """Ask again for every key."""
    _keys.clear()


def _key_called(name: str, path: Path) -> DatabaseKey:
    if name in _keys:
        return _keys[name]
    secret = _find(path, name) if _find else None
    if secret is None:
        raise CannotOpen(f"{path} is encrypted, and its key is not on this computer. {_RECOVER}.")
    key = DatabaseKey(secret)
    if key.name != name:
        raise CannotOpen(f"The key that this computer keeps for {path} is a wrong one. {_RECOVER}.")
    use(key)
    return key


# ---- connections

_opening = threading.RLock()


class _Findable:
    """A connection that can be found while it is open."""

    file: tuple[int, int]
    key: DatabaseKey | None

    def close(self) -> None:
        """Close it."""
        _open.discard(self)
        super().close()  # type: ignore[misc]  # the driver's own stands behind it


class _Plain(_Findable, sqlite3.Connection):
    """A connection of Python's own driver."""


_open: WeakSet[_Findable] = WeakSet()


@cache
def sqlcipher() -> Any:
    """Give the driver of encrypted files.

    Raises:
        CannotOpen: it is not installed.

    """
    try:
        from sqlcipher3 import dbapi2
    except ImportError:
        raise CannotOpen(_MISSING) from None
    return dbapi2


@cache
def _encrypted() -> type[_Findable]:
    """Make the class of connections of SQLCipher's driver, which few programs load."""
    return type("_Encrypted", (_Findable, sqlcipher().Connection), {})


def faults(*kinds: str, also: tuple[type[Exception], ...] = ()) -> tuple[type[Exception], ...]:
    """Name exceptions of the DB-API; gives those of every driver in use, to be caught: the drivers share none."""
    drivers = [sqlite3, sqlcipher()] if sqlcipher.cache_info().currsize else [sqlite3]
    return (*(getattr(driver, kind) for driver in drivers for kind in kinds), *also)


def connect(path: Path, *, is_reader: bool = False, key: DatabaseKey | None = None) -> sqlite3.Connection:
    """Open a file with its own driver; a key makes a new file an encrypted one. Nothing is read of it yet.

    Raises:
        CannotOpen: the file is encrypted, and driver or key are missing.

    """
    with _opening:
        if key:
            use(key)
        key = key_of(path) or key
        return _connected(path, key, _encrypted() if key else _Plain, is_reader=is_reader)


def connect_by_sqlcipher(path: Path) -> sqlite3.Connection:
    """Open a file, plain or encrypted, such that encrypted ones can be attached; nothing else here may have it open.

    Raises:
        CannotOpen: driver or key are missing.

    """
    with _opening:
        return _connected(path, key_of(path), _encrypted(), is_reader=False)


def _connected(path: Path, key: DatabaseKey | None, kind: type[_Findable], *, is_reader: bool) -> sqlite3.Connection:
    driver = sqlite3 if kind is _Plain else sqlcipher()
    if not is_reader:
        private_file(path)
    name = f"{path.absolute().as_uri()}?mode=ro" if is_reader else str(path)
    raw = driver.connect(name, uri=is_reader, isolation_level=None, check_same_thread=False, factory=kind)
    raw.key, raw.file = key, _identity(path)
    _open.add(raw)
    if kind is not _Plain:
        # It would write to the terminal what is raised anyway.
        raw.execute("PRAGMA cipher_log_level=NONE").close()
    if key:
        raw.execute(f'PRAGMA key="{key.spoken}"').close()
    return cast("sqlite3.Connection", raw)


def export(raw: sqlite3.Connection, target: Path, key: DatabaseKey | None) -> None:
    """Write a database anew as of one moment, under a key or under none; it stays attached as ``fresh``.

    ``raw`` is one of ``connect_by_sqlcipher``. What the driver raises, it raises.
    """
    raw.execute("ATTACH :target AS fresh KEY :key", {"target": str(target), "key": key.spoken if key else ""})
    raw.execute("BEGIN")
    raw.execute("SELECT sqlcipher_export('fresh')").fetchall()
    raw.execute("COMMIT")


def driver_of(raw: sqlite3.Connection) -> Any:
    """Give the module of the driver that a connection is of."""
    return sqlite3 if isinstance(raw, sqlite3.Connection) else sqlcipher()


def key_in_use(raw: sqlite3.Connection) -> DatabaseKey | None:
    """Give the key that a connection opened its file with; None for a plain one."""
    return getattr(raw, "key", None)


def key_of(path: Path) -> DatabaseKey | None:
    """Give the key that a file is encrypted with; None for a plain one, and where there is none yet.

    Raises:
        CannotOpen: the key is not here.

    """
    name = key_name(path)
    return None if name is None else _key_called(name, path)


def key_name(path: Path) -> str | None:
    """Read the name of the key that a file is encrypted with; None for a plain one, and where there is none yet."""
    with _opening:
        try:
            identity = _identity(path)
        except OSError:
            return None
        # POSIX drops every lock that this process has on a file when any handle on it is closed, whoever opened it. A
        # file that is in use here is therefore not read past its driver.
        for raw in list(_open):
            if raw.file == identity:
                return raw.key.name if raw.key else None
        header = header_of(path)
    return header[len(_MARK) :].hex() if header.startswith(_MARK) and len(header) == len(PLAIN_HEADER) else None


def header_of(path: Path) -> bytes:
    """Read how a file begins that is not in use here; empty where it cannot be read."""
    try:
        with path.open("rb") as file:
            return file.read(len(PLAIN_HEADER))
    except OSError:
        return b""


def _identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_dev, found.st_ino
