"""Looks for what must be nowhere: card numbers, keys, codes, PINs and signatures, in databases, logs and messages.

A card number is 13 to 19 digits that begin as those of a payment network do (ISO/IEC 7812), with the check digit of
Luhn. Of other numbers a tenth has that digit by chance: a barcode that the shop knows is no card, nor is the identity
of a fact. Moments are none either: in milliseconds they begin with 1, as no card of a network does.
"""

from __future__ import annotations

import re
import zlib
from base64 import b32encode, b64encode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from omsdesk.database_key import rows_of
from omsdesk.domain.values import barcode_text
from omsdesk.store.encryption import DatabaseKey
from omsdesk.store.engine import Connection
from omsdesk.store.journal import unpack
from omsdesk.sync.codes import grouped

Network = Callable[[int, int], bool]
"""Tells by the first six digits and the length."""

_NETWORKS: dict[str, Network] = {
    "Visa": lambda begin, length: begin // 100_000 == 4 and length in {13, 16, 19},
    "Mastercard": lambda begin, length: (51 <= begin // 10_000 <= 55 or 2221 <= begin // 100 <= 2720) and length == 16,
    "American Express": lambda begin, length: begin // 10_000 in {34, 37} and length == 15,
    "Diners Club": lambda begin, length: (
        (begin // 10_000 in {36, 38, 39} or 3000 <= begin // 100 <= 3059) and length >= 14
    ),
    "JCB": lambda begin, length: 3528 <= begin // 100 <= 3589 and length >= 16,
    "Discover": lambda begin, length: (begin // 10_000 in {64, 65} or begin // 100 == 6011) and length >= 16,
    "UnionPay": lambda begin, length: begin // 10_000 in {62, 81} and length >= 16,
    "Maestro": lambda begin, length: begin // 10_000 in {50, *range(56, 65), *range(66, 70)} and length <= 19,
}
_RUN = re.compile(rb"(?<!\d)\d{13,19}(?!\d)")
_GROUPS = re.compile(rb"(?<!\d)(?:\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?!\d)")
_UUID = re.compile(rb"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
_DIGEST = re.compile(rb"(?<![0-9a-f])[0-9a-f]{64}(?![0-9a-f])")
_SHAPES = {
    "a private key": re.compile(rb"-----BEGIN [A-Z ]*PRIVATE KEY"),
    "a signature": re.compile(rb"\bstation=:[A-Za-z0-9+/]{40,}=*:"),
    "an enrolment code": re.compile(rb"(?<![\w-])(?:[0-9A-HJKMNP-TV-Z]{4}-){2}[0-9A-HJKMNP-TV-Z]{4}(?![\w-])"),
    "a PIN": re.compile(rb'["\']?\bpin["\']?\s*[:=]\s*["\']?\d{4,8}\b', re.IGNORECASE),
    "the track of a card": re.compile(rb"%B\d{12,19}\^|;\d{12,19}=\d{4}"),
}


class Text(NamedTuple):
    """Something to look at, and where it was."""

    where: str
    data: bytes


class Finding(NamedTuple):
    """What was found and where; of the secret itself only the beginning."""

    where: str
    what: str
    shown: str


@dataclass(frozen=True)
class Secret:
    """What must be nowhere, in all the forms that it could take."""

    what: str
    forms: tuple[bytes, ...] = field(repr=False)
    is_number: bool = False
    """Digits alone are a secret only where no other letter or digit stands beside them."""

    def is_in(self, data: bytes) -> bool:
        """Tell whether one of the forms is there."""
        if not self.is_number:
            return any(form in data for form in self.forms)
        return any(re.search(rb"(?<![\w.-])" + form + rb"(?![\w.-])", data) for form in self.forms)


def key(secret: bytes, what: str = "a key") -> Secret:
    """Name a key: of a station, of a database, or one that a person writes down."""
    written = [b64encode(secret), urlsafe_b64encode(secret), b32encode(secret), secret.hex().encode()]
    spoken = grouped(b32encode(secret).decode().rstrip("=")).encode()
    return Secret(what, (secret, *(one.rstrip(b"=") for one in written), secret.hex().upper().encode(), spoken))


def recovery_key(secret: bytes) -> Secret:
    """Name the key of a database, as its owner writes it down and as programs could."""
    rows = [row.encode() for row in rows_of(DatabaseKey(secret))]
    return Secret("a recovery key", (*rows, *(row.replace(b"-", b"") for row in rows), *key(secret).forms))


def code(plain: str) -> Secret:
    """Name a code that lets a station in, as it is sent and as people write it."""
    forms = {plain, grouped(plain), plain.lower(), grouped(plain).lower()}
    return Secret("an enrolment code", tuple(form.encode() for form in forms))


def pin(digits: str) -> Secret:
    """Name a PIN."""
    return Secret("a PIN", (digits.encode(),), is_number=True)


def signature(field_value: str) -> Secret:
    """Name a signature, as its header field has it."""
    return Secret("a signature", (field_value.partition(":")[2].rstrip(":=").encode(),))


# ---- looking


def scan(texts: Iterable[Text], secrets: Iterable[Secret] = (), known: Iterable[str] = ()) -> list[Finding]:
    """Look for the given secrets, and for card numbers and secrets that nobody named.

    ``known`` are numbers of ours: barcodes, as they are kept and as they are printed, and identities.
    """
    ours, named = {number.encode() for number in known}, tuple(secrets)
    return [finding for text in texts for finding in _scan(text, named, ours)]


def _scan(text: Text, secrets: Iterable[Secret], ours: set[bytes]) -> Iterator[Finding]:
    for secret in secrets:
        if secret.is_in(text.data):
            yield Finding(text.where, secret.what, "")
    for what, shape in _SHAPES.items():
        for found in shape.finditer(text.data):
            yield _finding(text.where, what, found[0])
    for number in _cards(text.data, ours):
        yield _finding(text.where, "a card number", number)


def _finding(where: str, what: str, found: bytes) -> Finding:
    return Finding(where, what, found[:6].decode(errors="replace") + "…")


def _cards(data: bytes, ours: set[bytes]) -> Iterator[bytes]:
    plain = _DIGEST.sub(b"#", _UUID.sub(b"#", data))
    for found in (*_RUN.finditer(plain), *_GROUPS.finditer(plain)):
        # A number that is kept as a barcode has noughts before it.
        digits = re.sub(rb"[ -]", b"", found[0])
        for number in {digits, digits.lstrip(b"0")}:
            if digits not in ours and number not in ours and is_card(number.decode()):
                yield number


def is_card(digits: str) -> bool:
    """Tell whether digits can be the number of a payment card."""
    if not 13 <= len(digits) <= 19 or not is_luhn(digits):
        return False
    begin = int(digits[:6])
    return any(belongs(begin, len(digits)) for belongs in _NETWORKS.values())


def is_luhn(digits: str) -> bool:
    """Tell whether the last digit is the check digit of the others (ISO/IEC 7812-1, annex B)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


# ---- where to look


def in_folder(folder: Path, *, but: str = "") -> Iterator[Text]:
    """Give every file of a folder as it lies on the disk, deleted rows and journals of SQLite included."""
    for path in sorted(folder.rglob("*")):
        if path.is_file() and not (but and path.match(but)):
            yield Text(str(path.relative_to(folder)), path.read_bytes())


def in_database(connection: Connection) -> Iterator[Text]:
    """Give every value of every table, column by column; what is kept packed is unpacked.

    A virtual table keeps its content in real ones.
    """
    for (table,) in connection.rows("SELECT name FROM sqlite_master WHERE type = 'table' AND rootpage"):
        asked = connection.raw.execute(f'SELECT * FROM "{table}"')  # noqa: S608 - a name from the database itself
        yield from in_rows(table, [name for name, *_ in asked.description], asked.fetchall())


def in_rows(table: str, names: Iterable[str], rows: Iterable[tuple[object, ...]]) -> Iterator[Text]:
    """Give the values of rows, column by column."""
    for name, values in zip(names, zip(*rows, strict=True), strict=False):
        yield Text(f"{table}.{name}", b"\n".join(_as_text(value) for value in values))


def _as_text(value: object) -> bytes:
    if not isinstance(value, bytes):
        return str(value).encode()
    try:
        return unpack(value)
    except zlib.error:
        # It is not packed.
        return value


def numbers_of(connection: Connection) -> Iterator[str]:
    """Name the numbers of a till that are no cards: barcodes that it knows, and what facts are named by."""
    for (barcode,) in connection.rows("SELECT code FROM barcode"):
        yield barcode
        yield barcode_text(barcode)
    for (ref,) in connection.rows("SELECT lower(hex(substr(hash, 1, 8))) FROM journal"):
        yield ref
