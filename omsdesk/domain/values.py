"""The values every fact is made of: money, quantities, identifiers and moments."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from functools import total_ordering

from omsdesk.domain.records import record

MICRO = 1_000_000
"""Quantities are counted in millionths, so that every sum in the database is an exact integer."""

# ISO 4217 minor units; every currency that is not listed has two digits.
_EXPONENTS = {
    **dict.fromkeys(("BIF", "CLP", "DJF", "GNF", "ISK", "JPY", "KMF", "KRW", "PYG"), 0),
    **dict.fromkeys(("RWF", "UGX", "UYI", "VND", "VUV", "XAF", "XOF", "XPF"), 0),
    **dict.fromkeys(("BHD", "IQD", "JOD", "KWD", "LYD", "OMR", "TND"), 3),
}


def minor_digits(currency: str) -> int:
    """How many digits the minor unit of an ISO 4217 currency has: 2 for EUR, 0 for JPY, 3 for KWD."""
    return _EXPONENTS.get(currency, 2)


def divide(numerator: int, denominator: int) -> int:
    """Divide and round half away from zero, so that a refund mirrors its sale to the minor unit."""
    if denominator < 0:
        numerator, denominator = -numerator, -denominator
    magnitude = (2 * abs(numerator) + denominator) // (2 * denominator)
    return magnitude if numerator >= 0 else -magnitude


class CurrencyMismatch(ArithmeticError):
    """Two amounts of different currencies met in one sum: a fault of the program, never of a person."""


@total_ordering
@record
class Money:
    """An amount as a whole number of minor units (cents, pence, yen) and its ISO 4217 currency."""

    minor: int
    currency: str

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str) -> Money:
        """Read a decimal amount such as ``"12.90"``.

        Raises:
            ValueError: the text is no number or has more digits than the currency knows.

        """
        try:
            scaled = Decimal(amount).scaleb(minor_digits(currency))
        except InvalidOperation:
            message = f"“{amount}” is not an amount of money."
            raise ValueError(message) from None
        if not scaled.is_finite():
            message = f"“{amount}” is not an amount of money."
            raise ValueError(message)
        if scaled != scaled.to_integral_value():
            message = f"{amount} has more decimals than {currency} has."
            raise ValueError(message)
        return cls(int(scaled), currency)

    @property
    def decimal(self) -> Decimal:
        """The amount in major units, exactly."""
        return Decimal(self.minor).scaleb(-minor_digits(self.currency))

    def __add__(self, other: Money) -> Money:
        """Add an amount of the same currency."""
        return Money(self.minor + self._same(other), self.currency)

    def __sub__(self, other: Money) -> Money:
        """Subtract an amount of the same currency."""
        return Money(self.minor - self._same(other), self.currency)

    def __lt__(self, other: Money) -> bool:
        """Compare with an amount of the same currency."""
        return self.minor < self._same(other)

    def __neg__(self) -> Money:
        """Mirror the amount, as a refund does."""
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        """Tell whether there is any money at all."""
        return self.minor != 0

    def __str__(self) -> str:
        """Write the amount plainly, for logs and messages; screens and paper format it by locale."""
        return f"{self.decimal} {self.currency}"

    def times(self, quantity: Quantity) -> Money:
        """Price a quantity at this unit price, rounded half away from zero."""
        return Money(divide(self.minor * quantity.micro, MICRO), self.currency)

    def share(self, weights: tuple[int, ...]) -> tuple[Money, ...]:
        """Split the amount by weights; the parts always add up to the whole (largest remainder first)."""
        return tuple(Money(part, self.currency) for part in share_minor(self.minor, weights))

    def rounded_to(self, step: int) -> Money:
        """Round to the nearest multiple of ``step`` minor units, as cash without small coins needs."""
        return self if step <= 1 else Money(divide(self.minor, step) * step, self.currency)

    def _same(self, other: Money) -> int:
        if other.currency != self.currency:
            message = f"{self} and {other} are of different currencies."
            raise CurrencyMismatch(message)
        return other.minor


def share_minor(amount: int, weights: tuple[int, ...]) -> tuple[int, ...]:
    """Split whole minor units by non-negative weights so that the parts add up exactly."""
    total = sum(weights)
    if total == 0:
        return (amount, *([0] * (len(weights) - 1))) if weights else ()
    magnitude, sign = abs(amount), (1 if amount >= 0 else -1)
    parts = [magnitude * weight // total for weight in weights]
    by_remainder = sorted(range(len(weights)), key=lambda i: (-(magnitude * weights[i] % total), i))
    for index in by_remainder[: magnitude - sum(parts)]:
        parts[index] += 1
    return tuple(sign * part for part in parts)


@dataclass(frozen=True, slots=True, order=True)
class Quantity:
    """An exact amount of goods in millionths of its unit: pieces, kilograms, metres."""

    micro: int

    @classmethod
    def of(cls, amount: str | int | Decimal) -> Quantity:
        """Read a decimal quantity such as ``"0.350"``.

        Raises:
            ValueError: the text is no number or has more than six decimals.

        """
        try:
            scaled = Decimal(amount).scaleb(6)
        except InvalidOperation:
            message = f"“{amount}” is not a quantity."
            raise ValueError(message) from None
        if not scaled.is_finite():
            message = f"“{amount}” is not a quantity."
            raise ValueError(message)
        if scaled != scaled.to_integral_value():
            message = f"{amount} has more than six decimals."
            raise ValueError(message)
        return cls(int(scaled))

    @property
    def decimal(self) -> Decimal:
        """The quantity as a decimal without trailing zeros."""
        value = Decimal(self.micro).scaleb(-6).normalize()
        return value.quantize(Decimal(1)) if value == value.to_integral_value() else value

    def __add__(self, other: Quantity) -> Quantity:
        """Add goods of the same unit."""
        return Quantity(self.micro + other.micro)

    def __sub__(self, other: Quantity) -> Quantity:
        """Take goods of the same unit away."""
        return Quantity(self.micro - other.micro)

    def __neg__(self) -> Quantity:
        """Turn the direction of a movement round."""
        return Quantity(-self.micro)

    def __bool__(self) -> bool:
        """Tell whether there is anything at all."""
        return self.micro != 0

    def __str__(self) -> str:
        """Write the quantity plainly: ``3``, ``0.35``."""
        return f"{self.decimal:f}"

    def times(self, other: Quantity) -> Quantity:
        """Multiply, as a pack of twelve does when three packs are scanned."""
        return Quantity(divide(self.micro * other.micro, MICRO))


ONE = Quantity(MICRO)
NONE = Quantity(0)

MOST_MINOR = 10**12
MOST_MICRO = 10**6 * MICRO
"""What one line or one movement can come to: sums of millions of them still fit the database's integers, and a barcode
that was scanned into an amount or a quantity does not pass."""


def uuid7(utc_ms: int, entropy: bytes) -> str:
    """Make a UUIDv7 (RFC 9562): unique without coordination, and near its neighbours in an index.

    Nothing may order by it. ``entropy`` is ten random bytes.
    """
    random = int.from_bytes(entropy, "big")
    high = (utc_ms & 0xFFFFFFFFFFFF) << 16 | 0x7000 | random >> 68
    low = 0b10 << 62 | random & 0x3FFFFFFFFFFFFFFF
    digits = f"{high:016x}{low:016x}"
    return f"{digits[:8]}-{digits[8:12]}-{digits[12:16]}-{digits[16:20]}-{digits[20:]}"


@dataclass(frozen=True, slots=True, order=True)
class Stamp:
    """A moment: milliseconds since 1970 in UTC, and the local offset from UTC in minutes."""

    utc_ms: int
    offset_minutes: int = 0

    @property
    def local(self) -> datetime:
        """The wall-clock time of the shop, without a zone."""
        return datetime.fromtimestamp(self.utc_ms / 1000 + self.offset_minutes * 60, UTC).replace(tzinfo=None)

    @property
    def day(self) -> str:
        """The local calendar day, ISO 8601."""
        return self.local.date().isoformat()


_GTIN_LENGTHS = (8, 12, 13, 14)
_DIGITS = re.compile(r"[0-9]+\Z")


def check_digit(body: str) -> int:
    """The GS1 check digit of a number without one (GS1 General Specifications, 7.9)."""
    # Every second digit from the right counts three times. 48 is the code of the digit 0.
    thrice, once = body.encode()[::-2], body.encode()[-2::-2]
    return -(3 * (sum(thrice) - 48 * len(thrice)) + sum(once) - 48 * len(once)) % 10


def is_gtin(code: str) -> bool:
    """Tell whether a code is a GTIN-8, -12, -13 or -14 with the right check digit."""
    return len(code) in _GTIN_LENGTHS and _DIGITS.match(code) is not None and check_digit(code[:-1]) == int(code[-1])


def barcode_key(code: str) -> str:
    """The one form under which a barcode is stored and looked up.

    A GTIN is one number whatever its printed length: a UPC-A read as EAN-13 carries a leading zero, so GTINs are
    kept as 14 digits. Everything else is kept as printed, without surrounding spaces.
    """
    code = code.strip()
    return code.zfill(14) if is_gtin(code) else code


def barcode_text(key: str) -> str:
    """The printed form of a stored barcode: the shortest GTIN it can be, or the code itself."""
    if len(key) != max(_GTIN_LENGTHS) or not is_gtin(key):
        return key
    for length in (8, 13):
        if key.startswith("0" * (14 - length)):
            return key[14 - length :]
    return key
