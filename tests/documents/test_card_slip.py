"""A card on paper: what it is, what is on it, and a code that a scanner reads."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image, ImageOps

from omsdesk.devices.drivers.simulator.painter import Painter
from omsdesk.documents import escpos, plain
from omsdesk.documents.card_slip import CardSlip, card_slip_paper
from omsdesk.documents.printer_profile import EPSON_58, EPSON_80, PrinterProfile
from omsdesk.domain.card_number import grouped, new_number
from tests.documents.samples import LETTERHEAD, pounds

SLIP = CardSlip(
    letterhead=LETTERHEAD, name="Gift card", number=new_number(b"a card of tests"), balance=pounds("50.00"),
    last_day="2028-11-23",
)  # fmt: skip


def text(slip: CardSlip) -> str:
    return plain.render(card_slip_paper(slip))


def test_a_slip_says_what_it_is_and_what_is_on_it() -> None:
    written = text(SLIP)
    assert SLIP.number not in written, "it is written in groups, once"
    for part in (grouped(SLIP.number), "Gift card", "£50.00", "Meadow & Sons", "23 Nov 2028", "Keep it safe"):
        assert part in written
    assert "COPY" not in written


def test_one_that_never_ends_says_no_day_and_a_copy_says_so() -> None:
    written = text(replace(SLIP, last_day="", is_copy=True))
    assert "until" not in written
    assert "COPY" in written


@pytest.mark.parametrize("profile", [EPSON_80, EPSON_58])
def test_a_scanner_reads_the_number_from_the_paper(profile: PrinterProfile) -> None:
    painter = Painter(profile)
    painter.print(escpos.render(card_slip_paper(SLIP), profile).payload)
    painter.tear_off()
    pictures = [Image.open(io.BytesIO(sheet.png)) for sheet in painter.sheets]
    found = [code.text for picture in pictures for code in zxingcpp.read_barcodes(ImageOps.expand(picture, 40, 255))]
    assert found == [SLIP.number]
