"""A slip for the kitchen is read from a metre away, and nobody pays by it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.documents.escpos import render
from omsdesk.documents.kitchen_slip import KitchenSlip, SlipRow, kitchen_slip_paper
from omsdesk.documents.paper import Size, Text
from omsdesk.documents.plain import render as as_text
from omsdesk.documents.printer_profile import PROFILES, PrinterProfile
from omsdesk.domain.values import ONE, Quantity
from tests.devices.foreign_printer import ForeignPrinter
from tests.documents.samples import AFTERNOON

SLIP = KitchenSlip(
    at=AFTERNOON,
    till="Front till",
    name="Table 4",
    number="1A-000123",
    cashier="Maya",
    rows=(
        SlipRow("Flat white", Quantity.of(2), ("Oat milk", "extra hot")),
        SlipRow("Soup of the day with bread", ONE),
        SlipRow("Ham, sliced", Quantity.of("0.35"), unit="kg"),
        SlipRow("Croissant", ONE, is_cancelled=True),
    ),
)


def words(slip: KitchenSlip) -> str:
    """The slip as plain text."""
    return as_text(kitchen_slip_paper(slip))


def test_it_says_whose_it_is_and_what_to_make() -> None:
    said = words(SLIP)
    for part in (
        "Table 4",
        "1A-000123",
        "Front till",
        "Maya",
        "2 x Flat white",
        "Oat milk",
        "extra hot",
        "0.350 kg x Ham",
    ):
        assert part in said


def test_what_is_cancelled_stands_first_under_a_bar() -> None:
    said = words(SLIP)
    assert said.index("CANCELLED") < said.index("Croissant") < said.index("Flat white")
    assert "CANCELLED" not in words(replace(SLIP, rows=SLIP.rows[:2]))


def test_a_slip_without_a_name_is_called_by_its_number() -> None:
    first = kitchen_slip_paper(replace(SLIP, name=""))[0]
    assert first == Text("1A-000123", size=Size.LARGE, is_bold=True)
    assert "Table" not in words(replace(SLIP, name=""))


def test_a_second_one_is_marked() -> None:
    assert words(replace(SLIP, is_copy=True)).lstrip().startswith("COPY")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_every_printer_prints_it(profile: PrinterProfile) -> None:
    sheet = ForeignPrinter().print(render(kitchen_slip_paper(SLIP), profile).payload)
    assert "Soup" in sheet.text
