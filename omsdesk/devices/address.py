"""Where a device is, written so that it stays the same when the device is plugged in elsewhere."""

from __future__ import annotations

from enum import StrEnum
from typing import Self

from omsdesk.domain.records import record


class Bus(StrEnum):
    """What a device hangs on."""

    USB = "usb"
    SERIAL = "serial"
    NETWORK = "tcp"
    QUEUE = "queue"
    """A printer that the system drives: a CUPS or Windows queue."""
    HID = "hid"
    FOLDER = "file"
    KEYBOARD = "keyboard"
    """What it reads comes in as if it was typed."""
    CAMERA = "camera"
    SCREEN = "screen"
    VIRTUAL = "virtual"
    """No device at all: a window that behaves like one."""


@record
class Address:
    """A bus, and the place on it as that bus names it.

    usb: ``04b8:0202:X5RG012345`` (vendor, product, serial number; without one, the first of its kind). serial: the
    name of the port. tcp: ``192.168.1.50:9100``. queue: the name of the queue. file: a folder.
    """

    bus: Bus
    place: str = ""

    def __str__(self) -> str:
        """As settings keep it: ``tcp:192.168.1.50:9100``."""
        return f"{self.bus}:{self.place}"

    @classmethod
    def parse(cls, text: str) -> Self:
        """Read what ``str`` wrote.

        Raises:
            ValueError: it names no bus that there is.

        """
        bus, _, place = text.strip().partition(":")
        try:
            return cls(Bus(bus), place)
        except ValueError:
            known = ", ".join(Bus)
            sentence = (
                f"“{text}” is no address of a device. It begins with one of {known}, such as tcp:192.168.1.50:9100."
            )
            raise ValueError(sentence) from None

    @property
    def host(self) -> str:
        """Name or number of the machine, of an address in the network."""
        return self._host_and_port[0]

    @property
    def port(self) -> int:
        """The port's number, of an address in the network; 9100 where it names none."""
        return self._host_and_port[1]

    @property
    def _host_and_port(self) -> tuple[str, int]:
        host, colon, port = self.place.rpartition(":")
        if not colon or not port.isdecimal() or (":" in host and not host.startswith("[")):
            # No port, or an address of IP version 6 that is all colons.
            return self.place.strip("[]"), RAW_PORT
        return host.strip("[]"), int(port)


RAW_PORT = 9100
"""Where printers in a network listen (AppSocket)."""
