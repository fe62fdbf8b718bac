"""A birth date as people type it: in the order of their country, with signs between or none, the year short or long."""

from __future__ import annotations

import re
from datetime import date

from PySide6.QtCore import QLocale

_PART = re.compile(r"\d+")
_OLDEST = 120


def order_of(locale: str) -> str:
    """Tell the order in which people of a locale (BCP 47) write a date: ``dmy``, ``mdy`` or ``ymd``."""
    written = QLocale(locale).dateFormat(QLocale.FormatType.ShortFormat).lower()
    return "".join(sorted("dmy", key=written.find))


def pattern_of(locale: str) -> str:
    """Show how to type a date, such as ``DD MM YYYY``."""
    return " ".join({"d": "DD", "m": "MM", "y": "YYYY"}[letter] for letter in order_of(locale))


def read_date(text: str, locale: str, today: date) -> date | None:
    """Read a birth date; None where it is none, or nobody alive has it."""
    order, parts = order_of(locale), _PART.findall(text)
    if len(parts) == 1 and len(parts[0]) in {6, 8}:
        digits, long = parts[0], len(parts[0]) - 4
        parts, at = [], 0
        for letter in order:
            size = long if letter == "y" else 2
            parts.append(digits[at : at + size])
            at += size
    if len(parts) != len(order):
        return None
    found = dict(zip(order, parts, strict=True))
    if len(found["y"]) not in {2, 4}:
        return None
    year = int(found["y"])
    if len(found["y"]) == 2:
        year += today.year // 100 * 100
        year -= 100 if year > today.year else 0
    try:
        read = date(year, int(found["m"]), int(found["d"]))
    except ValueError:
        return None
    return read if read <= today and today.year - read.year <= _OLDEST else None


def latest_birth(age: int, today: date) -> date:
    """The last day on which somebody was born who has an age today."""
    try:
        return today.replace(year=today.year - age)
    except ValueError:
        # Born on the 28th is old enough on the 29th of February; who was born on a 29th waits for the 1st of March.
        return today.replace(year=today.year - age, day=28)
