"""What goods are sold by: counted in pieces, or measured by weight, length, area, volume and time."""

from __future__ import annotations

from omsdesk.domain.values import Quantity, divide

PIECE = "piece"
"""The unit of what is counted; every other unit is measured."""

_POUND = 45_359_237
"""Hundred-millionths of a kilogram, exactly (International Yard and Pound Agreement)."""
_PER_KILOGRAM = {"kg": (1, 1), "g": (1000, 1), "lb": (100_000_000, _POUND), "oz": (1_600_000_000, _POUND)}
WEIGHTS = frozenset(_PER_KILOGRAM)
"""Units that a scale shows."""

_DECIMALS = {"kg": 3, "lb": 3}


def is_measured(unit: str) -> bool:
    """Tell whether so much of it is sold as the customer wants, and nobody means one by saying nothing."""
    return unit != PIECE


def decimals(unit: str) -> int:
    """How many decimals a quantity is written with at least: a weight has all the digits that the scale showed.

    OIML R 76 wants the weight as it was indicated, with unit and price per unit, wherever a price is computed from it.
    """
    return _DECIMALS.get(unit, 0)


def in_unit(kilograms: Quantity, unit: str) -> Quantity | None:
    """Tell how much of a unit so many kilograms are; None for a unit that is no weight."""
    per = _PER_KILOGRAM.get(unit)
    return None if per is None else Quantity(divide(kilograms.micro * per[0], per[1]))
