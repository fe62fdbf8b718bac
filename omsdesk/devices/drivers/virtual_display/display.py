"""A display on the screen: it keeps the two lines that it was told last, and can be switched off."""

from __future__ import annotations

import threading
import time

from omsdesk.devices.line_display import COLUMNS
from omsdesk.devices.ports import DeviceError, ErrorCode

_REST_SECONDS = 0.5
OFF = "The display on the screen is switched off. Switch it on in the window of the virtual devices."


class SimulatedDisplay:
    """Implements ``line_display.LineDisplay`` and ``attendant.Attended``."""

    def __init__(self) -> None:
        """Stand there dark."""
        self._lines = ("", "")
        self._is_on = True
        self._interrupted = threading.Event()

    @property
    def is_on(self) -> bool:
        """Whether it is switched on."""
        return self._is_on

    @property
    def lines(self) -> tuple[str, str]:
        """What it shows; nothing where it is off."""
        return self._lines if self._is_on else ("", "")

    def show(self, upper: str, lower: str) -> None:
        """Show two lines; any thread may call it."""
        self._lines = upper[:COLUMNS], lower[:COLUMNS]

    def switch(self, *, is_on: bool) -> None:
        """Switch it on or off."""
        self._is_on = is_on

    def open(self, deadline: float) -> None:
        """Be there. Raises DeviceError: OFFLINE, it is switched off."""
        self._check()

    def serve(self) -> None:
        """Rest. Raises DeviceError: OFFLINE, it was switched off."""
        end = time.monotonic() + _REST_SECONDS
        while time.monotonic() < end and not self._interrupted.wait(_REST_SECONDS / 5):
            self._check()

    def close(self) -> None:
        """Nothing holds it."""

    def interrupt(self) -> None:
        """End the rest."""
        self._interrupted.set()

    def _check(self) -> None:
        if not self._is_on:
            raise DeviceError(ErrorCode.OFFLINE, OFF)
