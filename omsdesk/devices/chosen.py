"""The devices of this station, as its settings name them."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from omsdesk.settings import PrinterKind, Settings

if TYPE_CHECKING:
    from omsdesk.devices.drivers.simulator.painter import Sheet
    from omsdesk.devices.ports import ReceiptPrinter


def printer_of(settings: Settings, on_sheet: Callable[[Sheet], None]) -> ReceiptPrinter:
    """Make the receipt printer that the settings name; a simulated one hands its paper to ``on_sheet``."""
    from omsdesk.documents.printer_profile import PROFILES

    wanted = settings.receipt_printer
    if wanted.kind is PrinterKind.NETWORK:
        from omsdesk.devices.drivers.network.printer import NetworkPrinter

        return NetworkPrinter(wanted.host, wanted.port)
    if wanted.kind is PrinterKind.FILE:
        from omsdesk.devices.drivers.file.printer import FilePrinter

        return FilePrinter(settings.receipt_path)
    from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter

    return SimulatedPrinter(PROFILES[wanted.profile], on_sheet)
