"""One thread for each device that talks by itself: it opens the device, stays with it, and is back when it is back."""

from __future__ import annotations

import logging
import threading
import time
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

from omsdesk.devices.ports import DeviceError
from omsdesk.domain.records import record

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG = logging.getLogger(__name__)

BACKOFF = (0.5, 1.0, 2.0, 5.0)
"""Seconds before the next attempt after so many failures; the last one goes on for ever."""
_OPEN_SECONDS = 3.0
_STOP_SECONDS = 1.0


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


class Attendant:
    """Stays with one device. Create, ``start``, ``stop`` at the end; ``on_link`` is called from its thread."""

    def __init__(self, device: Attended, on_link: Callable[[Link], None] | None = None, name: str = "device") -> None:
        self._device = device
        self._on_link = on_link
        self._link = Link()
        self._woken = threading.Event()
        self._is_stopping = threading.Event()
        self._thread = threading.Thread(target=self._run, name=f"attendant {name}", daemon=True)

    @property
    def link(self) -> Link:
        """How it stood with the device when it was last heard of."""
        return self._link

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def wake(self) -> None:
        """Try again now: something was plugged in."""
        self._woken.set()

    def stop(self) -> None:
        """Let go of the device, within a second."""
        self._is_stopping.set()
        self._woken.set()
        self._device.interrupt()
        if self._thread.is_alive():
            self._thread.join(_STOP_SECONDS)

    def _run(self) -> None:
        failures = 0
        while not self._is_stopping.is_set():
            self._woken.clear()
            if self._stay():
                failures = 0
            pause = BACKOFF[min(failures, len(BACKOFF) - 1)]
            failures += 1
            self._woken.wait(pause)

    def _stay(self) -> bool:
        """Open the device and stay until it is lost; tells whether it was there."""
        is_open = False
        try:
            self._device.open(time.monotonic() + _OPEN_SECONDS)
            is_open = True
            self._note(Link(Power.ONLINE))
            while not self._is_stopping.is_set():
                self._device.serve()
        except DeviceError as fault:
            if not self._is_stopping.is_set():
                self._note(Link(Power.OFFLINE, fault.sentence))
        except Exception:  # noqa: BLE001 - logged below
            # A driver's fault must not end the thread: the device would stay dead until the program is started again.
            _LOG.exception("A device is opened again after a fault of its driver.")
            self._note(Link(Power.OFFLINE, "The device stopped for an unknown reason. It is tried again by itself."))
        finally:
            self._close()
        return is_open

    def _close(self) -> None:
        try:
            self._device.close()
        except Exception:  # noqa: BLE001 - whatever it is, the next attempt opens it anew
            _LOG.exception("A device could not be closed.")

    def _note(self, link: Link) -> None:
        if link != self._link:
            self._link = link
            if self._on_link is not None:
                self._on_link(link)
