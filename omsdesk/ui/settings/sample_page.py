"""A page that shows whether a receipt printer is set up right: width, letters, lines and the cut."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.chosen import printer_of, receipt_printer
from omsdesk.devices.ports import DeviceError
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Align, Columns, Cut, Feed, Paper, Rule, Size, Text
from omsdesk.documents.printer_profile import PROFILES
from omsdesk.domain.printing import PrintState
from omsdesk.settings import Settings

_LETTERS = "ÄÖÜäöüß éèêç ñ ¿? € £ ¥ Łódź Žluťoučký"


@dataclass(frozen=True, slots=True)
class SamplePrint:
    """What became of a test page; ``sheets`` are pictures of it where no paper came out."""

    sentence: str
    is_good: bool
    sheets: tuple[bytes, ...] = ()


def sample_paper(name: str, profile: str, moment: str) -> Paper:
    """Compose the page: a line as wide as the paper, all sizes, and letters of many languages."""
    model = PROFILES[profile]
    return (
        Text("Test page", Align.CENTER, Size.LARGE, is_bold=True),
        Text(name, Align.CENTER),
        Text(moment, Align.CENTER, Size.SMALL),
        Rule(),
        Text("".join(str(column % 10) for column in range(1, model.columns + 1))),
        Text(f"{model.columns} columns: the digits fill one line, from edge to edge."),
        Rule(),
        Columns("Coffee, 250 g", "12.90"),
        Columns("Total", "12.90", is_bold=True),
        Text(_LETTERS),
        Text("Small letters for conditions and taxes", size=Size.SMALL),
        Text("White on black", Align.CENTER, is_inverted=True),
        Feed(2),
        Cut(),
    )


def print_sample(settings: Settings, name: str, moment: str) -> SamplePrint:
    """Print the page; takes seconds where a printer does not answer, so never on the GUI thread."""
    setting = receipt_printer(settings)
    profile = str(setting.options.get("profile", "epson-80"))
    payload = render(sample_paper(name, profile, moment), PROFILES[profile]).payload
    try:
        delivery = printer_of(setting, settings.folder).print(payload, "test-page")
    except DeviceError as fault:
        return SamplePrint(fault.sentence, is_good=False)
    if delivery.state not in {PrintState.PRINTED, PrintState.SENT}:
        return SamplePrint(delivery.status.sentence, is_good=False)
    match Address.parse(setting.address):
        case Address(Bus.FOLDER, folder):
            sentence = f"The test page was written to {settings.folder / folder}."
            return SamplePrint(sentence, is_good=True, sheets=_drawn(payload, profile))
        case Address(Bus.VIRTUAL):
            return SamplePrint("This is how the paper looks.", is_good=True, sheets=_drawn(payload, profile))
        case _:
            return SamplePrint("The test page was printed.", is_good=True)


def _drawn(payload: bytes, profile: str) -> tuple[bytes, ...]:
    from omsdesk.devices.drivers.simulator.painter import Painter

    painter = Painter(PROFILES[profile])
    painter.print(payload)
    painter.tear_off()
    return tuple(sheet.png for sheet in painter.sheets)
