"""A slip to fetch goods by: what, how many, a box to tick, a code to scan, and no prices."""

from __future__ import annotations

from dataclasses import replace

import pytest

from omsdesk.documents import escpos, plain
from omsdesk.documents.pick_slip import PickRow, PickSlip, pick_slip_paper
from omsdesk.documents.printer_profile import PROFILES, PrinterProfile
from omsdesk.domain.values import ONE, Quantity
from tests.devices.foreign_printer import ForeignPrinter
from tests.documents.samples import AFTERNOON

SLIP = PickSlip(
    title="Order to fetch",
    number="1A-B00017",
    at=AFTERNOON,
    rows=(PickRow("Hand grinder", Quantity.of(2), "GRINDER"), PickRow("Ham, sliced", Quantity.of("0.35"), unit="kg")),
    customer=("Anna Ahrens", "0171 234567"),
    until="2026-08-12",
    note="Wrap as a present",
)


def words(slip: PickSlip) -> str:
    return plain.render(pick_slip_paper(slip))


def test_it_says_whose_what_and_until_when() -> None:
    said = words(SLIP)
    for part in ("1A-B00017", "Order to fetch", "Anna Ahrens", "12 Aug 2026", "Wrap as a present", "GRINDER"):
        assert part in said
    assert "[ ] 2 x Hand grinder" in said
    assert "[ ] 0.350 kg x Ham, sliced" in said


def test_what_is_not_known_takes_no_room() -> None:
    bare = words(replace(SLIP, customer=(), until="", note="", rows=(PickRow("Mug", ONE),)))
    assert "Kept until" not in bare
    assert "COPY" not in bare
    assert words(replace(SLIP, is_copy=True)).lstrip().startswith("COPY")


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_scanner_reads_the_order_from_every_printers_paper(profile: PrinterProfile) -> None:
    sheet = ForeignPrinter().print(escpos.render(pick_slip_paper(SLIP), profile).payload)
    assert sheet.codes == ("1A-B00017",)
    assert "Hand grinder" in sheet.text
