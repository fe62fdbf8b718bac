"""What somebody types about a receipt they look for: its number, a day, an amount, the digits of a card, an article."""

from __future__ import annotations

import re
from datetime import date, timedelta

from omsdesk.domain.receipt_code import number_in, sale_in
from omsdesk.domain.records import record
from omsdesk.domain.values import Money, Stamp
from omsdesk.ui.typed_amount import read_amount

_CARD = re.compile(r"\d{4}\Z")
_ISO = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})\Z")
_DOTTED = re.compile(r"(\d{1,2})\.(\d{1,2})\.(\d{2}|\d{4})?\Z")
_SLASHED = re.compile(r"(\d{1,2})/(\d{1,2})(?:/(\d{2}|\d{4}))?\Z")
_AMOUNT = re.compile(r"[^\d]{0,2}\d[\d.,]*[^\d]{0,2}\Z")
_DAYS = {"today": 0, "yesterday": 1}
_DAY_MS = 24 * 60 * 60 * 1000
_MONTH_FIRST = {"en-US", "en"}


@record
class Wish:
    """What is known of the receipt; what is not said is left open."""

    code: str = ""
    """Its number, or what its QR code carries."""
    day: date | None = None
    total: Money | None = None
    reference: str = ""
    words: str = ""
    """What an article on it is called."""

    def between(self, offset_minutes: int) -> tuple[int, int] | None:
        """Give the first and the last millisecond of the day, where the clock is so far from UTC."""
        if self.day is None:
            return None
        days = (self.day - date(1970, 1, 1)).days
        first = days * _DAY_MS - offset_minutes * 60_000
        return first, first + _DAY_MS - 1


def read(text: str, currency: str, locale: str, now: Stamp) -> Wish:
    """Understand what was typed: every word is a number, a day, an amount, a card, or part of an article's name."""
    if number_in(text) or sale_in(text):
        return Wish(code=text.strip())
    day, total, reference, words = None, None, "", list[str]()
    for word in text.split():
        found_day = _day(word, locale, now)
        if found_day is not None and day is None:
            day = found_day
        elif _CARD.match(word) and not reference:
            reference = word
        elif total is None and (amount := _amount(word, currency, locale)) is not None:
            total = amount
        else:
            words.append(word)
    return Wish("", day, total, reference, " ".join(words))


def _amount(word: str, currency: str, locale: str) -> Money | None:
    if not _AMOUNT.match(word):
        return None
    return read_amount(re.sub(r"[^\d.,]", "", word), currency, locale).amount


def _day(word: str, locale: str, now: Stamp) -> date | None:
    today = now.local.date()
    if word.casefold() in _DAYS:
        return today - timedelta(days=_DAYS[word.casefold()])
    for pattern, order in ((_ISO, "ymd"), (_DOTTED, "dmy"), (_SLASHED, "mdy" if locale in _MONTH_FIRST else "dmy")):
        found = pattern.match(word)
        if found:
            parts = dict(zip(order, found.groups(), strict=True))
            return _made(parts["y"], int(parts["m"]), int(parts["d"]), today)
    return None


def _made(year: str | None, month: int, day: int, today: date) -> date | None:
    """Make a day; without a year it is the last one that was."""
    century = 2000
    try:
        if year is not None:
            return date(int(year) + (century if len(year) < len("2000") else 0), month, day)
        made = date(today.year, month, day)
        return made if made <= today else date(today.year - 1, month, day)
    except ValueError:
        return None
