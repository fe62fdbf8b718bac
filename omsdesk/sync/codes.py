"""The codes that let stations in: Crockford's base 32, which people read to each other and type without mistakes."""

from __future__ import annotations

from urllib.parse import urlsplit

LETTERS = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
"""No letter that is read as another one."""
LENGTH = 12
"""Sixty bits: guessed at the rate that a service allows, one code takes longer than it is valid by far."""

_READ_AS = str.maketrans("OIL", "011", "- \t\n")


class NoCode(ValueError):
    """What was typed or scanned is no code; the sentence says what to do."""


def plain(typed: str) -> str:
    """Read a code as somebody typed it: small letters, spaces and hyphens do not matter, O is 0, I and L are 1.

    Raises:
        NoCode: it has another length, or a letter that no code has.

    """
    code = typed.upper().translate(_READ_AS)
    if len(code) != LENGTH or not set(code) <= set(LETTERS):
        raise NoCode(f"A code has {LENGTH} letters and digits, such as 7KQ3-9F2M-XA4T. Check it and type it again.")
    return code


def grouped(code: str) -> str:
    """Write a code in groups of four, for people."""
    return "-".join(code[at : at + 4] for at in range(0, len(code), 4))


def invitation(address: str, code: str) -> str:
    """Write address and code of a service as one text, for a QR code."""
    return f"{address}#{grouped(plain(code))}"


def read_invitation(scanned: str) -> tuple[str, str]:
    """Read a scanned text: the address of the service, empty where it is not in it, and the code.

    Raises:
        NoCode: there is none in it.

    """
    address, _, code = scanned.strip().rpartition("#")
    if address and urlsplit(address).scheme not in {"https", "http"}:
        raise NoCode("This is not an invitation to a service. Scan the code that a manager's screen shows.")
    return address, plain(code)
