"""Two lines of twenty letters for every stage of a sale."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from omsdesk.devices.line_display import COLUMNS
from omsdesk.domain.values import Money
from omsdesk.ui.till.customer_display.pole import OnPole, two_lines
from omsdesk.ui.till.customer_display.shown import Figure, Question, Row, Shown, Stage


def euros(amount: str) -> Money:
    return Money.of(amount, "EUR")


SHOP = Shown(Stage.IDLE, "Kontor Kaffee")
OAT = Row("1", "Oat milk 1 L", euros("8.40"), "3 × €2.80", (Figure("Three for two", euros("-2.80"), is_off=True),))
CHEESE = Row("2", "Mountain cheese from the Allgäu", euros("7.00"), "0.352 kg × €19.90 / kg")
SOLD = replace(
    SHOP, stage=Stage.SELLING, rows=(OAT, CHEESE), touched="1", main=Figure("Total", euros("1234.50")), locale="en-IE"
)
PAID = (Figure("Discount", euros("-1.00"), is_off=True), Figure("Total", euros("24.00")))
WEIGHED = Question("On the scale", "Mountain cheese", "0.352 kg", "€19.90 / kg", euros("7.00"))


@pytest.mark.parametrize(
    ("shown", "upper", "lower"),
    [
        (SHOP, "   Kontor Kaffee    ", "      Welcome       "),
        (replace(SHOP, is_training=True), "      TRAINING      ", "      Welcome       "),
        (replace(SHOP, stage=Stage.CLOSED), "   Kontor Kaffee    ", "This till is closed "),
        (replace(SHOP, stage=Stage.AWAY), "   Kontor Kaffee    ", " One moment, please "),
        (SOLD, "3 Oat milk 1 L  5.60", "Total       1,234.50"),
        (replace(SOLD, touched="2"), "0.352 kg Mounta 7.00", "Total       1,234.50"),
        (replace(SOLD, touched="gone", is_training=True), "0.352 kg Mounta 7.00", "TRAINING    1,234.50"),
        (replace(SOLD, locale="de-DE"), "3 Oat milk 1 L  5,60", "Total       1.234,50"),
        (
            replace(SOLD, stage=Stage.ASKING, question=WEIGHED),
            "Mountain c €19.90/kg",
            "0.352 kg        7.00",
        ),
        (
            replace(SHOP, stage=Stage.ASKING, question=Question("Put it on the scale", "Cheese", each="€19.90 / kg")),
            "Put it on the scale",
            "€19.90 / kg",
        ),
        (
            replace(SHOP, stage=Stage.ASKING, question=Question("May we see your ID?", "From 18 years on")),
            "May we see your ID?",
            "From 18 years on",
        ),
        (replace(SOLD, stage=Stage.PAYING), "     Please pay     ", "Total       1,234.50"),
        (
            replace(SHOP, stage=Stage.PAYING, gives_back=True, main=Figure("You get back", euros("12.75"))),
            "  Your money back   ",
            "You get back   12.75",
        ),
        (
            replace(SOLD, stage=Stage.PAYING, figures=PAID, main=Figure("Left to pay", euros("14.00"))),
            "Total          24.00",
            "Left to pay    14.00",
        ),
        (
            replace(SHOP, stage=Stage.DONE, main=Figure("Change", euros("26.00"))),
            "Change         26.00",
            "     Thank you      ",
        ),
    ],
)
def test_each_stage_has_its_two_lines(shown: Shown, upper: str, lower: str) -> None:
    assert two_lines(shown) == (upper, lower)


@given(
    name=st.text(max_size=60),
    minor=st.integers(-(10**12), 10**12),
    locale=st.sampled_from(["en-IE", "de-CH", "fr-FR", "ar-EG", "hi-IN", "pl-PL"]),
)
def test_nothing_is_longer_than_the_display_and_the_sum_is_always_whole(name: str, minor: int, locale: str) -> None:
    sold = replace(SOLD, rows=(Row("1", name, Money(minor, "EUR")),), main=Figure(name, Money(minor, "EUR")))
    upper, lower = two_lines(replace(sold, locale=locale))
    assert max(len(upper), len(lower)) <= COLUMNS
    assert upper.split()[-1][-3:] == lower.split()[-1][-3:]
    assert "\N{NO-BREAK SPACE}" not in upper + lower


class Remembered:
    """A pole that knows what it was told."""

    def __init__(self) -> None:
        self.lines: list[tuple[str, str]] = []

    def show(self, upper: str, lower: str) -> None:
        self.lines.append((upper, lower))


def test_whoever_looks_on_for_a_pole_tells_it() -> None:
    pole = Remembered()
    OnPole(pole).show_to_customer(SOLD)
    assert pole.lines == [two_lines(SOLD)]
