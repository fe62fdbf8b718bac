"""Paper painted on the screen, held to what a foreign interpreter makes of the same bytes."""

from __future__ import annotations

import io
from contextlib import suppress
from dataclasses import replace

import pytest
import zxingcpp
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from omsdesk.devices.drivers.simulator.commands import UnknownCommand
from omsdesk.devices.drivers.simulator.painter import Painter, Sheet
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Barcode, Cut, Paper, Size, Text
from omsdesk.documents.printer_profile import EPSON_58, EPSON_80, EPSON_80_WIDE, PROFILES, PrinterProfile
from omsdesk.documents.receipt import copy_of, receipt_paper
from omsdesk.documents.shift_report import shift_report_paper
from tests.devices.foreign_printer import ForeignPrinter
from tests.documents.samples import CZECH, FOREIGN, LETTERHEAD, LONG, ORDINARY, SALE_ID, Z_REPORT, logo

PAPERS: dict[str, Paper] = {
    "ordinary": receipt_paper(ORDINARY),
    "czech": receipt_paper(CZECH),
    "foreign": receipt_paper(FOREIGN),
    "long": receipt_paper(LONG),
    "copy": receipt_paper(copy_of(ORDINARY)),
    "logo": receipt_paper(replace(ORDINARY, letterhead=replace(LETTERHEAD, logo=logo()))),
    "z report": shift_report_paper(Z_REPORT),
}


def painted(paper: Paper, profile: PrinterProfile = EPSON_80) -> Sheet:
    painter = Painter(profile)
    painter.print(render(paper, profile).payload)
    painter.tear_off()
    (sheet,) = painter.sheets
    return sheet


def picture(sheet: Sheet) -> Image.Image:
    return Image.open(io.BytesIO(sheet.png))


def words(text: str) -> list[str]:
    """Lines of text without pictures, codes and the place where they stand."""
    return [line.strip() for line in text.splitlines() if line.strip() and "[" not in line]


@pytest.mark.parametrize("profile", [EPSON_80, EPSON_58, EPSON_80_WIDE], ids=["42", "32", "48"])
@pytest.mark.parametrize("name", PAPERS)
def test_both_interpreters_read_the_same_words(name: str, profile: PrinterProfile) -> None:
    foreign = ForeignPrinter().print(render(PAPERS[name], profile).payload)
    assert words(painted(PAPERS[name], profile).text) == words(foreign.text)


@pytest.mark.parametrize("name", PAPERS)
def test_both_papers_are_as_long_and_dark_in_the_same_places(name: str) -> None:
    ours = picture(painted(PAPERS[name], EPSON_80))
    theirs = ForeignPrinter().print(render(PAPERS[name], EPSON_80).payload).picture
    ink = ours.point(lambda level: 255 - level).getbbox()
    assert ink is not None
    assert abs((ink[3] - ink[1]) - theirs.height) <= 12
    bands = range(0, theirs.height - 60, 60)
    dark = [_dark(theirs, 0, top) for top in bands], [_dark(ours, 24, top + 24) for top in bands]
    assert sum(a == b for a, b in zip(*dark, strict=True)) >= len(bands) - 1


def _dark(image: Image.Image, left: int, top: int) -> bool:
    return image.crop((left, top, left + 504, top + 60)).getextrema()[0] < 128  # type: ignore[operator]


@pytest.mark.parametrize("profile", PROFILES.values(), ids=PROFILES)
def test_a_scanner_reads_the_sale_from_the_screen(profile: PrinterProfile) -> None:
    assert [code.text for code in zxingcpp.read_barcodes(picture(painted(receipt_paper(ORDINARY), profile)))] == [
        SALE_ID
    ]


def test_a_scanner_reads_a_barcode_from_the_screen() -> None:
    sheet = painted((Barcode("1A-{000123"), Cut()))
    assert [code.text for code in zxingcpp.read_barcodes(picture(sheet))] == ["1A-{000123"]


def test_large_letters_are_twice_as_high() -> None:
    small, large = (picture(painted((Text("H", size=size), Cut()))) for size in (Size.NORMAL, Size.LARGE))
    heights = [box[3] - box[1] for box in (i.point(lambda level: 255 - level).getbbox() for i in (small, large)) if box]
    assert heights[1] == pytest.approx(2 * heights[0], abs=2)


@settings(max_examples=40)
@given(
    damage=st.lists(st.tuples(st.integers(0, 10_000), st.integers(0, 255)), min_size=1, max_size=5),
    end=st.integers(1, 10_000),
)
def test_damaged_bytes_are_painted_or_refused_and_the_next_receipt_is_whole(
    damage: list[tuple[int, int]], end: int
) -> None:
    receipt = render(receipt_paper(ORDINARY)).payload
    data = bytearray(receipt)
    for place, byte in damage:
        data[place % len(data)] = byte
    painter = Painter()
    with suppress(UnknownCommand):
        painter.print(bytes(data[: max(1, end % len(data))]))
    painter.tear_off()
    painter.sheets.clear()
    painter.print(receipt)
    assert "Croissant au beurre" in painter.sheets[0].text
    assert "TOTAL" in painter.sheets[0].text


@pytest.mark.parametrize(
    "payload",
    [
        b"\x1d(k\x03\x001Q0",  # prints a code that nobody stored
        b"\x1d(k\x01\x001",
        b"\x1d(k\x00\x00",
        b"\x1d(k\x04\x001P0\xff\x1d(k\x03\x001Q0",
        b"\x1d(k\x03\x001E\xff\x1d(k\x03\x001Q0",
        b"\x1d(k\x03\x001C\x00\x1d(k\x04\x001P0a\x1d(k\x03\x001Q0",
        b"\x1dk\x49\x00",
        b"\x1dk\x49\x03{B\xff",
        b"\x1dv0\x00\x00\x00\x00\x00",
        b"\x1dv0\x00\x01\x00\x00\x00",
    ],
    ids=[
        "empty code",
        "no function",
        "nothing",
        "odd bytes",
        "odd level",
        "no dots",
        "no bars",
        "odd bars",
        "0x0",
        "8x0",
    ],
)
def test_codes_and_pictures_without_content_are_painted_or_refused(payload: bytes) -> None:
    painter = Painter()
    with suppress(UnknownCommand):
        painter.print(payload + b"after\n\x1dVB\x00")
        assert "after" in painter.sheets[0].text
