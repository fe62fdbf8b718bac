"""PINs: made into hashes, and checked against them."""

from __future__ import annotations

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
