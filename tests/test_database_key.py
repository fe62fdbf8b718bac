"""The key of a database: written down, typed again, kept, lost and found."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import keyring
import pytest
from hypothesis import given
from hypothesis import strategies as st
from keyring.backend import KeyringBackend
from keyring.backends.fail import Keyring as NoKeyStore
from keyring.errors import KeyringLocked, PasswordDeleteError

from omsdesk import database_key
from omsdesk.database_key import (
    ROWS,
    Terminal,
    decrypt,
    encrypt,
    key_from,
    read_row,
    recover,
    rekey,
    rows_of,
    secret_of,
)
from omsdesk.store import encryption
from omsdesk.store.backup import backup
from omsdesk.store.conversion import convert
from omsdesk.store.encryption import CannotOpen, DatabaseKey, find_keys_with, key_name
from omsdesk.store.engine import StoreFailure, open_reader
from omsdesk.store.verify import verify
from omsdesk.sync.codes import LETTERS, NoCode, plain
from tests.store.encrypted import no_keys
from tests.stories.shop_floor import a_days_work

KEYS = st.binary(min_size=32, max_size=32).map(DatabaseKey)


class KeyStore(KeyringBackend):
    """A key store as an operating system has one; it can be locked."""

    priority = 1

    def __init__(self) -> None:
        self.kept: dict[tuple[str, str], str] = {}
        self.is_locked = False

    def get_password(self, service: str, username: str) -> str | None:
        if self.is_locked:
            raise KeyringLocked
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        if self.is_locked:
            raise KeyringLocked
        self.kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if (service, username) not in self.kept:
            raise PasswordDeleteError
        del self.kept[service, username]


class Owner:
    """Somebody at the terminal, who reads what is shown and types what stands on the sheet."""

    def __init__(self, *types: str, sheet: str = "") -> None:
        self.types, self.sheet = list(types), sheet
        self.asked: list[str] = []
        self.read: list[str] = []

    @property
    def terminal(self) -> Terminal:
        return Terminal(self.answer, has_person=True)

    def answer(self, question: str) -> str:
        self.asked.append(question)
        return self.types.pop(0) if self.types else rows(self.sheet or "".join(self.read))[-1]

    def reads(self, sentences: Iterator[str]) -> str:
        for sentence in sentences:
            self.read.append(sentence)
        return "\n".join(self.read)


SCRIPT = Terminal(lambda _question: pytest.fail("nobody is there"), has_person=False)


def script(*lines: str) -> Terminal:
    typed = list(lines)
    return Terminal(lambda _question: typed.pop(0), has_person=False)


def rows(page: str) -> list[str]:
    """What stands on a sheet in rows like codes."""
    lines = [line.strip() for line in page.splitlines()]
    return [line for line in lines if len(line) == 14 and line.count("-") == 2]


@pytest.fixture
def store(monkeypatch: pytest.MonkeyPatch) -> KeyStore:
    found = KeyStore()
    monkeypatch.setattr(keyring, "get_keyring", lambda: found)
    return found


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    path = tmp_path_factory.mktemp("day") / "shop.db"
    a_days_work(path, 40)
    return path.read_bytes()


@pytest.fixture
def shop(day: bytes, tmp_path: Path, store: KeyStore) -> Iterator[Path]:
    """A shop that is closed, on a computer with a key store."""
    (tmp_path / "home").mkdir()
    path = tmp_path / "home" / "shop.db"
    path.write_bytes(day)
    with no_keys():
        find_keys_with(lambda file, name: secret_of(path.parent, file, name))
        yield path


def sales(path: Path) -> int:
    with closing(open_reader(path)) as reader:
        return int(reader.value("SELECT count(*) FROM sale"))


# ---- written down and typed again


@given(KEYS)
def test_a_key_is_read_as_it_was_written(key: DatabaseKey) -> None:
    written = rows_of(key)
    assert len(written) == ROWS
    assert len("".join(written)) == ROWS * 14
    typed = [row.lower().replace("-", " ").replace("0", "o").replace("1", "l") for row in written]
    assert key_from([read_row(number, row) for number, row in enumerate(typed, 1)]) == key


@given(KEYS, st.integers(0, ROWS - 1), st.integers(0, 11), st.sampled_from(LETTERS))
def test_a_wrong_letter_never_makes_another_key(key: DatabaseKey, at: int, place: int, letter: str) -> None:
    typed = [plain(row) for row in rows_of(key)]
    is_changed = typed[at][place] != letter
    typed[at] = typed[at][:place] + letter + typed[at][place + 1 :]
    try:
        assert key_from([read_row(number, row) for number, row in enumerate(typed, 1)]) == key
    except NoCode:
        assert is_changed
    else:
        assert not is_changed


def test_most_mistakes_are_told_by_their_row() -> None:
    key = DatabaseKey(bytes(range(32)))
    row = plain(rows_of(key)[2])
    wrong = [row[:at] + letter + row[at + 1 :] for at in range(12) for letter in LETTERS if letter != row[at]]
    told = 0
    for typed in wrong:
        try:
            read_row(3, typed)
        except NoCode as mistake:
            told += "mistake in row 3" in str(mistake)
    assert told > 0.9 * len(wrong)


def test_rows_in_another_order_are_no_key() -> None:
    one, two, *rest = rows_of(DatabaseKey(bytes(range(32))))
    with pytest.raises(NoCode):
        key_from([read_row(number, row) for number, row in enumerate([two, one, *rest], 1)])


def test_rows_of_two_keys_are_no_key() -> None:
    mine, other = rows_of(DatabaseKey(bytes(32))), rows_of(DatabaseKey(bytes(range(32))))
    with pytest.raises(NoCode, match="not one recovery key"):
        key_from([read_row(number, row) for number, row in enumerate([*mine[:4], other[4]], 1)])


# ---- encrypt


def test_the_owner_sees_the_key_once_and_the_computer_keeps_it(shop: Path, store: KeyStore) -> None:
    owner = Owner("what?", "7KQ3-9F2M-XA4T")
    before = sales(shop)
    told = owner.reads(encrypt(shop, shop.parent, owner.terminal))
    assert owner.asked == [
        "It is shown this once. Write it down; then type its last row here: ",
        "That is not the last row. Type it again: ",
        "That is not the last row. Type it again: ",
    ]
    assert f"{shop} is encrypted." in told
    key = key_from([read_row(number, row) for number, row in enumerate(rows(told), 1)])
    assert list(store.kept) == [("omsdesk", f"database-{key.name}")]
    assert [file.name for file in shop.parent.iterdir()] == ["shop.db"]
    encryption.forget_keys()
    assert sales(shop) == before
    assert verify(shop).is_sound


def test_a_script_may_have_the_key_on_a_sheet(shop: Path) -> None:
    sheet = shop.parent / "sheet.txt"
    told = "\n".join(encrypt(shop, shop.parent, SCRIPT, sheet))
    assert f"The recovery key is in {sheet}. Print it, then delete the file." in told
    assert not rows(told)
    assert len(rows(sheet.read_text(encoding="utf-8"))) == ROWS
    assert sheet.stat().st_mode & 0o777 == (0o600 if os.name == "posix" else 0o666)


def test_a_sheet_replaces_no_other_file(shop: Path, store: KeyStore) -> None:
    sheet = shop.parent / "sheet.txt"
    sheet.write_text("the sheet of another key")
    with pytest.raises(FileExistsError):
        list(encrypt(shop, shop.parent, SCRIPT, sheet))
    assert sheet.read_text() == "the sheet of another key"
    assert (key_name(shop), store.kept) == (None, {})


def test_without_a_key_store_the_key_lies_in_a_file_and_the_owner_is_told(
    shop: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyStore)
    told = "\n".join(encrypt(shop, shop.parent, SCRIPT))
    (file,) = shop.parent.glob("database-*.key")
    assert f"the key lies in the file {file}" in told
    assert file.name == f"database-{key_name(shop)}.key"
    if os.name == "posix":
        assert file.stat().st_mode & 0o777 == 0o600
    encryption.forget_keys()
    sales(shop)


def test_files_that_can_still_be_read_are_named(shop: Path) -> None:
    backup(shop, shop.parent / "monday.db")
    told = "\n".join(encrypt(shop, shop.parent, SCRIPT))
    assert "not encrypted: monday.db. Delete them" in told


def test_an_owner_who_walks_away_has_changed_nothing(shop: Path, store: KeyStore) -> None:
    def goes(_question: str) -> str:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(encrypt(shop, shop.parent, Terminal(goes, has_person=True)))
    assert (key_name(shop), store.kept) == (None, {})


def test_the_key_of_what_is_encrypted_already_is_never_forgotten(
    shop: Path, store: KeyStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails_late(path: Path, key: DatabaseKey) -> None:
        convert(path, key)
        raise StoreFailure("The disk was pulled out.")

    monkeypatch.setattr(database_key, "convert", fails_late)
    with pytest.raises(StoreFailure, match="pulled out"):
        list(encrypt(shop, shop.parent, SCRIPT))
    assert list(store.kept) == [("omsdesk", f"database-{key_name(shop)}")]


def test_what_is_encrypted_is_not_encrypted_again(shop: Path) -> None:
    list(encrypt(shop, shop.parent, SCRIPT))
    with pytest.raises(StoreFailure, match="encrypted already"):
        list(encrypt(shop, shop.parent, SCRIPT))


@pytest.mark.parametrize("what", [rekey, recover])
def test_what_is_not_encrypted_has_no_key(shop: Path, what: type) -> None:
    with pytest.raises(StoreFailure, match="not encrypted"):
        list(what(shop, shop.parent, SCRIPT))
    with pytest.raises(StoreFailure, match="not encrypted"):
        list(decrypt(shop))


# ---- another key, or none


def test_another_key_opens_the_database_and_the_old_one_old_backups(shop: Path, tmp_path: Path) -> None:
    first = rows("\n".join(encrypt(shop, shop.parent, SCRIPT)))
    backup(shop, tmp_path / "old.db")
    before = key_name(shop)
    second = rows("\n".join(rekey(shop, shop.parent, SCRIPT)))
    assert first != second
    assert key_name(shop) != before
    encryption.forget_keys()
    assert sales(shop) == sales(tmp_path / "old.db")


def test_a_decrypted_database_needs_no_key_and_its_old_backups_still_do(
    shop: Path, tmp_path: Path, store: KeyStore
) -> None:
    list(encrypt(shop, shop.parent, SCRIPT))
    backup(shop, tmp_path / "old.db")
    assert "keep their recovery key" in "\n".join(decrypt(shop))
    assert key_name(shop) is None
    encryption.forget_keys()
    assert sales(shop) == sales(tmp_path / "old.db")
    store.kept.clear()
    encryption.forget_keys()
    assert sales(shop)


# ---- lost and found


def test_a_lost_key_store_is_recovered_from_the_sheet(shop: Path, store: KeyStore) -> None:
    written = rows("\n".join(encrypt(shop, shop.parent, SCRIPT)))
    store.kept.clear()
    encryption.forget_keys()
    with pytest.raises(StoreFailure, match="omsdesk recover"):
        open_reader(shop)
    wrong = "0000-0000-0000"
    owner = Owner(written[0], "what?", wrong, *(row.lower() for row in written[1:]))
    told = owner.reads(recover(shop, shop.parent, owner.terminal))
    assert "is kept on this computer again" in told
    assert owner.asked[2].startswith("A code has 12 letters and digits")
    assert owner.asked[3].startswith("There is a mistake in row 2")
    encryption.forget_keys()
    assert verify(shop).is_sound


def test_a_disk_in_another_computer_opens_with_the_sheet(shop: Path, tmp_path: Path, store: KeyStore) -> None:
    written = rows("\n".join(encrypt(shop, shop.parent, SCRIPT)))
    store.kept.clear()
    encryption.forget_keys()
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    moved = shop.rename(elsewhere / "shop.db")
    list(recover(moved, elsewhere, script(*written)))
    assert sales(moved)


def test_the_key_of_another_database_is_told_and_not_kept(shop: Path, store: KeyStore) -> None:
    list(encrypt(shop, shop.parent, SCRIPT))
    kept = dict(store.kept)
    with pytest.raises(StoreFailure, match="of another database"):
        list(recover(shop, shop.parent, script(*rows_of(DatabaseKey(bytes(32))))))
    assert store.kept == kept


def test_a_script_that_types_wrongly_is_told_and_not_asked_again(shop: Path) -> None:
    written = rows("\n".join(encrypt(shop, shop.parent, SCRIPT)))
    with pytest.raises(StoreFailure, match=r"mistake in row 1|not one recovery key"):
        list(recover(shop, shop.parent, script("0000-0000-0000", *written[1:])))


def test_rows_that_are_no_key_together_are_asked_for_anew(shop: Path) -> None:
    written = rows("\n".join(encrypt(shop, shop.parent, SCRIPT)))
    other = rows_of(DatabaseKey(bytes(32)))
    owner = Owner(*written[:4], other[4], "", *written)
    assert "kept on this computer again" in owner.reads(recover(shop, shop.parent, owner.terminal))
    assert any("not one recovery key" in question for question in owner.asked)


def test_a_locked_key_store_is_told_and_nothing_is_guessed(shop: Path, store: KeyStore) -> None:
    list(encrypt(shop, shop.parent, SCRIPT))
    encryption.forget_keys()
    store.is_locked = True
    with pytest.raises(StoreFailure, match=r"cannot be read\. Unlock the key store .* or type the recovery key"):
        open_reader(shop)
    with pytest.raises(CannotOpen):
        secret_of(shop.parent, shop, str(key_name(shop)))
    store.is_locked = False
    sales(shop)


def test_the_key_of_a_folder_opens_backups_anywhere_and_goes_with_the_folder(
    shop: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", NoKeyStore)
    list(encrypt(shop, shop.parent, SCRIPT))
    backup(shop, tmp_path / "stick.db")
    encryption.forget_keys()
    assert sales(tmp_path / "stick.db")
    find_keys_with(lambda file, name: secret_of(tmp_path / "another station", file, name))
    encryption.forget_keys()
    assert sales(shop), "its key lies beside it"
    encryption.forget_keys()
    with pytest.raises(StoreFailure, match="not on this computer"):
        sales(tmp_path / "stick.db")
