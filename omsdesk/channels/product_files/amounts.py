"""Prices and quantities as people and programs write them: ``12.990000``, ``1.234,50 €``, ``Fr. 1'234.-``."""

from __future__ import annotations

import re
from collections.abc import Iterable
from decimal import Decimal
from functools import lru_cache

from omsdesk.channels.product_files.words import literal
from omsdesk.domain.values import Money, Quantity, minor_digits

POINT, COMMA = ".", ","
_LONGEST = 40
_MOST_DIGITS = 12
"""Digits before the decimal mark; a longer number is a barcode in the wrong column."""
_NOISE = Decimal("1e-9")
_NOISY_DECIMALS = 10

_DOLLARS = """ARS AUD BBD BMD BND BSD BZD CAD CLP COP FJD GYD HKD JMD KYD LRD MXN NAD NZD SBD SGD SRD TTD TWD USD UYU
XCD"""
_SIGNS = {
    "€": frozenset({"EUR"}),
    "$": frozenset(_DOLLARS.split()),
    "£": frozenset({"GBP", "EGP", "FKP", "GIP", "LBP", "SDG", "SHP", "SSP", "SYP"}),
    "¥": frozenset({"JPY", "CNY"}),
    "₹": frozenset({"INR"}),
    "₩": frozenset({"KRW"}),
    "₺": frozenset({"TRY"}),
    "₽": frozenset({"RUB"}),
    "₴": frozenset({"UAH"}),
    "₪": frozenset({"ILS"}),
    "₫": frozenset({"VND"}),
    "฿": frozenset({"THB"}),
    "₱": frozenset({"PHP"}),
    "₦": frozenset({"NGN"}),
    "₸": frozenset({"KZT"}),
    "₾": frozenset({"GEL"}),
    "֏": frozenset({"AMD"}),
    "৳": frozenset({"BDT"}),
    "₵": frozenset({"GHS"}),
    "gh₵": frozenset({"GHS"}),
    "gs": frozenset({"PYG"}),
    "₡": frozenset({"CRC"}),
    "₲": frozenset({"PYG"}),
    "₮": frozenset({"MNT"}),
    "r$": frozenset({"BRL"}),
    "us$": frozenset({"USD"}),
    "a$": frozenset({"AUD"}),
    "c$": frozenset({"CAD"}),
    "ca$": frozenset({"CAD"}),
    "hk$": frozenset({"HKD"}),
    "mx$": frozenset({"MXN"}),
    "nt$": frozenset({"TWD"}),
    "nz$": frozenset({"NZD"}),
    "s$": frozenset({"SGD"}),
    "cn¥": frozenset({"CNY"}),
    "円": frozenset({"JPY"}),
    "元": frozenset({"CNY", "TWD"}),
    "s/": frozenset({"PEN"}),
    "dt": frozenset({"TND"}),
    "ksh": frozenset({"KES"}),
    "din": frozenset({"RSD"}),
    "грн": frozenset({"UAH"}),
    "د.إ": frozenset({"AED"}),
    "د.أ": frozenset({"JOD"}),
    "د.ب": frozenset({"BHD"}),
    "د.ت": frozenset({"TND"}),
    "د.ع": frozenset({"IQD"}),
    "د.ك": frozenset({"KWD"}),
    "د.م": frozenset({"MAD"}),
    "ر.س": frozenset({"SAR"}),
    "ر.ع": frozenset({"OMR"}),
    "ر.ق": frozenset({"QAR"}),
    "ج.م": frozenset({"EGP"}),
    "euro": frozenset({"EUR"}),
    "fr": frozenset({"CHF", "XAF", "XOF", "XPF"}),
    "sfr": frozenset({"CHF"}),
    "kr": frozenset({"DKK", "ISK", "NOK", "SEK"}),
    "zł": frozenset({"PLN"}),
    "kč": frozenset({"CZK"}),
    "ft": frozenset({"HUF"}),
    "lei": frozenset({"MDL", "RON"}),
    "лв": frozenset({"BGN"}),
    "r": frozenset({"ZAR"}),
    "rs": frozenset({"INR", "LKR", "MUR", "NPR", "PKR"}),
    "rm": frozenset({"MYR"}),
    "rp": frozenset({"IDR"}),
    "tl": frozenset({"TRY"}),
}
"""What stands for a currency beside its ISO 4217 code, and for which ones."""

_MINUS = r"\-−–"
_LETTERS = rf"[^0-9\s.,()+'’{_MINUS}]+"
_SIGN = rf"{_LETTERS}(?:\.{_LETTERS})*\.?"
_AMOUNT = re.compile(
    rf"(?P<open>\()?(?P<minus>[{_MINUS}])?\+?\s*(?P<before>{_SIGN})?\s*(?P<minus2>[{_MINUS}])?\s*"
    rf"(?P<digits>[0-9.,'’\s]*[0-9])(?:[.,][{_MINUS}]*)?(?P<minus3>[{_MINUS}])?\s*(?P<after>{_SIGN})?\)?"
)
_GROUPED = re.compile(r"[0-9]{1,3}(?:([.,'’\s])[0-9]{2,3}(?:\1[0-9]{2,3})*)?(?<![.,'’\s][0-9]{2})")
_CODE = re.compile(r"[A-Z]{3}")
_PLAIN = re.compile(r"[0-9]*")


