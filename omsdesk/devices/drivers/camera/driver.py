"""Makes a scanner of a camera; whether one is meant for barcodes, only a person knows."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.address import Bus
from omsdesk.devices.drivers.camera.pictures import CameraPictures
from omsdesk.devices.drivers.camera.scanner import CameraScanner
from omsdesk.devices.scanner import ScannerOptions

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_ANY_CAMERA = 30


class CameraDriver:
    """A camera is found by its number or its path."""

    def probe(self, found: Found) -> int:
        """Any camera can be tried."""
        return _ANY_CAMERA if found.address.bus is Bus.CAMERA else 0

    def attach(self, address: Address, options: Options) -> CameraScanner:
        """Make the scanner of a camera."""
        return CameraScanner(CameraPictures(address.place or "0"), ScannerOptions.from_dict(options))


DRIVER = CameraDriver()
