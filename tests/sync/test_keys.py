"""The key of a station: in the key store where there is one, in a file of its owner's alone where there is none."""

from __future__ import annotations

import logging
import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import keyring
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from keyring.backend import KeyringBackend
from keyring.backends import fail, null
from keyring.errors import KeyringLocked, PasswordDeleteError

from omsdesk.sync.keys import DeviceKey, KeyPlace, KeyRing, KeyUnavailable, SecretStore


class Wallet(KeyringBackend):
    """A key store as desktops have it, that its owner can lock."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.secrets: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        self._look()
        return self.secrets.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._look()
        self.secrets[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        self._look()
        if self.secrets.pop((service, username), None) is None:
            raise PasswordDeleteError("There is none.")

    def _look(self) -> None:
        if self.is_locked:
            raise KeyringLocked("Locked.")


def no_store() -> SecretStore:
    """What a till without a desktop has."""
    return fail.Keyring()  # type: ignore[no-untyped-call]


def forgetful_store() -> SecretStore:
    """A key store that was switched off: it takes everything and keeps nothing."""
    return null.Keyring()  # type: ignore[no-untyped-call]


@pytest.fixture
def wallet() -> Wallet:
    return Wallet()


@pytest.fixture
def _own_wallet(wallet: Wallet) -> Iterator[None]:
    before = keyring.get_keyring()
    keyring.set_keyring(wallet)
    yield
    keyring.set_keyring(before)


def test_a_key_is_made_kept_and_found_again(tmp_path: Path, wallet: Wallet) -> None:
    made = KeyRing(tmp_path, wallet).make("till-1")
    assert made.place is KeyPlace.SYSTEM
    assert KeyRing(tmp_path, wallet).find("till-1") == made
    assert list(tmp_path.iterdir()) == [], "and nothing of it lies on the disk"
    assert made.public == Ed25519PrivateKey.from_private_bytes(made.secret).public_key().public_bytes_raw()


@pytest.mark.usefixtures("_own_wallet")
def test_the_key_store_of_the_system_is_used_where_no_other_is_named(tmp_path: Path, wallet: Wallet) -> None:
    KeyRing(tmp_path).make("till-1")
    assert ("omsdesk", "till-1") in wallet.secrets


@pytest.mark.parametrize("store", [no_store, forgetful_store])
def test_without_a_key_store_that_keeps_anything_a_file_does(tmp_path: Path, store: Callable[[], SecretStore]) -> None:
    ring = KeyRing(tmp_path / "new", store())
    assert ring.find("till-1") is None
    made = ring.make("till-1")
    assert made.place is KeyPlace.FILE, "so that a screen can say so"
    assert KeyRing(tmp_path / "new", store()).find("till-1") == made
    (file,) = (tmp_path / "new").iterdir()
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    ring.retire("till-1")
    assert ring.find("till-1") is None
    assert list((tmp_path / "new").iterdir()) == []


def test_no_two_keys_are_alike(tmp_path: Path, wallet: Wallet) -> None:
    ring = KeyRing(tmp_path, wallet)
    assert ring.make("till-1").secret != ring.make("till-2").secret


def test_when_a_key_store_comes_later_the_file_goes(tmp_path: Path, wallet: Wallet) -> None:
    before = KeyRing(tmp_path, no_store()).make("till-1")
    ring = KeyRing(tmp_path, wallet)
    assert ring.find("till-1") == before, "until then the old one holds"
    made = ring.make("till-1")
    assert list(tmp_path.iterdir()) == []
    assert ring.find("till-1") == made


def test_a_locked_store_is_no_store_without_a_key(tmp_path: Path, wallet: Wallet) -> None:
    ring = KeyRing(tmp_path, wallet)
    made = ring.make("till-1")
    wallet.is_locked = True
    for ask in (ring.find, ring.retire):
        with pytest.raises(KeyUnavailable, match="Unlock the key store"):
            ask("till-1")
    wallet.is_locked = False
    assert ring.find("till-1") == made


def test_a_retired_key_is_gone_and_can_be_retired_twice(tmp_path: Path, wallet: Wallet) -> None:
    ring = KeyRing(tmp_path, wallet)
    ring.make("till-1")
    ring.retire("till-1")
    ring.retire("till-1")
    assert ring.find("till-1") is None
    assert wallet.secrets == {}


def test_a_key_takes_the_place_of_another_one_when_its_time_has_come(tmp_path: Path, wallet: Wallet) -> None:
    ring = KeyRing(tmp_path, wallet)
    ring.make("till-1")
    fresh = ring.make("till-1.next")
    ring.rename("till-1.next", "till-1")
    assert ring.find("till-1") == fresh
    assert ring.find("till-1.next") is None
    ring.rename("till-1.next", "till-1")
    assert ring.find("till-1") == fresh, "what is not there takes nobody's place"


@pytest.mark.parametrize("text", ["", "not base 64!", "c2hvcnQ="])
def test_a_damaged_key_says_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / "till-1.key").write_text(text)
    with pytest.raises(KeyUnavailable, match="enrol it again"):
        KeyRing(tmp_path, no_store()).find("till-1")


def test_a_disk_that_does_not_take_it_is_said(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(KeyUnavailable):
        KeyRing(tmp_path / "file", no_store()).make("till-1")


def test_nothing_that_is_shown_or_logged_holds_the_secret(tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    made = KeyRing(tmp_path, no_store()).make("till-1")
    logging.getLogger("omsdesk").warning("a key: %s %r", made, made)
    assert made.secret.hex() not in caplog.text
    assert repr(made) == f"DeviceKey(place={KeyPlace.FILE!r})"
    assert DeviceKey(made.secret) != DeviceKey(bytes(32))
