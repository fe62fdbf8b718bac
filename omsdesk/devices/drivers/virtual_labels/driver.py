"""Labels on the screen; they are chosen, never found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.drivers.virtual_labels.printer import LabelsOnScreen

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options


class VirtualLabelsDriver:
    """Shows labels instead of printing them."""

    def probe(self, found: Found) -> int:
        """Nobody plugs it in."""
        return 0

    def attach(self, address: Address, options: Options) -> LabelsOnScreen:
        """Make the printer."""
        return LabelsOnScreen()


DRIVER = VirtualLabelsDriver()
