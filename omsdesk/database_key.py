"""The key of an encrypted database: where this computer keeps it, how its owner writes it down, and what changes it.

The recovery key is the key itself in five rows that look like the codes of ``sync/codes.py``, each with a check of its
own, so that a mistake is told by the row that it is in.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from omsdesk.store import encryption
from omsdesk.store.backup import settle
from omsdesk.store.conversion import alone, convert, readable_beside
from omsdesk.store.encryption import KEY_BYTES, CannotOpen, DatabaseKey, key_name, new_key
from omsdesk.store.engine import StoreFailure, open_reader
from omsdesk.sync.codes import LETTERS, NoCode, grouped, plain
from omsdesk.sync.keys import KeyPlace, KeyRing, KeyUnavailable

ROWS = 5
"""Rows of a recovery key."""
_ROW_BYTES = 7
_CHECK_BYTES = ROWS * _ROW_BYTES - KEY_BYTES

_SHEET = """\
Recovery key of an omsdesk database
{path}

{rows}

Whoever has this key can read the database. Without it, and without the computer that keeps it, nobody can.
Keep this sheet where you keep the papers of the shop, not beside the computer.
To use it: “omsdesk recover”, and type the five rows.
"""
_FILE = (
    "This computer has no key store, so the key lies in the file {file}: who can copy this folder can read the "
    "database. Protect the folder, or keep it on an encrypted disk."
)


# ---- the recovery key


def rows_of(key: DatabaseKey) -> list[str]:
    """Write a key as rows for people."""
    whole = key.secret + _check_of(key.secret)
    parts = (whole[at : at + _ROW_BYTES] for at in range(0, len(whole), _ROW_BYTES))
    return [grouped(_row(number, part)) for number, part in enumerate(parts, 1)]


def read_row(number: int, typed: str) -> bytes:
    """Read one row, the first being 1, as somebody typed it.

    Raises:
        NoCode: it has another length, a letter that no row has, or a mistake in it.

    """
    row = plain(typed)
    value = 0
    for letter in row:
        value = value * len(LETTERS) + LETTERS.index(letter)
    part = (value >> 4).to_bytes(_ROW_BYTES, "big")
    if _row(number, part) != row:
        raise NoCode(f"There is a mistake in row {number}. Check it and type it again.")
    return part


def key_from(parts: list[bytes]) -> DatabaseKey:
    """Put the rows that were read together.

    Raises:
        NoCode: they are not all of one key.

    """
    whole = b"".join(parts)
    secret = whole[:KEY_BYTES]
    if whole[KEY_BYTES:] != _check_of(secret):
        raise NoCode("These rows are not one recovery key. Check every row and type them again.")
    return DatabaseKey(secret)


def _row(number: int, part: bytes) -> str:
    check = hashlib.sha256(bytes([number]) + part).digest()[0] & 15
    value = int.from_bytes(part, "big") << 4 | check
    return "".join(LETTERS[value >> shift & 31] for shift in range(55, -1, -5))


def _check_of(secret: bytes) -> bytes:
    return hashlib.sha256(b"omsdesk recovery key" + secret).digest()[:_CHECK_BYTES]


# ---- where it is kept


def secret_of(folder: Path, path: Path, name: str) -> bytes | None:
    """Look a key up for a file: in the key store, in the folder of the station, and beside the file.

    Raises:
        CannotOpen: there may be one, and it cannot be had now.

    """
    try:
        for place in dict.fromkeys((folder, path.absolute().parent)):
            found = KeyRing(place).find(_kept_as(name))
            if found is not None:
                return found.secret
    except KeyUnavailable:
        message = (
            f"{path} is encrypted, and its key cannot be read. Unlock the key store of this computer and try again, "
            "or type the recovery key with “omsdesk recover”."
        )
        raise CannotOpen(message) from None
    return None


def _kept_as(name: str) -> str:
    return f"database-{name}"


def _keep(folder: Path, key: DatabaseKey) -> str:
    """Keep a key and use it; gives a sentence where that is not as safe as it could be."""
    try:
        kept = KeyRing(folder).keep(_kept_as(key.name), key.secret)
    except KeyUnavailable:
        raise StoreFailure("Neither the key store of this computer nor the disk took the key. Try again.") from None
    settle(folder)
    encryption.use(key)
    return _FILE.format(file=folder / f"{_kept_as(key.name)}.key") if kept.place is KeyPlace.FILE else ""


# ---- the commands


@dataclass(frozen=True, slots=True)
class Terminal:
    """Where questions are put."""

    ask: Callable[[str], str]
    """Puts a question and gives the answer."""
    has_person: bool
    """Whether it is a person, who can be asked again, and not a script."""


def encrypt(path: Path, folder: Path, terminal: Terminal, sheet: Path | None = None) -> Iterator[str]:
    """Encrypt the database with a key that is made now; gives what to tell the owner.

    Raises:
        StoreFailure: it is encrypted already, in use, or the disk did not take it; it is as it was.
        OSError: the sheet cannot be written.

    """
    if key_name(path) is not None:
        raise StoreFailure(f"{path} is encrypted already. “omsdesk rekey” gives it another key.")
    yield from _under_a_new_key(path, folder, terminal, sheet)
    yield f"{path} is encrypted. Backups that are taken from now on are encrypted with the same key."
    yield from _still_readable(path)


def rekey(path: Path, folder: Path, terminal: Terminal, sheet: Path | None = None) -> Iterator[str]:
    """Give an encrypted database another key; gives what to tell the owner.

    Raises:
        StoreFailure: it is not encrypted, its key is not here, it is in use, or the disk did not take it.
        OSError: the sheet cannot be written.

    """
    _must_be_encrypted(path)
    yield from _under_a_new_key(path, folder, terminal, sheet)
    yield f"{path} has another key. Backups that were taken before need the recovery key from before: keep both sheets."


def decrypt(path: Path) -> Iterator[str]:
    """Make a database one that everybody can read; gives what to tell the owner.

    Raises:
        StoreFailure: it is not encrypted, its key is not here, it is in use, or the disk did not take it.

    """
    _must_be_encrypted(path)
    convert(path, None)
    yield f"{path} is not encrypted any more. Backups that were taken before still are: keep their recovery key."


def recover(path: Path, folder: Path, terminal: Terminal) -> Iterator[str]:
    """Take the recovery key of a database or a backup from its owner and keep it; gives what to tell.

    Raises:
        StoreFailure: it is not encrypted, or what was typed is not its recovery key.

    """
    _must_be_encrypted(path)
    key = _typed(terminal)
    if key.name != key_name(path):
        raise StoreFailure(f"This is not the recovery key of {path}, but of another database.")
    encryption.use(key)
    open_reader(path).close()
    remark = _keep(folder, key)
    yield f"The key of {path} is kept on this computer again."
    yield from filter(None, [remark])


def _must_be_encrypted(path: Path) -> None:
    if key_name(path) is None:
        raise StoreFailure(f"{path} is not encrypted. “omsdesk encrypt” does that.")


def _under_a_new_key(path: Path, folder: Path, terminal: Terminal, sheet: Path | None) -> Iterator[str]:
    # Before anybody writes down a key that is then not used.
    with alone(path):
        pass
    key = new_key()
    page = _SHEET.format(path=path, rows="\n".join(f"    {row}" for row in rows_of(key)))
    remark = _keep(folder, key)
    try:
        if sheet is not None:
            _write(sheet, page)
            yield f"The recovery key is in {sheet}. Print it, then delete the file."
        else:
            yield page
            _has_written_it_down(terminal, rows_of(key)[-1])
        convert(path, key)
    except BaseException:
        # What stopped it may have come after the database was encrypted already.
        if key_name(path) != key.name:
            KeyRing(folder).retire(_kept_as(key.name))
        raise
    yield from filter(None, [remark])


def _has_written_it_down(terminal: Terminal, last: str) -> None:
    question = "It is shown this once. Write it down; then type its last row here: "
    while terminal.has_person:
        try:
            if plain(terminal.ask(question)) == plain(last):
                return
        except NoCode:
            pass
        question = "That is not the last row. Type it again: "


def _write(sheet: Path, page: str) -> None:
    with os.fdopen(os.open(sheet, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as file:
        file.write(page)


def _typed(terminal: Terminal) -> DatabaseKey:
    while True:
        try:
            return key_from([_typed_row(terminal, number) for number in range(1, ROWS + 1)])
        except NoCode as mistake:
            if not terminal.has_person:
                raise StoreFailure(str(mistake)) from None
            terminal.ask(f"{mistake} Press Enter. ")


def _typed_row(terminal: Terminal, number: int) -> bytes:
    question = f"Row {number} of {ROWS}: "
    while True:
        try:
            return read_row(number, terminal.ask(question))
        except NoCode as mistake:
            if not terminal.has_person:
                raise
            question = f"{mistake}\nRow {number} of {ROWS}: "


def _still_readable(path: Path) -> Iterator[str]:
    found = readable_beside(path)
    if found:
        names = ", ".join(file.name for file in found)
        yield f"These files beside it are not encrypted: {names}. Delete them, or move them to a safe place."
    yield "Backups elsewhere, and what a disk keeps of deleted files, are as they were."
