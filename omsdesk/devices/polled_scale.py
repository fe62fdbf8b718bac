"""A scale on a wire that is asked ten times a second; what a dialect is stands in its driver."""

from __future__ import annotations

import threading
import time
from decimal import ROUND_HALF_EVEN, Decimal
from typing import TYPE_CHECKING, Protocol

from omsdesk.devices.address import Bus
from omsdesk.devices.ports import DeviceError, ErrorCode, Port
from omsdesk.devices.scale import ScaleStatus, Weighing
from omsdesk.devices.talk import Talk
from omsdesk.devices.wires.choice import port_to

if TYPE_CHECKING:
    from collections.abc import Callable

    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

_EVERY_SECONDS = 0.1
_SILENCES = 3
"""Questions without an answer after which nobody is there."""
_STALE_SECONDS = 1.0
"""A weight that is older is no weight: goods were changed since."""

_GRAMS = {"kg": Decimal(1000), "g": Decimal(1), "lb": Decimal("453.59237"), "oz": Decimal("28.349523125")}
"""Exact since 1959 (international yard and pound agreement)."""


class Dialect(Protocol):
    """How a kind of scale is asked."""

    def weigh(self, talk: Talk) -> Weighing:
        """Ask for the gross weight. Raises DeviceError: TIMEOUT, no answer that can be understood."""

    def zero(self, talk: Talk) -> bool:
        """Set the scale to zero; False where it can only be done at the scale itself."""


class PolledScale:
    """Implements ``scale.Scale`` and ``attendant.Attended``."""

    def __init__(self, port: Port, dialect: Dialect, answer_seconds: float = 0.5) -> None:
        self._port = port
        self._dialect = dialect
        self._answer_seconds = answer_seconds
        self._talk = Talk(port, answer_seconds)
        self._shown = Weighing(ScaleStatus.NOT_READY)
        self._seen_at = 0.0
        self._tare = self._offset = self._silences = 0
        self._wants_zero = threading.Event()
        self._interrupted = threading.Event()

    def live_weight(self) -> Weighing:
        """Give what it shows now, less the package."""
        shown, tare = self._shown, self._tare
        if time.monotonic() - self._seen_at > _STALE_SECONDS:
            return Weighing(ScaleStatus.NOT_READY)
        if shown.status not in {ScaleStatus.STABLE, ScaleStatus.ZERO}:
            return Weighing(shown.status, 0, tare)
        net = shown.grams - self._offset - tare
        if net < 0:
            return Weighing(ScaleStatus.UNDER_ZERO, net, tare)
        return Weighing(ScaleStatus.STABLE if net else ScaleStatus.ZERO, net, tare)

    def set_tare(self, grams: int) -> None:
        """Take the package off what it shows from now on."""
        self._tare = grams

    def zero(self) -> None:
        """Call what lies on it nothing, at the scale where it can be told."""
        self._wants_zero.set()

    def open(self, deadline: float) -> None:
        """Take the wire and ask once: a wire is there without a scale, too. Raises DeviceError: one of them is not."""
        self._port.open(deadline)
        self._talk = Talk(self._port, self._answer_seconds)
        # It may have been off: it has its own zero now, and what lies on it is to be weighed.
        self._offset = 0
        self._wants_zero.clear()
        self._ask()

    def serve(self) -> None:
        """Ask once. Raises DeviceError: the scale is gone."""
        try:
            if self._wants_zero.is_set():
                self._set_to_zero()
            self._ask()
        except DeviceError as fault:
            self._silences += 1
            if fault.code is not ErrorCode.TIMEOUT or self._silences >= _SILENCES:
                raise
        self._interrupted.wait(_EVERY_SECONDS)

    def close(self) -> None:
        """Let go."""
        self._port.close()

    def interrupt(self) -> None:
        """End every wait."""
        self._interrupted.set()
        self._port.interrupt()

    def _ask(self) -> None:
        self._shown, self._seen_at = self._dialect.weigh(self._talk), time.monotonic()
        self._silences = 0

    def _set_to_zero(self) -> None:
        self._offset = 0 if self._dialect.zero(self._talk) else self._shown.grams
        self._wants_zero.clear()


class ScaleDriver:
    """Makes scales of one dialect. They do not say what they are before they are asked: only a name can tell."""

    def __init__(self, words: tuple[str, ...], dialect: Callable[[Options], Dialect]) -> None:
        """Take what is in the names of such scales, and what makes their dialect."""
        self._words, self._dialect = words, dialect

    def probe(self, found: Found) -> int:
        """Judge by the name; on any other serial port it may be."""
        if found.is_called(self._words):
            return 70
        return 4 if found.address.bus is Bus.SERIAL else 0

    def attach(self, address: Address, options: Options) -> PolledScale:
        """Make the scale at an address."""
        return PolledScale(port_to(address, options), self._dialect(options))


def grams(number: str, unit: str) -> int:
    """Read a weight as the scale wrote it, to the gram.

    Raises:
        DeviceError: TIMEOUT, it is no weight; noise on the wire is as good as no answer.

    """
    try:
        return int((Decimal(number.strip()) * _GRAMS[unit]).to_integral_value(ROUND_HALF_EVEN))
    except (ArithmeticError, KeyError, ValueError):
        raise not_understood() from None


def not_understood() -> DeviceError:
    """Make the fault of an answer that says nothing."""
    sentence = "The answers of the scale cannot be understood. Check its protocol, speed and parity."
    return DeviceError(ErrorCode.TIMEOUT, sentence)
