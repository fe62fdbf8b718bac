"""Recognises pole displays by their names: they say nothing of themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.drivers.escpos_display.dialect import EscPosDisplay
from omsdesk.devices.line_display import PoleDisplay
from omsdesk.devices.wires.choice import port_to

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_WORDS = ("dm-d", "epson display", "line display")


class EscPosDisplayDriver:
    """Displays on a serial port, mostly."""

    def probe(self, found: Found) -> int:
        """Judge by the name; on any other serial port it may be."""
        if any(word in found.name.lower() for word in _WORDS):
            return 60
        return 3 if found.address.bus is Bus.SERIAL else 0

    def attach(self, address: Address, options: Options) -> PoleDisplay:
        """Make the display at an address."""
        return PoleDisplay(port_to(address, options), EscPosDisplay(), str(options["codec"]))


DRIVER = EscPosDisplayDriver()
