"""A scale on the screen; it is chosen, never found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.drivers.virtual_scale.scale import SimulatedScale

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options


class VirtualScaleDriver:
    """Somebody puts goods on it with the mouse."""

    def probe(self, found: Found) -> int:
        """It stands nowhere."""
        return 0

    def attach(self, address: Address, options: Options) -> SimulatedScale:
        """Make a scale of 15 kg."""
        return SimulatedScale()


DRIVER = VirtualScaleDriver()
