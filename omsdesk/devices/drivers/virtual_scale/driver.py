"""A scale on the screen; it is chosen, never found."""

from __future__ import annotations

from omsdesk.devices.driver import ByHand
from omsdesk.devices.drivers.virtual_scale.scale import SimulatedScale

DRIVER = ByHand(lambda _address, _options: SimulatedScale())
