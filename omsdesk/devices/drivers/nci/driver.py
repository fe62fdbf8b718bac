"""Recognises scales that speak NCI."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.drivers.nci.dialect import Nci
from omsdesk.devices.polled_scale import PolledScale
from omsdesk.devices.wires.choice import port_to

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_WORDS = ("nci", "weigh-tronix", "brecknell", "avery")


class NciDriver:
    """Scales do not say what they are before they are asked: only a name can tell."""

    def probe(self, found: Found) -> int:
        """Judge by the name; on any other serial port it may be."""
        if any(word in found.name.lower() for word in _WORDS):
            return 70
        return 4 if found.address.bus is Bus.SERIAL else 0

    def attach(self, address: Address, options: Options) -> PolledScale:
        """Make the scale at an address."""
        return PolledScale(port_to(address, options), Nci())


DRIVER = NciDriver()
