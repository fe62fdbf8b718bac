"""Sees that something was plugged in or pulled out, without asking any device."""

from __future__ import annotations

import logging
import os
import sys
import threading
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG = logging.getLogger(__name__)

PLACES = ("/sys/bus/usb/devices", "/dev/serial/by-id", "/sys/class/hidraw", "/sys/class/tty", "/dev/v4l/by-id")
"""Folders of Linux that have an entry for each device."""
_LINUX_SECONDS = 1.0
_OTHER_SECONDS = 5.0
"""Elsewhere every look asks the system for all devices, which takes a while."""
_STOP_SECONDS = 1.0


class Watch:
    """Calls ``on_change`` from its thread whenever the devices that are there are others."""

    def __init__(
        self, on_change: Callable[[], None], seen: Callable[[], object] | None = None, seconds: float = 0.0
    ) -> None:
        """Watch this computer, or whatever ``seen`` tells."""
        self._on_change = on_change
        self._seen = seen or plugged_in
        self._seconds = seconds or (_LINUX_SECONDS if sys.platform == "linux" else _OTHER_SECONDS)
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name="device watch", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def stop(self) -> None:
        """End."""
        self._is_stopping.set()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        before = self._seen()
        while not self._is_stopping.wait(self._seconds):
            try:
                now = self._seen()
                if now != before:
                    before = now
                    self._on_change()
            except Exception:  # noqa: BLE001 - logged; the watch goes on
                _LOG.exception("The watch on devices goes on after a fault.")


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
