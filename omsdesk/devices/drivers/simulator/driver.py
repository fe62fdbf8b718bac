"""A printer on the screen; it is chosen, never found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.documents.printer_profile import profile_from

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options


class SimulatorDriver:
    """Shows what would be printed."""

    def probe(self, found: Found) -> int:
        """It stands nowhere."""
        return 0

    def attach(self, address: Address, options: Options) -> SimulatedPrinter:
        """Make a printer of a model."""
        return SimulatedPrinter(profile_from(options))


DRIVER = SimulatorDriver()
