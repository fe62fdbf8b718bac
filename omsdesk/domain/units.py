"""What goods are sold by: counted in pieces, or measured by weight, length, area, volume and time."""

from __future__ import annotations

PIECE = "piece"
"""The unit of what is counted; every other unit is measured."""

_GRAMS = {"kg": 1000, "g": 1}
WEIGHTS = frozenset({*_GRAMS, "lb", "oz"})
"""Units that a scale shows."""

_DECIMALS = {"kg": 3, "lb": 3, "l": 2, "m": 2, "ft": 2, "m2": 2, "h": 2}


def is_measured(unit: str) -> bool:
    """Tell whether so much of it is sold as the customer wants, and nobody means one by saying nothing."""
    return unit != PIECE


def decimals(unit: str) -> int:
    """How many decimals a quantity is written with at least: a weight has all the digits that the scale showed.

    OIML R 76 wants the weight as it was indicated, with unit and price per unit, wherever a price is computed from it.
    """
    return _DECIMALS.get(unit, 0)


def micro_in(unit: str, grams: int) -> int | None:
    """Tell how many millionths of a unit so many grams are; None for a unit that is not metric weight."""
    per = _GRAMS.get(unit)
    return grams * 1_000_000 // per if per else None
