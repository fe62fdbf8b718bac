"""Looks through pictures for barcodes, and reads what is held up once."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from omsdesk.devices.scanner import Reader, Scan, ScannerOptions, nobody, text_of

if TYPE_CHECKING:
    from omsdesk.devices.drivers.camera.pictures import Pictures

REPEAT_MS = 1500
"""A code that is held up is in every picture: it counts once, until it was away for so long."""
_UNCHECKED = ("]A", "]F", "]I")
"""Code 39, Codabar and ITF have no check digit that must be: these are believed when two pictures say the same."""


def codes_in(picture: Any) -> Iterator[str]:
    """Read the barcodes of a picture: what each says, behind its symbology identifier (ISO/IEC 15424)."""
    import zxingcpp

    for code in zxingcpp.read_barcodes(picture):
        yield code.symbology_identifier + text_of(code.bytes)


class CameraScanner:
    """Implements ``scanner.Scanner``."""

    def __init__(self, pictures: Pictures, options: ScannerOptions | None = None) -> None:
        wanted = options or ScannerOptions()
        self.on_scan: Callable[[Scan], None] = nobody
        self._pictures = pictures
        self._options = replace(wanted, repeat_ms=wanted.repeat_ms or REPEAT_MS)
        self._readers: dict[str, Reader] = {}
        """One for each code in sight: several may be, and each counts once."""
        self._unsure: set[str] = set()
        self._is_interrupted = False

    def open(self, deadline: float) -> None:
        """Take the camera. Raises DeviceError: it is not there."""
        self._pictures.open()

    def serve(self) -> None:
        """Look at a picture. Raises DeviceError: the camera is gone."""
        if self._is_interrupted:
            return
        picture = self._pictures.next()
        if picture is not None:
            self._look(picture, time.monotonic())

    def close(self) -> None:
        """Let go of the camera."""
        self._pictures.close()

    def interrupt(self) -> None:
        """Look at no more pictures."""
        self._is_interrupted = True

    def _look(self, picture: Any, at: float) -> None:
        seen, before, self._unsure = list(codes_in(picture)), self._unsure, set()
        for code in seen:
            if code.startswith(_UNCHECKED) and code not in before and code not in self._readers:
                self._unsure.add(code)
                continue
            scan = self._readers.setdefault(code, Reader(self._options)).read(code, at)
            if scan is not None:
                self.on_scan(scan)
        if len(self._readers) > _MOST_IN_SIGHT:
            self._readers = {code: self._readers[code] for code in seen if code in self._readers}


_MOST_IN_SIGHT = 200
