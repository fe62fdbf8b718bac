"""One thread for each device that talks by itself: it opens the device, stays with it, and is back when it is back."""

from __future__ import annotations

import logging
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from omsdesk.devices.device_thread import KEPT_WAITING, DeviceThread
from omsdesk.devices.ports import DeviceError
from omsdesk.domain.records import record

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG = logging.getLogger(__name__)

BACKOFF = (0.5, 1.0, 2.0, 5.0)
"""Seconds before the next attempt after so many failures; the last one goes on for ever."""
_OPEN_SECONDS = 3.0


class Power(StrEnum):
    """Whether a device can be reached (UnifiedPOS PowerState)."""

    ONLINE = "online"
    OFFLINE = "offline"
    UNKNOWN = "unknown"


@record
class Link:
    """How it stands with a device, and what to do where it is not well."""

    power: Power = Power.UNKNOWN
    sentence: str = ""


class Attended(Protocol):
    """A device that somebody stays with. All calls come from one thread, save ``interrupt``."""

    def open(self, deadline: float) -> None:
        """Take the device and set it up. Raises DeviceError: it is not there, or not well."""

    def serve(self) -> None:
        """Hear or tell it something, for a second at most. Raises DeviceError: it is lost."""

    def close(self) -> None:
        """Let go; harmless where nothing is open."""

    def interrupt(self) -> None:
        """End every wait, now and later."""


class Attendant(DeviceThread):
    """Stays with one device; ``on_link`` is called from its thread."""

    def __init__(self, device: Attended, on_link: Callable[[Link], None] | None = None, name: str = "device") -> None:
        super().__init__(f"attendant {name}")
        self._device = device
        self._on_link = on_link
        self._link = Link()
        self._failures = 0

    @property
    def link(self) -> Link:
        """How it stood with the device when it was last heard of."""
        return self._link

    def interrupt(self) -> None:
        """End every wait for the device."""
        self._device.interrupt()

    def kept_waiting(self) -> None:
        """Say that the one before it has the device."""
        self._note(Link(Power.OFFLINE, KEPT_WAITING))

    def turn(self) -> float:
        """Open the device and stay until it is lost; the pause grows where it is not even heard."""
        try:
            self._device.open(time.monotonic() + _OPEN_SECONDS)
            self._note(Link(Power.ONLINE))
            while not self._is_ending.is_set():
                self._device.serve()
                self._failures = 0
        except DeviceError as fault:
            self._note(Link(Power.OFFLINE, fault.sentence))
        except Exception:  # noqa: BLE001 - logged below
            _LOG.exception("A device is opened again after a fault of its driver.")
            self._note(Link(Power.OFFLINE, "The device stopped for an unknown reason. It is tried again by itself."))
        finally:
            self._guarded(self._device.close)
        self._failures += 1
        return BACKOFF[min(self._failures, len(BACKOFF)) - 1]

    def _note(self, link: Link) -> None:
        if link != self._link and not self._is_ending.is_set():
            self._link = link
            if self._on_link is not None:
                self._on_link(link)
