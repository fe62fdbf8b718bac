"""Phone numbers as digits: one that was written down in one way is found when it is typed in another."""

from __future__ import annotations

import re

_PHONE = re.compile(r"\s*\+?[\d\s().\-/]*\Z")
_SHORTEST = 3
_SAME = 8
"""How many last digits tell two numbers apart. What stands before them is the country, or the zero in its place."""
_LONGEST_COUNTRY = 3
_END = 4
"""How many last digits people name a number by."""


def digits(text: str) -> str:
    """Give the digits of a number without the zeros that are dialled first: ``+49 (0)30/123`` is ``49030123``."""
    return "".join(filter(str.isdecimal, text)).lstrip("0")


def is_phone(text: str) -> bool:
    """Tell whether a text can be a phone number, or the beginning of one."""
    return _PHONE.match(text) is not None and sum(map(str.isdecimal, text)) >= _SHORTEST


def sameness(text: str) -> str:
    """Give what two ways of writing one number have in common; empty for what is too short to tell."""
    found = digits(text)
    return found[-_SAME:] if len(found) > _END else ""


def kept_as(text: str) -> list[str]:
    """List the beginnings a number is found by: all of it, with its country and without, and its end."""
    found = digits(text)
    if len(found) < _SHORTEST:
        return []
    ways = _without_country(found) if _names_a_country(text) else [found]
    return list(dict.fromkeys((*ways, found[-_SAME:], found[-_END:])))


def asked_as(text: str) -> list[str]:
    """List what a number that is being typed may be the beginning of, the likeliest first."""
    found = digits(text)
    return _without_country(found) if _names_a_country(text) else [found] if found else []


def _names_a_country(text: str) -> bool:
    return text.lstrip().startswith(("+", "00"))


def _without_country(found: str) -> list[str]:
    # Which part of it is the country nobody says: with one, two and three digits less it is tried.
    ways = (found, *(found[at:].lstrip("0") for at in range(1, _LONGEST_COUNTRY + 1)))
    return list(dict.fromkeys(way for way in ways if len(way) >= _SHORTEST))
