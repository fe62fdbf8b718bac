"""A display of two lines for the customer, on a pole or in a window of its own (UnifiedPOS LineDisplay)."""

from __future__ import annotations

import threading
import time
import unicodedata
from typing import TYPE_CHECKING, Protocol

from omsdesk.devices.address import Bus
from omsdesk.devices.ports import DeviceError, ErrorCode, Port
from omsdesk.devices.talk import SILENT
from omsdesk.devices.wires.choice import port_to

if TYPE_CHECKING:
    from omsdesk.devices.address import Address
    from omsdesk.devices.driver import Found, Options

COLUMNS = 20
_WRITE_SECONDS = 1.0
_REST_SECONDS = 0.5
_AGAIN_SECONDS = 15.0
"""After so long what is shown is sent again: a display that lost its power for a moment is blank."""


class LineDisplay(Protocol):
    """What shows two lines. No call here waits."""

    def show(self, upper: str, lower: str) -> None:
        """Show two lines as soon as it can; what was to be shown before and was not yet is forgotten."""


class Dialect(Protocol):
    """How a kind of display is told."""

    def setup(self) -> bytes:
        """Set it up once it is switched on."""

    def lines(self, upper: bytes, lower: bytes) -> bytes:
        """Show two lines, each as wide as the display."""


class PoleDisplay:
    """Implements ``LineDisplay`` and ``attendant.Attended``."""

    def __init__(self, port: Port, dialect: Dialect, codec: str = "cp437") -> None:
        """Take a wire that is not open yet; ``codec`` names the letters of the display."""
        self._port = port
        self._dialect = dialect
        self._codec = codec
        self._wanted = ("", "")
        self._is_new = threading.Event()
        self._interrupted = False
        self._sent_at = 0.0

    def show(self, upper: str, lower: str) -> None:
        """Show two lines; any thread may call it."""
        if (upper, lower) != self._wanted:
            self._wanted = upper, lower
            self._is_new.set()

    def open(self, deadline: float) -> None:
        """Take the wire and set the display up. Raises DeviceError: it is not there."""
        self._port.open(deadline)
        self._send(self._dialect.setup())
        self._is_new.set()

    def serve(self) -> None:
        """Send what is wanted, if it is new. Raises DeviceError: the wire is lost."""
        is_due = time.monotonic() - self._sent_at > _AGAIN_SECONDS
        if self._is_new.wait(_REST_SECONDS) or is_due:
            self._is_new.clear()
            if not self._interrupted:
                upper, lower = (line.encode(self._codec) for line in map(self._letters, self._wanted))
                self._send(self._dialect.lines(upper, lower))
                self._sent_at = time.monotonic()

    def close(self) -> None:
        """Let go."""
        self._port.close()

    def interrupt(self) -> None:
        """End every wait."""
        self._interrupted = True
        self._is_new.set()
        self._port.interrupt()

    def _letters(self, line: str) -> str:
        """Write with the letters that the display has: é as e where there is no é, and never a question mark."""
        return "".join(self._letter(sign) for sign in line[:COLUMNS].ljust(COLUMNS))

    def _letter(self, sign: str) -> str:
        for candidate in (sign, unicodedata.normalize("NFKD", sign)[:1]):
            try:
                if len(candidate.encode(self._codec)) == 1 and candidate >= " ":
                    return candidate
            except UnicodeEncodeError:
                continue
        return " "

    def _send(self, data: bytes) -> None:
        if self._port.write(data, time.monotonic() + _WRITE_SECONDS) < len(data) and not self._interrupted:
            raise DeviceError(ErrorCode.TIMEOUT, SILENT)


class PoleDriver:
    """Makes displays of one dialect. They say nothing of themselves: only a name can tell."""

    def __init__(self, words: tuple[str, ...], dialect: Dialect) -> None:
        """Take what is in the names of such displays, and how they are told."""
        self._words, self._dialect = words, dialect

    def probe(self, found: Found) -> int:
        """Judge by the name; on any other serial port it may be."""
        if found.is_called(self._words):
            return 60
        return 3 if found.address.bus is Bus.SERIAL else 0

    def attach(self, address: Address, options: Options) -> PoleDisplay:
        """Make the display at an address."""
        return PoleDisplay(port_to(address, options), self._dialect, str(options["codec"]))


def pair(left: str, right: str, columns: int = COLUMNS) -> str:
    """Put a name at the left and an amount at the right of a line; the name gives way."""
    room = columns - len(right) - 1
    return f"{left[:room]:<{room}} {right}" if room > 0 else right[-columns:]
