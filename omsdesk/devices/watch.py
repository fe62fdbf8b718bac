"""Sees that something was plugged in or pulled out, without asking any device."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

from omsdesk.devices.device_thread import DeviceThread

if TYPE_CHECKING:
    from collections.abc import Callable

PLACES = ("/sys/bus/usb/devices", "/dev/serial/by-id", "/sys/class/hidraw", "/sys/class/tty", "/dev/v4l/by-id")
"""Folders of Linux that have an entry for each device."""
_LINUX_SECONDS = 1.0
_OTHER_SECONDS = 5.0
"""Elsewhere every look asks the system for all devices, which takes a while."""


class Watch(DeviceThread):
    """Calls ``on_change`` from its thread whenever the devices that are there are others."""

    def __init__(
        self, on_change: Callable[[], None], seen: Callable[[], object] | None = None, seconds: float = 0.0
    ) -> None:
        """Watch this computer, or whatever ``seen`` tells."""
        super().__init__("device watch")
        self._on_change = on_change
        self._look = seen or plugged_in
        self._seconds = seconds or (_LINUX_SECONDS if sys.platform == "linux" else _OTHER_SECONDS)
        self._seen: object = _NOT_LOOKED

    def interrupt(self) -> None:
        """A look ends by itself."""

    def turn(self) -> float:
        """Look whether something came or went."""
        before, self._seen = self._seen, self._look()
        if before not in (_NOT_LOOKED, self._seen):
            self._on_change()
        return self._seconds


_NOT_LOOKED = object()


def plugged_in() -> object:
    """Give something that is equal as long as the same devices are there."""
    if sys.platform == "linux":
        return tuple(_entries(place) for place in PLACES)
    from omsdesk.devices.finders import serial_ports, usb

    return tuple(str(found.address) for found in (*usb.look(), *serial_ports.look()))


def _entries(place: str) -> tuple[str, ...]:
    try:
        return tuple(sorted(os.listdir(place)))  # noqa: PTH208 - once a second: names are enough
    except OSError:
        return ()
