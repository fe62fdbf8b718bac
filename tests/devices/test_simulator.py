"""Our printer on the screen, held to what a foreign interpreter makes of the same bytes."""

from __future__ import annotations

import io
from dataclasses import replace

import pytest
import zxingcpp
from PIL import Image

from omsdesk.devices.drivers.simulator.commands import Command, UnknownCommand, commands
from omsdesk.devices.drivers.simulator.painter import Painter, Sheet
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.ports import Condition
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Barcode, Cut, KickDrawer, Paper, Rule, Size, Text
from omsdesk.documents.printer_profile import EPSON_58, EPSON_80, EPSON_80_WIDE, GENERIC_58, PROFILES, PrinterProfile
from omsdesk.documents.receipt import copy_of, receipt_paper
from omsdesk.documents.shift_report import shift_report_paper
from omsdesk.domain.printing import PrintState
from tests.documents.samples import CZECH, FOREIGN, LETTERHEAD, LONG, ORDINARY, SALE_ID, Z_REPORT, logo

from .foreign_printer import ForeignPrinter

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


def test_the_drawer_and_the_cut_are_noticed() -> None:
    printer = SimulatedPrinter()
    delivery = printer.print(render((KickDrawer(), Rule(), Cut(), Rule(), Cut())).payload, "job")
    assert delivery.state is PrintState.PRINTED
    assert printer.kicked_pins == (2,)
    assert len(printer.sheets) == 2


def test_a_kick_without_paper_leaves_no_sheet() -> None:
    printer = SimulatedPrinter()
    printer.print(render((KickDrawer(),)).payload, "job")
    assert printer.sheets == ()


def test_paper_of_a_printer_without_a_blade_is_torn_off_after_each_job() -> None:
    printer = SimulatedPrinter(GENERIC_58)
    printer.print(render(receipt_paper(ORDINARY), GENERIC_58).payload, "job")
    assert ["TOTAL" in sheet.text for sheet in printer.sheets] == [True]


def test_every_sheet_is_shown_as_it_is_cut() -> None:
    shown: list[Sheet] = []
    SimulatedPrinter(on_sheet=shown.append).print(render(receipt_paper(ORDINARY)).payload, "job")
    assert [("TOTAL" in sheet.text) for sheet in shown] == [True]


@pytest.mark.parametrize("fault", [Condition.PAPER_OUT, Condition.COVER_OPEN, Condition.OFFLINE])
def test_a_fault_stops_the_paper_until_it_is_mended(fault: Condition) -> None:
    printer = SimulatedPrinter()
    payload = render(receipt_paper(ORDINARY)).payload
    printer.set_condition(fault)
    delivery = printer.print(payload, "job")
    assert (delivery.state, delivery.condition, printer.sheets) == (PrintState.FAILED, fault, ())
    assert delivery.sentence == printer.status().sentence
    printer.set_condition(Condition.READY)
    assert printer.print(payload, "job").state is PrintState.PRINTED


def test_bytes_that_no_printer_knows_are_said_to_be_so() -> None:
    delivery = SimulatedPrinter().print(b"Hello\x1bZ", "job")
    assert delivery.state is PrintState.UNKNOWN
    assert "1b 5a" in delivery.sentence


@pytest.mark.parametrize("broken", [b"\x1dv0\x00\x40\x00\x10\x00abc", b"\x1bt", b"\x1d(k\x10\x00", b"\x1d", b"\x1dV"])
def test_a_command_cut_short_is_never_read_beyond_its_end(broken: bytes) -> None:
    with pytest.raises(UnknownCommand):
        list(commands(broken))


def test_text_and_commands_are_told_apart() -> None:
    assert list(commands(b"ab\n\x1bE\x01\xd5")) == [
        Command(b"", b"ab"),
        Command(b"\n", b""),
        Command(b"\x1bE", b"\x01"),
        Command(b"", b"\xd5"),
    ]
