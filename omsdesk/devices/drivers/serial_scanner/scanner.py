"""Cuts what comes over a wire into codes: a control character ends one, otherwise a pause does."""

from __future__ import annotations

import re
import time
from collections.abc import Callable

from omsdesk.devices.ports import DeviceError, Port
from omsdesk.devices.scanner import Reader, Scan, nobody, text_of

PAUSE = 0.1
"""Seconds of silence that end a code of a scanner which never sends an end."""
LATE = 1.0
"""Seconds after which the end of a code will not come any more."""
MOST_BYTES = 8192
"""The largest symbol holds fewer (QR Code, 40-L: 4,296 letters). More without an end is noise."""

_LISTEN = 0.5
_ENDS = re.compile(rb"[\r\n\t\x00\x03]+")
# EOT ends no code: it stands inside those of ISO/IEC 15434, as RS and GS do.


class SerialScanner:
    """Implements ``scanner.Scanner`` on any port."""

    def __init__(self, port: Port, reader: Reader) -> None:
        self.on_scan: Callable[[Scan], None] = nobody
        self._port = port
        self._reader = reader
        self._half = b""
        """A code whose end has not come yet."""
        self._heard_at = 0.0
        self._sends_ends = False

    def open(self, deadline: float) -> None:
        """Take the port. Raises DeviceError: it is not there."""
        self._half = b""
        self._port.open(deadline)

    def serve(self) -> None:
        """Hear what is scanned. Raises DeviceError: the scanner is lost."""
        wait = (LATE if self._sends_ends else PAUSE) if self._half else _LISTEN
        try:
            data = self._port.read(time.monotonic() + wait)
        except DeviceError as fault:
            raise self._lost(fault) from None
        now = time.monotonic()
        if data:
            self._heard_at = now
            self._take(data, now)
        elif self._half and now - self._heard_at >= wait:
            self._pause(now)

    def close(self) -> None:
        """Let go of the port."""
        self._half = b""
        self._port.close()

    def interrupt(self) -> None:
        """End every wait."""
        self._port.interrupt()

    def _take(self, data: bytes, at: float) -> None:
        *codes, self._half = _ENDS.split(self._half + data)
        self._sends_ends = self._sends_ends or bool(codes)
        for code in codes:
            self._give(code, at)
        if len(self._half) > MOST_BYTES:
            self._half = b""

    def _pause(self, at: float) -> None:
        half, self._half = self._half, b""
        # From one that sends ends it is the beginning of a code, and the rest was lost on the way.
        if not self._sends_ends:
            self._give(half, at)

    def _give(self, code: bytes, at: float) -> None:
        scan = self._reader.read(text_of(code), at)
        if scan is not None:
            self.on_scan(scan)

    def _lost(self, fault: DeviceError) -> DeviceError:
        half, self._half = self._half, b""
        said = " A code was just being read: scan it again." if half else ""
        return DeviceError(fault.code, fault.sentence + said, fault.sent_bytes)
