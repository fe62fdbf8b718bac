"""Days as people type and read them: in the order and with the sign of their country, kept as ISO 8601.

The international form is understood everywhere, and so are words and steps: ``today``, ``tomorrow``, ``+14``.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from functools import lru_cache

from PySide6.QtCore import QLocale

_PART = re.compile(r"\d+")
_STEP = re.compile(r"\+\s*(\d{1,4})\Z")
_ISO = re.compile(r"\d{4}-\d{1,2}-\d{1,2}\Z")
_LETTER = re.compile(r"[^\W\d_]")
_SIGNS = "./-"
_WORDS = {"yesterday": -1, "today": 0, "tomorrow": 1}
_EXAMPLE = date(2027, 12, 31)
_CENTURY = 2000


@lru_cache(maxsize=16)
def order_of(locale: str) -> str:
    """Tell the order in which people of a locale (BCP 47) write a date: ``dmy``, ``mdy`` or ``ymd``."""
    written = _short(locale).lower()
    return "".join(sorted("dmy", key=written.find))


def day_text(day: str, locale: str) -> str:
    """Write a day (ISO 8601) as it is typed: ``31.12.2027``; what is no day is left as it is."""
    try:
        known = date.fromisoformat(day)
    except ValueError:
        return day
    return _written(known, locale)


def example(locale: str) -> str:
    """Show how a day is typed."""
    return _written(_EXAMPLE, locale)


def read_day(text: str, locale: str, today: str = "") -> str:
    """Read a day as somebody of a locale types it, as ISO 8601; empty where nothing is typed.

    ``today`` is the day (ISO 8601) that words and steps count from; the computer's where it is not said.

    Raises:
        ValueError: it is none; the sentence shows how to type one.

    """
    typed = text.strip().casefold()
    if not typed:
        return ""
    step = _STEP.match(typed)
    try:
        if step is not None or typed in _WORDS:
            days = int(step[1]) if step is not None else _WORDS[typed]
            return (_now(today) + timedelta(days=days)).isoformat()
        year, month, day = parts_of(typed, "ymd" if _ISO.match(typed) else order_of(locale))
        return date(int(year) + (_CENTURY if len(year) < len("2000") else 0), int(month), int(day)).isoformat()
    except (ValueError, OverflowError):
        raise ValueError(f"“{text.strip()}” is not a day. Type it like {example(locale)}.") from None


def parts_of(text: str, order: str) -> tuple[str, str, str]:
    """Take year, month and day out of a text, with signs between them or none; the year has two digits or four.

    Raises:
        ValueError: there are others than these three.

    """
    parts = [] if _LETTER.search(text) else _PART.findall(text)
    if len(parts) == 1 and len(parts[0]) in {6, 8}:
        digits, long = parts[0], len(parts[0]) - 4
        parts, at = [], 0
        for letter in order:
            size = long if letter == "y" else 2
            parts.append(digits[at : at + size])
            at += size
    found = dict(zip(order, parts, strict=True))
    if len(found["y"]) not in {2, 4}:
        raise ValueError("a year has two digits or four")
    return found["y"], found["m"], found["d"]


def _now(today: str) -> date:
    return date.fromisoformat(today) if today else datetime.now().astimezone().date()


def _short(locale: str) -> str:
    return QLocale(locale).dateFormat(QLocale.FormatType.ShortFormat)


@lru_cache(maxsize=256)
def _written(day: date, locale: str) -> str:
    order = order_of(locale)
    sign = next((letter for letter in _short(locale) if letter in _SIGNS), "/")
    parts = {"d": f"{day.day:02d}", "m": f"{day.month:02d}", "y": f"{day.year:04d}"}
    return sign.join(parts[letter] for letter in order)
