"""Amounts of money on the screen, by Qt's own knowledge of locales.

Paper is written by Babel, which costs 45 ms before its first figure; a till must not wait for that. Both know CLDR,
and a test holds that they write the same digits, sign and currency. No amount ever becomes a float: Qt writes whole
numbers, the rest is put in here.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QLocale

from omsdesk.domain.values import Money, minor_digits

_PLAIN = str.maketrans(
    {"\u2212": "-", "\uffe5": "\u00a5", "\u202f": "\u00a0", "\u200e": "", "\u200f": "", "\u061c": ""}
)


class _Style(NamedTuple):
    locale: QLocale
    before: str
    after: str


@lru_cache(maxsize=4096)
def money_text(money: Money, locale: str) -> str:
    """Write an amount with its currency as people of a locale (BCP 47) do: ``£1,234.50``, ``1.234,50 €``."""
    style = _style(locale, money.currency)
    # Qt would put what is below zero into brackets, as bookkeepers do; a customer reads a minus.
    sign = "-" if money.minor < 0 else ""
    return f"{sign}{style.before}{_figure(money, style.locale)}{style.after}".translate(_PLAIN)


def figure_text(money: Money, locale: str) -> str:
    """Write an amount without its currency, where there is little room: ``1,234.50``, ``1.234,50``."""
    sign = "-" if money.minor < 0 else ""
    return f"{sign}{_figure(money, QLocale(locale))}".translate(_PLAIN)


def count_text(count: int, locale: str) -> str:
    """Write a number of things as people of a locale do: ``26,000``, ``26.000``."""
    return QLocale(locale).toString(count).translate(_PLAIN)


def _figure(money: Money, locale: QLocale) -> str:
    digits = minor_digits(money.currency)
    whole, rest = divmod(abs(money.minor), 10**digits)
    figure = locale.toString(whole)
    return figure + locale.decimalPoint() + f"{rest:0{digits}d}".translate(_digits(locale)) if digits else figure


@lru_cache(maxsize=16)
def _style(tag: str, currency: str) -> _Style:
    locale = QLocale(tag)
    symbol = locale.currencySymbol()
    if locale.currencySymbol(QLocale.CurrencySymbolFormat.CurrencyIsoCode) != currency:
        symbol = currency
    one = locale.toString(1)
    before, _, after = locale.toCurrencyString(1, symbol).partition(one)
    # CLDR's currencySpacing: a code of letters stands apart from the figure.
    return _Style(locale, f"{before}\xa0" if before[-1:].isalpha() else before, after)


@lru_cache(maxsize=16)
def _digits(locale: QLocale) -> dict[int, str]:
    return {ord(str(digit)): locale.toString(digit) for digit in range(10)}
