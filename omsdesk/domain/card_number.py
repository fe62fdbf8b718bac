"""Numbers of gift cards and credit notes: nobody guesses one, and a wrong digit is noticed before anything is asked."""

from __future__ import annotations

import re

_LENGTH = 20
_FIRST = 10**17
"""No number begins with a nought: twenty digits that do are a logistic unit (GS1, application identifier 00)."""
_SEPARATORS = re.compile(r"[\s\-]+")
_SHOWN = 4
_LEAST = 6
_MOST = 40


def new_number(entropy: bytes) -> str:
    """Make a number of twenty digits from at least ten random bytes.

    Eighteen digits are random: where a million cards are out, a million guesses find one with a chance of one in a
    million. The last two are the check digits of ISO/IEC 7064 MOD 97-10, which notice each wrong digit and each two
    that changed places. A payment card's number has nineteen digits at most, so none of these is taken for one.
    """
    body = _FIRST + int.from_bytes(entropy, "big") % (10 * _FIRST - _FIRST)
    return f"{body}{98 - body * 100 % 97:02d}"


def is_number(text: str) -> bool:
    """Tell whether a text, as ``read`` gives it, is a number of ours without a slip of the finger."""
    return len(text) == _LENGTH and text.isdecimal() and text.isascii() and text[0] != "0" and int(text) % 97 == 1


def read(text: str) -> str:
    """Read a number that was scanned or typed, ours or that of a card somebody else printed; empty if it is none."""
    number = _SEPARATORS.sub("", text).upper()
    is_printed = number.isascii() and number.isalnum() and _LEAST <= len(number) <= _MOST
    return number if is_printed and (len(number) != _LENGTH or not number.isdecimal() or is_number(number)) else ""


def masked(number: str) -> str:
    """Show the end of a number only: a receipt that lies about is no card."""
    return f"…{number[-_SHOWN:]}"


def grouped(number: str) -> str:
    """Write a number in groups of four, for somebody to read it and type it."""
    return " ".join(number[at : at + _SHOWN] for at in range(0, len(number), _SHOWN))
