"""Recognises scanners on serial ports by their makers' numbers and by what they call themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.drivers.serial_scanner.scanner import SerialScanner
from omsdesk.devices.scanner import Reader, ScannerOptions, looks_like_scanner
from omsdesk.devices.wires.choice import port_to

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_BY_ITS_LOOKS, _ANY_PORT = 80, 5


class SerialScannerDriver:
    """Text that ends with a control character, or with a pause."""

    def probe(self, found: Found) -> int:
        """A port that names itself a scanner most likely is one; any other might be."""
        if found.address.bus is not Bus.SERIAL:
            return 0
        return _BY_ITS_LOOKS if looks_like_scanner(found) else _ANY_PORT

    def attach(self, address: Address, options: Options) -> SerialScanner:
        """Make the scanner on a wire."""
        return SerialScanner(port_to(address, options), Reader(ScannerOptions.from_dict(options)))


DRIVER = SerialScannerDriver()
