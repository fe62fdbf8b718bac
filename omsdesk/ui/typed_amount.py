"""What a person means by an amount that they type: read only where it can mean one thing.

People type the decimal sign of their country or the other one, and some type signs between the thousands. A sign with
one or two digits behind it can only be the decimal one; one with three digits may be either, and is asked about: an
amount is never taken a hundred or a thousand times too large or too small.
"""

from __future__ import annotations

import re
from functools import lru_cache

from PySide6.QtCore import QLocale

from omsdesk.domain.records import record
from omsdesk.domain.values import Money, minor_digits
from omsdesk.ui.amounts import money_text

MOST_DIGITS = 9
"""Digits before the decimal sign: more are a barcode."""
LETTERS = "[\\d.,'\u2019 \u00a0\u202f\u066b\u066c]{0,18}"
"""What may be typed into a field for amounts, as a regular expression."""

_BETWEEN = str.maketrans(dict.fromkeys("'\u2019 \u00a0\u202f\u066c", "_"))
_GROUPS = re.compile(r"[1-9]\d{0,2}(?:([.,_])\d{2,3}(?:\1\d{2,3})*)?\Z")
_THOUSANDS = 3


@record
class Typed:
    """An amount, or a question where it is not clear; neither where nothing is typed."""

    amount: Money | None = None
    question: str = ""


@lru_cache(maxsize=16)
def decimal_sign(locale: str) -> str:
    """The sign before the cents of a locale (BCP 47), as it is typed."""
    sign = QLocale(locale).decimalPoint()
    return sign if sign in {".", ","} else "," if sign == "\u066b" else "."


def plain_text(money: Money, locale: str) -> str:
    """Write an amount as it is typed: ``1250,50``."""
    digits = minor_digits(money.currency)
    whole, rest = divmod(abs(money.minor), 10**digits)
    sign = "-" if money.minor < 0 else ""
    return f"{sign}{whole}{decimal_sign(locale)}{rest:0{digits}d}" if digits else f"{sign}{whole}"


def read_amount(text: str, currency: str, locale: str) -> Typed:
    """Read an amount of a currency that somebody of a locale typed."""
    typed = text.strip().translate(_BETWEEN).replace("\u066b", ",")
    if not typed.strip("_.,"):
        return Typed()
    digits = minor_digits(currency)
    head, last, tail = _cut(typed)
    is_decimal = bool(last) and last not in head and last != "_"
    if not is_decimal:
        return _amount(_whole(typed), "", currency) or Typed(question=_no_amount(text, currency, locale))
    whole = _whole(head) if head else "0"
    can_be_thousands = head.isdecimal() and len(tail) == _THOUSANDS and _GROUPS.match(typed) is not None
    if can_be_thousands and not digits:
        return _amount(head + tail, "", currency) or Typed(question=_no_amount(text, currency, locale))
    if len(tail) > digits or (can_be_thousands and last != decimal_sign(locale)):
        return Typed(question=_which(text, (head, tail), currency, locale, can_be_thousands=can_be_thousands))
    return _amount(whole, tail, currency) or Typed(question=_no_amount(text, currency, locale))


def _cut(typed: str) -> tuple[str, str, str]:
    """Cut at the last sign."""
    at = max(typed.rfind(sign) for sign in ".,_")
    return (typed[:at], typed[at], typed[at + 1 :]) if at >= 0 else (typed, "", "")


def _whole(text: str) -> str:
    """Read digits, with or without signs between the thousands; empty where they are not in groups."""
    if text.isdecimal():
        return text
    groups = re.split(r"[.,_]", text)
    is_grouped = _GROUPS.match(text) is not None and len(groups[-1]) == _THOUSANDS
    return "".join(groups) if is_grouped else ""


def _amount(whole: str, tail: str, currency: str) -> Typed | None:
    if not whole.isdecimal() or not (tail or "0").isdecimal() or len(whole.lstrip("0")) > MOST_DIGITS:
        return None
    return Typed(Money.of(f"{whole}.{tail}" if tail else whole, currency))


def _which(text: str, parts: tuple[str, str], currency: str, locale: str, *, can_be_thousands: bool) -> str:
    head, tail = parts
    digits = minor_digits(currency)
    if not can_be_thousands or tail[digits:].strip("0"):
        return _no_amount(text, currency, locale)
    large, small = Money.of(head + tail, currency), Money.of(f"{head}.{tail[:digits]}", currency)
    meant = " or ".join(money_text(amount, locale) for amount in (small, large))
    ways = " or ".join(plain_text(amount, locale) for amount in (small, large))
    return f"Is “{text.strip()}” {meant}? Type {ways}."


def _no_amount(text: str, currency: str, locale: str) -> str:
    example = plain_text(Money(125050 if minor_digits(currency) else 1250, currency), locale)
    return f"“{text.strip()}” is not clear as an amount. Type it like this: {example}"
