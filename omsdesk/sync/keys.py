"""The key of a station: made here, kept by the operating system, and never in the database, a log or a backup.

Where there is no key store (a till without a desktop), it lies in a file that only the user of this program can read.
Whoever copies that file can speak for the station until a manager retires it.
"""

from __future__ import annotations

import os
import tempfile
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

_SERVICE = "omsdesk"
_LENGTH = 32


class KeyPlace(StrEnum):
    """Where a key is kept."""

    SYSTEM = "system"
    """In the key store of the operating system."""
    FILE = "file"
    """In a file beside the database, because there is no key store."""


@dataclass(frozen=True, slots=True)
class DeviceKey:
    """An Ed25519 key. Nothing that is shown or logged holds its secret half."""

    secret: bytes = field(repr=False)
    place: KeyPlace = KeyPlace.SYSTEM

    @property
    def public(self) -> bytes:
        """The half that the service knows, 32 bytes."""
        from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

        return Ed25519PrivateKey.from_private_bytes(self.secret).public_key().public_bytes_raw()


class KeyUnavailable(Exception):
    """There may be a key, and it cannot be had now; the sentence says what to do."""


class SecretStore(Protocol):
    """What keeps secrets, as the ``keyring`` library has it."""

    def get_password(self, service: str, username: str) -> str | None:
        """Read a secret; None where there is none."""

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""


class KeyRing:
    """The keys of the stations of one folder; ``name`` is a device's id, or what stands for one to be."""

    def __init__(self, folder: Path, store: SecretStore | None = None, length: int | None = _LENGTH) -> None:
        """Use the operating system's key store, or another one. What is kept has a ``length``, or None any."""
        self._folder, self._store, self._length = folder, store, length

    def find(self, name: str) -> DeviceKey | None:
        """Read a key; None where there is none.

        Raises:
            KeyUnavailable: the key store is locked, or the file cannot be read.

        """
        file = self._file(name)
        if file.exists():
            with _plainly():
                return DeviceKey(_secret(file.read_text(encoding="ascii"), self._length), KeyPlace.FILE)
        with _plainly():
            found = self._ask(name)
        return None if found is None else DeviceKey(_secret(found, self._length), KeyPlace.SYSTEM)

    def make(self, name: str) -> DeviceKey:
        """Make a key and keep it in the place of any that was there.

        Raises:
            KeyUnavailable: neither key store nor disk took it.

        """
        return self.keep(name, os.urandom(_LENGTH))

    def keep(self, name: str, secret: bytes) -> DeviceKey:
        """Keep a key in the key store, or in a file where that does not work.

        Raises:
            KeyUnavailable: neither took it.

        """
        text = b64encode(secret).decode()
        if self._tell(name, text):
            with _plainly():
                self._file(name).unlink(missing_ok=True)
            return DeviceKey(secret, KeyPlace.SYSTEM)
        with _plainly():
            _write(self._file(name), text)
        return DeviceKey(secret, KeyPlace.FILE)

    def rename(self, name: str, new_name: str) -> None:
        """Give a key the name of another one, whose place it takes.

        Raises:
            KeyUnavailable: it cannot be read or kept.

        """
        found = self.find(name)
        if found is not None:
            self.keep(new_name, found.secret)
            self.retire(name)

    def retire(self, name: str) -> None:
        """Forget a key wherever it is; without one, nothing happens.

        Raises:
            KeyUnavailable: it could not be deleted and is still there.

        """
        from keyring.errors import NoKeyringError, PasswordDeleteError

        with _plainly():
            self._file(name).unlink(missing_ok=True)
            try:
                self._secrets().delete_password(_SERVICE, name)
            except (NoKeyringError, PasswordDeleteError):
                # There is no store, or nothing in it.
                if self._ask(name) is not None:
                    raise

    def _file(self, name: str) -> Path:
        return self._folder / f"{name}.key"

    def _ask(self, name: str) -> str | None:
        from keyring.errors import NoKeyringError

        try:
            return self._secrets().get_password(_SERVICE, name)
        except NoKeyringError:
            return None

    def _tell(self, name: str, text: str) -> bool:
        """Keep a secret in the store, and look whether it is there: some backends take everything and keep nothing."""
        from keyring.errors import KeyringError

        try:
            self._secrets().set_password(_SERVICE, name, text)
            return self._secrets().get_password(_SERVICE, name) == text
        except (KeyringError, OSError, RuntimeError):
            return False

    def _secrets(self) -> SecretStore:
        if self._store is None:
            import keyring

            self._store = keyring.get_keyring()
        return self._store


@contextmanager
def _plainly() -> Iterator[None]:
    from keyring.errors import KeyringError

    try:
        yield
    except (KeyringError, OSError, RuntimeError) as error:
        message = "The key of this station cannot be reached. Unlock the key store of this computer and try again."
        raise KeyUnavailable(message) from error


def _secret(text: str, length: int | None) -> bytes:
    try:
        secret = b64decode(text, validate=True)
    except ValueError:
        secret = b""
    if length is not None and len(secret) != length:
        raise KeyUnavailable("The key of this station is damaged. Ask a manager for a code and enrol it again.")
    return secret


def _write(file: Path, text: str) -> None:
    """Write a file that nobody else can read at any moment, and that is whole or not there."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # mkstemp makes it for its owner alone (0600).
    handle, fresh = tempfile.mkstemp(dir=file.parent, prefix=".", suffix=".key")
    try:
        with os.fdopen(handle, "w", encoding="ascii") as stream:
            stream.write(text)
            stream.flush()
            os.fsync(stream.fileno())
        Path(fresh).replace(file)
    finally:
        Path(fresh).unlink(missing_ok=True)
