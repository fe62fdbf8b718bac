"""PINs and badges: made into hashes, and checked against them; never on the GUI thread, each takes a while."""

from __future__ import annotations

from base64 import b64decode
from collections.abc import Iterable
from functools import cache
from typing import TYPE_CHECKING

from omsdesk.domain.people import Person

if TYPE_CHECKING:
    from argon2 import PasswordHasher


@cache
def _hasher() -> PasswordHasher:
    from argon2 import PasswordHasher

    return PasswordHasher()


def hash_pin(pin: str) -> str:
    """Make the hash of a PIN with argon2id; takes about a sixth of a second on purpose.

    Raises:
        ValueError: the PIN is not four to eight digits.

    """
    if not (pin.isdecimal() and 4 <= len(pin) <= 8):
        message = "A PIN has four to eight digits."
        raise ValueError(message)
    return _hasher().hash(pin)


def knows_pin(person: Person, pin: str) -> bool:
    """Check a PIN; never on the GUI thread, it takes as long as making one."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return person.is_active and bool(person.pin_hash) and _hasher().verify(person.pin_hash, pin)
    except (Argon2Error, InvalidHashError):
        return False


_SHORTEST_BADGE = 8


def could_be_badge(code: str) -> bool:
    """Tell whether a code is long enough for a badge, and cannot be taken for a PIN."""
    return len(code) >= _SHORTEST_BADGE and not (code.isdecimal() and len(code) == _SHORTEST_BADGE)


def hash_badge(code: str, people: Iterable[Person]) -> str:
    """Make the hash of a badge's code, with the salt of the badges that others have.

    One salt for all of a business, so that whose badge was read is known after one hash and not after one per person.

    Raises:
        ValueError: the code is too short, or could be a PIN.

    """
    if not could_be_badge(code):
        message = "This code is too short for a badge: it could be guessed, or taken for a PIN. Use a longer one."
        raise ValueError(message)
    like = next((person.badge_hash for person in people if person.badge_hash), "") or _hasher().hash("")
    return _hashed_like(code, like)


def whose_badge(code: str, people: Iterable[Person]) -> Person | None:
    """Find who has a badge; one that two stations gave two people while apart is nobody's until that is put right."""
    hashes: dict[str, str] = {}
    found = []
    for person in people:
        salted = person.badge_hash.rpartition("$")[0]
        if salted and salted not in hashes:
            hashes[salted] = _tried_like(code, person.badge_hash)
        if salted and hashes[salted] == person.badge_hash:
            found.append(person)
    return found[0] if len(found) == 1 else None


def _tried_like(code: str, other: str) -> str:
    """Make a hash as another one was made; empty where that one is spoilt and opens to nobody."""
    from argon2.exceptions import Argon2Error, InvalidHashError

    try:
        return _hashed_like(code, other)
    except (Argon2Error, InvalidHashError, ValueError, IndexError):
        return ""


def _hashed_like(code: str, other: str) -> str:
    from argon2 import extract_parameters
    from argon2.low_level import hash_secret

    known, salt = extract_parameters(other), other.split("$")[4]
    return hash_secret(
        code.encode(), b64decode(salt + "=" * (-len(salt) % 4)), known.time_cost, known.memory_cost,
        known.parallelism, known.hash_len, known.type, known.version,
    ).decode()  # fmt: skip
