"""Recognises scanners that say of themselves that they are one."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from omsdesk.devices.address import Bus
from omsdesk.devices.drivers.hid_pos.scanner import HidPosScanner
from omsdesk.devices.scanner import Reader, ScannerOptions

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options
    from omsdesk.devices.drivers.hid_pos.scanner import Hidapi


class HidPosDriver:
    """The finder lists a device on this bus only where it is a scanner."""

    def probe(self, found: Found) -> int:
        """A device on this bus is one."""
        return 100 if found.address.bus is Bus.HID else 0

    def attach(self, address: Address, options: Options) -> HidPosScanner:
        """Make the scanner of a place."""
        import hid

        return HidPosScanner(address.place, Reader(ScannerOptions.from_dict(options)), cast("Hidapi", hid))


DRIVER = HidPosDriver()
