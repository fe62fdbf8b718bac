"""Barcodes that a scale printed: item, weight or price in one number, by masks as each country and shop has them.

They are restricted circulation numbers (GS1 General Specifications, 2.1.12): prefixes 02 and 20 to 29, in UPC the
number system 2. What their digits mean is for each country to say; where it says nothing, for each shop.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from omsdesk.domain.records import record
from omsdesk.domain.values import MICRO, Money, Quantity, barcode_key, check_digit, minor_digits

ITEM, WEIGHT, PRICE, COUNT, VERIFIER, ANY = "IWPNCX"
_LENGTH = 12
"""Digits of a mask: all of an EAN-13 but its check digit. A UPC-A is one with a zero before it."""
_MASK = re.compile(r"(?:0?2)[0-9IWPNCX]+\Z")
_MEASURED = WEIGHT + PRICE + COUNT


@record
class EmbeddedCode:
    """What the digits of a number mean: ``22IIIICPPPPP`` is a price of five digits behind an item of four.

    I is the item, W a weight in kilograms, P a price, N a count, C a digit that verifies the value, X is passed over,
    and a digit stands for itself. The check digit of the whole number follows and is not in the mask.
    """

    mask: str
    decimals: int = 2
    """How many of the value's digits stand behind the decimal sign."""


@record
class Reading:
    """What a number says. One of weight, price and count; the price is in the shop's currency."""

    item: str
    """The digits of the item, without what the mask has before them."""
    prefixed: str
    """The same with the digits before them."""
    plain: str
    """The whole number with a value of nothing, as the catalogue may have it."""
    weight: Quantity | None = None
    """Kilograms."""
    price: Money | None = None
    count: Quantity | None = None

    @property
    def names(self) -> tuple[str, ...]:
        """What the article may be called by in the catalogue, the most exact first."""
        return tuple(dict.fromkeys((self.plain, self.prefixed, self.item, self.item.lstrip("0") or "0")))


def fault(code: EmbeddedCode) -> str:
    """Say what is wrong with a mask; empty where nothing is."""
    mask = code.mask
    if len(mask) != _LENGTH or not _MASK.match(mask):
        return "A mask has 12 places and begins with 2 or 02: digits, I item, W weight, P price, N count, C, X."
    kinds = {letter for letter in mask if letter in _MEASURED}
    if ITEM not in mask or len(kinds) != 1:
        return "A mask needs places for the item (I), and for a weight (W), a price (P) or a count (N)."
    if any(not re.search(f"^[^{letter}]*{letter}+[^{letter}]*$", mask) for letter in (ITEM, *kinds)):
        return "The places of the item, and those of the value, stand side by side."
    if not 0 <= code.decimals <= mask.count(next(iter(kinds))):
        return "The value has not so many decimals."
    if mask.count(VERIFIER) > 1 or (VERIFIER in mask and mask.count(next(iter(kinds))) not in {4, 5}):
        return "One digit can verify a value of four or of five digits."
    return ""


def read(code: str, masks: Iterable[EmbeddedCode], currency: str) -> Reading | None:
    """Read a number by the first mask it fits; None where it fits none, or a digit of it is wrong."""
    key = barcode_key(code)
    if len(key) != _LENGTH + 2 or key[0] != "0" or not key.isdecimal():
        return None
    body = key[1:-1]
    if body[0] != "2" and not body.startswith("02"):
        return None
    return next((found for mask in masks if (found := _read(body, mask, currency)) is not None), None)


