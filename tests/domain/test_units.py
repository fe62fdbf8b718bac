"""What goods are sold by."""

from __future__ import annotations

import pytest

from omsdesk.channels.product_files.words import UNITS
from omsdesk.domain.units import PIECE, WEIGHTS, decimals, in_unit, is_measured
from omsdesk.domain.values import Quantity


def test_pieces_are_counted_and_everything_else_is_measured() -> None:
    assert [unit for unit in UNITS if not is_measured(unit)] == [PIECE]
    assert set(UNITS) > WEIGHTS


@pytest.mark.parametrize(("unit", "digits"), [("kg", 3), ("g", 0), ("m", 0), ("piece", 0), ("barrel", 0)])
def test_a_weight_is_written_with_all_the_digits_of_a_scale(unit: str, digits: int) -> None:
    assert decimals(unit) == digits


def test_a_weight_is_turned_into_the_unit_of_a_price() -> None:
    weight = Quantity.of("0.350")
    assert in_unit(weight, "kg") == weight
    assert in_unit(weight, "g") == Quantity.of(350)
    assert in_unit(Quantity(45_359_237), "lb") == Quantity.of(100)
    assert in_unit(weight, "m") is None
