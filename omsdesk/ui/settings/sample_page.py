"""A page that shows whether a receipt printer is set up right: width, letters, lines and the cut."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.devices.ports import ReceiptPrinter
from omsdesk.documents.escpos import render
from omsdesk.documents.paper import Align, Columns, Cut, Feed, Paper, Rule, Size, Text
from omsdesk.documents.printer_profile import PROFILES
from omsdesk.domain.printing import PrintState
from omsdesk.settings import PrinterKind, Settings

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


def printer_of(settings: Settings) -> ReceiptPrinter:
    """Make the printer that the settings describe."""
    wanted = settings.receipt_printer
    if wanted.kind is PrinterKind.NETWORK:
        from omsdesk.devices.drivers.network.printer import NetworkPrinter

        return NetworkPrinter(wanted.host.strip(), wanted.port)
    if wanted.kind is PrinterKind.FILE:
        from omsdesk.devices.drivers.file.printer import FilePrinter

        return FilePrinter(settings.receipt_path)
    from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter

    return SimulatedPrinter(PROFILES[wanted.profile])


def print_sample(settings: Settings, name: str, moment: str) -> SamplePrint:
    """Print the page; takes seconds where a printer does not answer, so never on the GUI thread."""
    profile = settings.receipt_printer.profile
    payload = render(sample_paper(name, profile, moment), PROFILES[profile]).payload
    delivery = printer_of(settings).print(payload, "test-page")
    if delivery.state not in {PrintState.PRINTED, PrintState.SENT}:
        return SamplePrint(delivery.status.sentence, is_good=False)
    match settings.receipt_printer.kind:
        case PrinterKind.NETWORK:
            return SamplePrint("The test page was printed.", is_good=True)
        case PrinterKind.FILE:
            return SamplePrint(
                f"The test page was written to {settings.receipt_path}.", is_good=True, sheets=_drawn(payload, profile)
            )
        case PrinterKind.SIMULATOR:
            return SamplePrint("This is how the paper looks.", is_good=True, sheets=_drawn(payload, profile))


def _drawn(payload: bytes, profile: str) -> tuple[bytes, ...]:
    from omsdesk.devices.drivers.simulator.painter import Painter

    painter = Painter(PROFILES[profile])
    painter.print(payload)
    painter.tear_off()
    return tuple(sheet.png for sheet in painter.sheets)