def _read(body: str, code: EmbeddedCode, currency: str) -> Reading | None:
    found = _pattern(code.mask).match(body)
    if found is None:
        return None
    parts = found.groupdict()
    kind = next(letter for letter in _MEASURED if letter in parts)
    value = parts[kind]
    if VERIFIER in parts and parts[VERIFIER] != verifier(value):
        return None
    start = found.start(kind)
    plain = body[:start] + "0" * len(value) + body[start + len(value) :]
    if VERIFIER in parts:
        at = found.start(VERIFIER)
        plain = plain[:at] + verifier("0" * len(value)) + plain[at + 1 :]
    item = parts[ITEM]
    made = (item, body[: found.end(ITEM)], plain + str(check_digit(plain)))
    if kind == PRICE:
        return Reading(*made, price=_money(value, code.decimals, currency))
    quantity = Quantity(int(value) * MICRO // 10**code.decimals)
    return Reading(*made, weight=quantity) if kind == WEIGHT else Reading(*made, count=quantity)


def _money(value: str, decimals: int, currency: str) -> Money:
    shift = minor_digits(currency) - decimals
    return Money(int(value) * 10**shift if shift >= 0 else int(value) // 10**-shift, currency)


@lru_cache(maxsize=64)
def _pattern(mask: str) -> re.Pattern[str]:
    runs = re.findall(r"([IWPNCX])\1*|(\d)", mask)
    found = "".join(
        digit or (f"\\d{{{mask.count(letter)}}}" if letter == ANY else f"(?P<{letter}>\\d{{{mask.count(letter)}}})")
        for letter, digit in runs
    )
    return re.compile(found + r"\Z")


def verifier(value: str) -> str:
    """The digit that verifies a price or weight of four or five digits (GS1 General Specifications, 7.9)."""
    four = len(value) == 4
    total = sum(row[int(digit)] for row, digit in zip(_OF_FOUR if four else _OF_FIVE, value, strict=True))
    return str(total * 3 % 10) if four else str(_FIVE_MINUS.index(-total % 10))


_TWO_MINUS = (0, 2, 4, 6, 8, 9, 1, 3, 5, 7)
_THREE = (0, 3, 6, 9, 2, 5, 8, 1, 4, 7)
_FIVE_PLUS = (0, 5, 1, 6, 2, 7, 3, 8, 4, 9)
_FIVE_MINUS = (0, 5, 9, 4, 8, 3, 7, 2, 6, 1)
_OF_FOUR = (_TWO_MINUS, _TWO_MINUS, _THREE, _FIVE_MINUS)
_OF_FIVE = (_FIVE_PLUS, _TWO_MINUS, _FIVE_MINUS, _FIVE_PLUS, _TWO_MINUS)


def _rows(*rows: tuple[str, int]) -> tuple[EmbeddedCode, ...]:
    return tuple(EmbeddedCode(mask, decimals) for mask, decimals in rows)


_BALTIC = _rows(("23IIIIIIWWWW", 3), ("24IIIIIIWWWW", 2), ("25IIIIIIWWWW", 1))
_NORDIC = (*_rows(("20IIIIIIPPPP", 2), ("21IIIIIIPPPP", 1), ("22IIIIIIPPPP", 0)), *_BALTIC)
_DANISH = (
    *_rows(*((f"{prefix}IIIIPPPPPP", 2) for prefix in (21, 22, 23, 24))),
    *_rows(("26IIIIWWWWWW", 3), ("27IIIIIWWWWW", 3), ("28IIIIWWWWWW", 3)),
)
_GERMAN = (
    *_rows(("22IIIICPPPPP", 2), ("23IIIICPPPPP", 2), ("25IIIICNNNNN", 0), ("26IIIICNNNNN", 0)),
    *_rows(("28IIIICWWWWW", 3), ("29IIIICWWWWW", 3)),
)
REGIONS: dict[str, tuple[EmbeddedCode, ...]] = {
    "DE": _GERMAN, "AT": _GERMAN, "DK": _DANISH, "EE": _BALTIC, "FI": _BALTIC, "LV": _BALTIC, "LT": _BALTIC,
    "NO": _NORDIC, "SE": _NORDIC, "GB": _rows(("20IIIIICPPPP", 2)), "US": _rows(("02IIIIICPPPP", 2)),
    "CA": _rows(("02IIIIICPPPP", 2)),
}  # fmt: skip
"""The masks that a country's GS1 organisation gives out (AT prints Germany's), by its ISO 3166 code."""


def masks_of(country: str, own: tuple[EmbeddedCode, ...]) -> tuple[EmbeddedCode, ...]:
    """Give the masks of a shop: its own, before those of the country."""
    return (*own, *REGIONS.get(country, ()))


def weight_for(price: Money, unit_price: Money) -> Quantity | None:
    """Find the weight that comes to a price at a price for one unit, with as few digits as a scale has or more."""
    if unit_price.minor <= 0 or price.currency != unit_price.currency:
        return None
    exact = price.minor * MICRO
    for step in (1000, 100, 10, 1):
        micro = (2 * exact + unit_price.minor * step) // (2 * unit_price.minor * step) * step
        if unit_price.times(Quantity(micro)) == price:
            return Quantity(micro)
    return None
