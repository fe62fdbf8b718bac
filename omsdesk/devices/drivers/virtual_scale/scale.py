"""A scale on the screen: a person, or a test, puts goods on it."""

from __future__ import annotations

import threading

from omsdesk.devices.scale import ScaleStatus, Weighing

CAPACITY = 15_000
"""Grams, as counter scales have it."""
_REST_SECONDS = 0.5


class SimulatedScale:
    """Shows what was put on it, steady at once unless it is said otherwise."""

    def __init__(self, capacity: int = CAPACITY) -> None:
        """Stand there empty."""
        self._capacity = capacity
        self._gross = self._zero = self._tare = 0
        self._is_steady = True
        self._is_on = True
        self._interrupted = threading.Event()

    def put(self, grams: int, *, is_steady: bool = True) -> None:
        """Let so many grams lie on it."""
        self._gross, self._is_steady = grams, is_steady

    def switch(self, *, is_on: bool) -> None:
        """Switch it on or off."""
        self._is_on = is_on

    def live_weight(self) -> Weighing:
        """Give what it shows now."""
        if not self._is_on:
            return Weighing(ScaleStatus.NOT_READY)
        if self._gross > self._capacity:
            return Weighing(ScaleStatus.OVERWEIGHT, 0, self._tare)
        net = self._gross - self._zero - self._tare
        if not self._is_steady:
            return Weighing(ScaleStatus.UNSTABLE, net, self._tare)
        if net < 0:
            return Weighing(ScaleStatus.UNDER_ZERO, net, self._tare)
        return Weighing(ScaleStatus.STABLE if net else ScaleStatus.ZERO, net, self._tare)

    def set_tare(self, grams: int) -> None:
        """Take the package off what it shows from now on."""
        self._tare = grams

    def zero(self) -> None:
        """Call what lies on it nothing."""
        self._zero = self._gross

    def open(self, deadline: float) -> None:
        """It is there."""

    def serve(self) -> None:
        """Rest: nothing has to be asked."""
        self._interrupted.wait(_REST_SECONDS)

    def close(self) -> None:
        """Nothing holds it."""

    def interrupt(self) -> None:
        """End the rest."""
        self._interrupted.set()
