"""The printer that the settings name is the one that prints."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.devices.chosen import printer_of
from omsdesk.devices.drivers.file.printer import FilePrinter
from omsdesk.devices.drivers.network.printer import NetworkPrinter
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.settings import PrinterKind, ReceiptPrinter, Settings


@pytest.mark.parametrize(
    ("kind", "driver"),
    [
        (PrinterKind.SIMULATOR, SimulatedPrinter),
        (PrinterKind.FILE, FilePrinter),
        (PrinterKind.NETWORK, NetworkPrinter),
    ],
)
def test_each_kind_has_its_driver(tmp_path: Path, kind: PrinterKind, driver: type) -> None:
    settings = Settings(tmp_path, receipt_printer=ReceiptPrinter(kind, host="127.0.0.1"))
    assert isinstance(printer_of(settings, lambda _: None), driver)
