"""Reads a scanner's reports and puts codes together of them."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any, Protocol

from omsdesk.devices.drivers.hid_pos.report import REPORT_BYTES, parse
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scanner import Reader, Scan, nobody, text_of

if TYPE_CHECKING:
    from omsdesk.devices.drivers.hid_pos.report import Report

USAGE_PAGE, USAGE = 0x8C, 0x02
"""Bar code scanner page, and the scanner on it."""
_SLICE_MS = 100
"""So long one wait lasts: the library has no way to end one."""
LATE = 1.0
"""Seconds after which the rest of a code will not come any more."""


class Hidapi(Protocol):
    """What we use of the library ``hidapi``."""

    def enumerate(self) -> list[dict[str, Any]]:
        """List all devices of the kind."""

    def device(self) -> Any:
        """Make a handle, which is not open yet."""


def listed(library: Hidapi) -> list[dict[str, Any]]:
    """List the scanners that are plugged in, as the library describes them."""
    return [row for row in library.enumerate() if (row["usage_page"], row["usage"]) == (USAGE_PAGE, USAGE)]


def place_of(row: dict[str, Any]) -> str:
    """Name a scanner so that it keeps its name on another socket."""
    place = f"{row['vendor_id']:04x}:{row['product_id']:04x}"
    return f"{place}:{row['serial_number']}" if row.get("serial_number") else place


class HidPosScanner:
    """Implements ``scanner.Scanner``. ``place`` is vendor, product and, where it has one, serial number."""

    def __init__(self, place: str, reader: Reader, library: Hidapi) -> None:
        self.on_scan: Callable[[Scan], None] = nobody
        self._place = place
        self._reader = reader
        self._library = library
        self._handle: Any = None
        self._aim, self._half = "", b""
        """A code that goes on in the next report."""
        self._heard_at = 0.0
        self._is_interrupted = False

    def open(self, deadline: float) -> None:
        """Take the scanner, on whichever socket it is.

        Raises:
            DeviceError: NO_HARDWARE, it is not plugged in; CLAIMED, this user or program may not have it.

        """
        self.close()
        # The place may name no serial number where the scanner has one.
        rows = [row for row in listed(self._library) if f"{place_of(row)}:".startswith(f"{self._place}:")]
        if not rows:
            raise DeviceError(
                ErrorCode.NO_HARDWARE,
                "The scanner is not plugged in, or it is in another mode. "
                "Plug it in, and scan the code “HID POS” of its manual.",
            )
        handle = self._library.device()
        try:
            handle.open_path(rows[0]["path"])
        except OSError:
            raise DeviceError(
                ErrorCode.CLAIMED,
                "Another program has the scanner, or this user may not use it. "
                "Close the other program, or ask who set this computer up.",
            ) from None
        self._handle = handle

    def serve(self) -> None:
        """Hear one report, for a fraction of a second. Raises DeviceError: the scanner is gone."""
        if self._handle is None or self._is_interrupted:
            return
        try:
            data = bytes(self._handle.read(REPORT_BYTES, _SLICE_MS))
        except (OSError, ValueError):
            raise self._lost() from None
        now = time.monotonic()
        report = parse(data) if data else None
        if report is not None:
            self._take(report, now)
        elif self._half and now - self._heard_at > LATE:
            self._half = b""

    def close(self) -> None:
        """Let go of the scanner."""
        handle, self._handle = self._handle, None
        self._half = b""
        if handle is not None:
            handle.close()

    def interrupt(self) -> None:
        """End every wait."""
        self._is_interrupted = True

    def _take(self, report: Report, at: float) -> None:
        if not self._half:
            self._aim = report.aim
        self._half += report.data
        self._heard_at = at
        if not report.goes_on:
            code, self._half = self._half, b""
            scan = self._reader.read(self._aim + text_of(code), at)
            if scan is not None:
                self.on_scan(scan)

    def _lost(self) -> DeviceError:
        said = " A code was just being read: scan it again." if self._half else ""
        return DeviceError(ErrorCode.FAILURE, f"The scanner is gone. Plug it in again; it goes on by itself.{said}")
