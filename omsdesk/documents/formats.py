"""Money, quantities and moments as people of a locale write them (CLDR, through Babel).

Babel takes 40 ms to import, so it is imported at the first use. Digits of money follow our own minor units and never
CLDR's, which drops the fils of a dinar: a number on paper is the number in the books.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING

from omsdesk.domain.values import minor_digits

if TYPE_CHECKING:
    from babel.core import Locale
    from babel.numbers import NumberPattern

    from omsdesk.domain.values import Money, Quantity, Stamp

_QUANTITY_DECIMALS = 6

# CLDR puts a space between a currency code and a figure (currencySpacing), which Babel leaves out.
_CODE_BEFORE_FIGURE = re.compile(r"(?<=[^\W\d_])(?=\d)")

# CLDR writes some minus signs, currency signs and spaces with characters that few printers have and
# that look the same on paper.
_PLAIN = str.maketrans(
    {
        "\u2212": "-",
        "\uffe5": "\u00a5",
        "\uffe6": "\u20a9",
        "\u202f": "\u00a0",
        "\u200e": "",
        "\u200f": "",
        "\u061c": "",
    }
)


def format_money(money: Money, locale: str) -> str:
    """Write an amount with its currency: ``£1,234.50``, ``1.234,50 €``."""
    pattern = _money_pattern(locale, minor_digits(money.currency), has_symbol=True)
    written = pattern.apply(money.decimal, _locale(locale), currency=money.currency, currency_digits=False)
    return _CODE_BEFORE_FIGURE.sub("\u00a0", str(written).translate(_PLAIN))


def format_amount(money: Money, locale: str) -> str:
    """Write an amount without its currency, for columns where a heading or the total names it."""
    pattern = _money_pattern(locale, minor_digits(money.currency), has_symbol=False)
    return str(pattern.apply(money.decimal, _locale(locale))).translate(_PLAIN)


def format_quantity(quantity: Quantity, locale: str, decimals: int = 0) -> str:
    """Write a quantity exactly, with at least so many ``decimals``: ``3``, ``0.350``."""
    pattern = _plain_pattern(locale, decimals, _QUANTITY_DECIMALS)
    return str(pattern.apply(quantity.decimal, _locale(locale))).translate(_PLAIN)


def format_percent(percent: str, locale: str) -> str:
    """Write a percentage (``5.5 %``) with the sign between whole and parts that people use: ``5,5 %``."""
    return percent.replace(".", _locale(locale).number_symbols["latn"]["decimal"]) if "." in percent else percent


def format_day(day: str, locale: str) -> str:
    """Write a day (ISO 8601) as people do: ``28 Jul 2026``."""
    from babel.dates import format_date

    return str(format_date(date.fromisoformat(day), "medium", locale=_locale(locale))).translate(_PLAIN)


def format_moment(stamp: Stamp, locale: str) -> str:
    """Write a moment in the shop's wall-clock time to the minute: ``28 Jul 2026, 14:32``."""
    from babel.dates import format_date, format_time

    known = _locale(locale)
    day = format_date(stamp.local.date(), "medium", locale=known)
    time = format_time(stamp.local.time(), "short", locale=known)
    return f"{day}, {time}".translate(_PLAIN)


@lru_cache(maxsize=16)
def _locale(tag: str) -> Locale:
    """Find the locale of a BCP 47 tag; its language alone, or English, where CLDR does not know it."""
    from babel.core import Locale, UnknownLocaleError

    subtags = tag.split("-u-", maxsplit=1)[0].split("-")
    for length in range(len(subtags), 0, -1):
        try:
            return Locale.parse("_".join(subtags[:length]), sep="_")
        except (ValueError, UnknownLocaleError):
            continue
    return Locale.parse("en")


@lru_cache(maxsize=64)
def _money_pattern(tag: str, digits: int, *, has_symbol: bool) -> NumberPattern:
    if not has_symbol:
        return _plain_pattern(tag, digits, digits)
    from babel.numbers import parse_pattern

    pattern = parse_pattern(_locale(tag).currency_formats["standard"].pattern)
    pattern.frac_prec = (digits, digits)
    return pattern


@lru_cache(maxsize=64)
def _plain_pattern(tag: str, least: int, most: int) -> NumberPattern:
    from babel.numbers import parse_pattern

    pattern = parse_pattern(_locale(tag).decimal_formats[None].pattern)
    pattern.frac_prec = (least, most)
    return pattern
