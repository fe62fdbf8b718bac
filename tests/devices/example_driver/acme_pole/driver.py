"""A whole driver: it recognises its device, and speaks to it over whatever wire there is."""

from __future__ import annotations

import time

from omsdesk.devices.address import Address
from omsdesk.devices.driver import Found, Options
from omsdesk.devices.ports import Port
from omsdesk.devices.wires.choice import port_to

COLUMNS = 20
CLEAR = b"\x0c"


class AcmePole:
    """A display of two lines."""

    def __init__(self, port: Port) -> None:
        """Take the wire; it is opened later, by whoever stays with the device."""
        self._port = port
        self._wanted: tuple[str, str] | None = None

    def show(self, upper: str, lower: str) -> None:
        """Show two lines as soon as the display can be reached. Any thread may call it."""
        self._wanted = upper, lower

    def open(self, deadline: float) -> None:
        """Take the wire and clear the display. Raises DeviceError: it is not there."""
        self._port.open(deadline)
        self._port.write(CLEAR, deadline)

    def serve(self) -> None:
        """Send what is wanted, then rest. Raises DeviceError: the wire is lost."""
        wanted, self._wanted = self._wanted, None
        if wanted is not None:
            text = "".join(line[:COLUMNS].ljust(COLUMNS) for line in wanted)
            self._port.write(CLEAR + text.encode("cp437", "replace"), time.monotonic() + 1)
        self._port.read(time.monotonic() + 0.05)

    def close(self) -> None:
        """Let go."""
        self._port.close()

    def interrupt(self) -> None:
        """End every wait."""
        self._port.interrupt()


class AcmeDriver:
    """What the entry point names."""

    def probe(self, found: Found) -> int:
        """It is told by its name alone."""
        return 95 if "acme" in found.name.lower() else 0

    def attach(self, address: Address, options: Options) -> AcmePole:
        """Make the display at an address."""
        return AcmePole(port_to(address, options))


DRIVER = AcmeDriver()