@lru_cache(maxsize=1 << 16)
def read_price(text: str, currency: str, mark: str = POINT) -> Money | None:
    """Read a price; an empty text is no price.

    ``mark`` is the decimal mark of the column and decides only what can be read both ways, as ``1.234``.

    Raises:
        ValueError: a sentence that says why the text is no price in this currency.

    """
    if not text.strip():
        return None
    amount = _plain(text, currency, mark)
    if amount is None:
        raise ValueError(f"The price “{text.strip()}” is not an amount in {currency}.")
    if amount.startswith("-"):
        raise ValueError(f"The price {text.strip()} is negative.")
    if len(amount.partition(POINT)[0]) > _MOST_DIGITS:
        raise ValueError(f"The price {text.strip()} is too large. Is it a barcode?")
    try:
        return Money.of(amount, currency)
    except ValueError:
        exact, money = Decimal(amount), _rounded(amount, currency)
        if len(amount.partition(POINT)[2]) >= _NOISY_DECIMALS and abs(exact - money.decimal) < _NOISE:
            return money  # 2.0999999999999996: what a program's binary arithmetic leaves of 2.10
        raise ValueError(f"The price {text.strip()} has more decimals than {currency} has.") from None


@lru_cache(maxsize=1 << 14)
def read_quantity(text: str, mark: str = POINT) -> Quantity | None:
    """Read a quantity of goods, which may be negative; an empty text is none.

    Raises:
        ValueError: a sentence that says why the text is no quantity.

    """
    if not text.strip():
        return None
    amount = _plain(text, "", mark)
    if amount is None or len(amount.partition(POINT)[0]) > _MOST_DIGITS:
        raise ValueError(f"The quantity “{text.strip()}” is not a number.")
    return Quantity.of(amount)


def is_amount(text: str) -> bool:
    """Tell whether a text is an amount of something: a number, with or without a currency of whatever country."""
    match = _AMOUNT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
    signs = [sign for sign in (match["before"], match["after"]) if sign] if match else []
    return match is not None and all(_CODE.fullmatch(sign) or _bare(sign) in _SIGNS for sign in signs)


def guess_mark(texts: Iterable[str]) -> str:
    """Tell which decimal mark a column of amounts uses, by those that can be read in one way only; a point if none."""
    votes = {POINT: 0, COMMA: 0}
    for text in texts:
        match = _AMOUNT.fullmatch(text.strip()) if len(text) <= _LONGEST else None
        digits = match["digits"] if match else ""
        last = max(digits, key=lambda sign: digits.rfind(sign) if sign in votes else -1, default="")
        if last not in votes:
            continue
        other = COMMA if last == POINT else POINT
        if digits.count(last) > 1:
            votes[other] += 1
        elif other in digits or len(digits) - digits.rfind(last) != 4:
            votes[last] += 1
    return COMMA if votes[COMMA] > votes[POINT] else POINT


def _plain(text: str, currency: str, mark: str) -> str | None:
    """Bring an amount into the form ``-1234.50``; nothing if it is no amount of this currency."""
    text = literal(text.strip())
    match = _AMOUNT.fullmatch(text) if len(text) <= _LONGEST else None
    if match is None:
        return None
    for sign in (match["before"], match["after"]):
        if sign and not _means(sign, currency):
            return None
    whole, fraction = _parts(match["digits"], mark)
    if not (_PLAIN.fullmatch(whole) or _GROUPED.fullmatch(whole)) or not _PLAIN.fullmatch(fraction):
        return None
    minus = "-" if match["open"] or match["minus"] or match["minus2"] or match["minus3"] else ""
    return f"{minus}{re.sub('[^0-9]', '', whole) or '0'}{POINT if fraction else ''}{fraction}"


def _means(sign: str, currency: str) -> bool:
    return sign.upper() == currency or currency in _SIGNS.get(_bare(sign), ())


def _bare(sign: str) -> str:
    return sign.casefold().rstrip(".")


def _parts(digits: str, mark: str) -> tuple[str, str]:
    """Cut at the decimal mark: the last of two kinds, or a single one that cannot part thousands."""
    at = max(digits.rfind(POINT), digits.rfind(COMMA))
    if at < 0:
        return digits, ""
    sign, before, after = digits[at], digits[:at], digits[at + 1 :]
    if (COMMA if sign == POINT else POINT) in before:
        return before, after
    parts_thousands = len(after) == 3 and sign != mark and 0 < len(before) <= 3 and before != "0"
    return (digits, "") if sign in before or parts_thousands else (before, after)


def _rounded(amount: str, currency: str) -> Money:
    digits = minor_digits(currency)
    return Money.of(round(Decimal(amount), digits), currency)
