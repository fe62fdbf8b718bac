"""Two lines on the screen; they are chosen, never found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.drivers.virtual_display.display import SimulatedDisplay

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options


class VirtualDisplayDriver:
    """Somebody looks at a window."""

    def probe(self, found: Found) -> int:
        """It stands nowhere."""
        return 0

    def attach(self, address: Address, options: Options) -> SimulatedDisplay:
        """Make a display."""
        return SimulatedDisplay()


DRIVER = VirtualDisplayDriver()
