"""What a driver's card says, and which options it takes."""

from __future__ import annotations

import pytest

from omsdesk.devices.address import Bus
from omsdesk.devices.driver import Card, Category, Option, Value

CARD = Card(
    "scale",
    "Scale",
    Category.SCALE,
    (Bus.SERIAL,),
    options=(
        Option("line", "How the line is set.", "9600 8N1"),
        Option("unit", "What it shows.", "kg", ("kg", "lb")),
        Option("pulse", "Milliseconds.", 100, (50, 100)),
        Option("darkness", "Per cent.", 0, span=(0, 100)),
        Option("answers", "Whether it answers.", default=True),
    ),
)


def test_what_was_not_chosen_has_its_default() -> None:
    assert CARD.whole({"unit": "lb"}) == {
        "line": "9600 8N1",
        "unit": "lb",
        "pulse": 100,
        "darkness": 0,
        "answers": True,
    }


def test_what_is_no_option_is_left_out() -> None:
    assert "colour" not in CARD.whole({"colour": "red"})


@pytest.mark.parametrize(
    ("name", "value", "sentence"),
    [
        ("unit", "stone", "unit is one of kg, lb."),
        ("pulse", 51, "pulse is one of 50, 100."),
        ("darkness", 101, "darkness is a number from 0 to 100."),
        ("darkness", -1, "darkness is a number from 0 to 100."),
        ("darkness", "black", "darkness is a whole number."),
        ("answers", "yes", "answers is true or false."),
        ("answers", 1, "answers is true or false."),
        ("line", 9600, "line is a text."),
        ("pulse", True, "pulse is one of 50, 100."),
    ],
)
def test_a_value_that_cannot_be_is_said(name: str, value: Value, sentence: str) -> None:
    with pytest.raises(ValueError, match=sentence.replace(".", r"\.")):
        CARD.whole({name: value})
