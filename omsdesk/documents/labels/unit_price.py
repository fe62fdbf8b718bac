"""The price for a kilogram or a litre, which a shelf label has to show beside the price (EU directive 98/6/EC).

What is sold by weight has its price for a unit already. What is sold in packs has its net content in its name, as
packs do: ``500 g``, ``0.75 l``, ``6 x 330 ml``. A figure that can be read in two ways gives no price at all.
"""

from __future__ import annotations

import re
from decimal import ROUND_HALF_UP, Decimal

from omsdesk.domain.records import record
from omsdesk.domain.values import Money

_UNITS = {
    "mg": ("kg", Decimal("0.000001")),
    "g": ("kg", Decimal("0.001")),
    "kg": ("kg", Decimal(1)),
    "ml": ("l", Decimal("0.001")),
    "cl": ("l", Decimal("0.01")),
    "dl": ("l", Decimal("0.1")),
    "l": ("l", Decimal(1)),
    "lb": ("lb", Decimal(1)),
    "oz": ("lb", Decimal("0.0625")),
}
_CONTENT = re.compile(
    r"(?<![\d.,\w])(?:(?P<before>\d{1,4})\s?[x×*]\s?)?(?P<figure>\d+(?:[.,]\d+)?)\s?"
    r"(?P<unit>mg|g|[kK]g|KG|m[lL]|c[lL]|d[lL]|[lL]|lb|oz)\b(?:\s?[x×*]\s?(?P<after>\d{1,4})\b)?"
)
"""A capital G is no gram: there are 5G telephones. Nor is what follows ``fl`` an ounce of weight."""
_FLUID = re.compile(r"\bfl\.?\s*oz\b", re.IGNORECASE)


@record
class NetContent:
    """How much is in a pack: as it is written on it, and in kilograms, litres or pounds."""

    text: str
    amount: Decimal
    unit: str


def net_content(*texts: str) -> NetContent | None:
    """Find the net content in the first text that names one and only one; None where there is none to be sure of."""
    for text in texts:
        found = list(_CONTENT.finditer(_FLUID.sub("", text)))
        if len(found) == 1:
            return _read(found[0])
        if found:
            return None
    return None


def _read(found: re.Match[str]) -> NetContent | None:
    figure = found["figure"]
    whole, _, decimals = figure.replace(",", ".").partition(".")
    # 1.500 is a half more than one here, and fifteen hundred there.
    if len(decimals) == 3 and int(whole):
        return None
    unit, share = _UNITS[found["unit"].lower()]
    count = int(found["before"] or 1) * int(found["after"] or 1)
    amount = Decimal(f"{whole}.{decimals or 0}") * share * count
    return NetContent(found[0].strip(), amount, unit) if amount else None


def price_for_one(price: Money, content: NetContent) -> Money:
    """Compute the price for one kilogram, litre or pound, rounded half up."""
    exact = Decimal(price.minor) / content.amount
    return Money(int(exact.quantize(Decimal(1), ROUND_HALF_UP)), price.currency)
