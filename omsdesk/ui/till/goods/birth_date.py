"""A birth date as people type it: in the order of their country, with signs between or none, the year short or long."""

from __future__ import annotations

from datetime import date

from omsdesk.ui.days import order_of, parts_of

_OLDEST = 120


def pattern_of(locale: str) -> str:
    """Show how to type a date, such as ``DD MM YYYY``."""
    return " ".join({"d": "DD", "m": "MM", "y": "YYYY"}[letter] for letter in order_of(locale))


def read_date(text: str, locale: str, today: date) -> date | None:
    """Read a birth date; None where it is none, or nobody alive has it."""
    try:
        written, month, day = parts_of(text, order_of(locale))
        year = int(written)
        if len(written) == 2:
            year += today.year // 100 * 100
            year -= 100 if year > today.year else 0
        read = date(year, int(month), int(day))
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
