"""A folder as a printer; it is chosen, never found."""

from __future__ import annotations

from pathlib import Path

from omsdesk.devices.driver import ByHand
from omsdesk.devices.drivers.file.printer import FilePrinter

DRIVER = ByHand(lambda address, _: FilePrinter(Path(address.place)))
