"""A scanner that is not ours: emupos gives the bytes that one on a serial cable sends for a code."""

from __future__ import annotations

from tests.devices.foreign_printer import _emupos


class ForeignScanner:
    """A serial scanner as emupos knows it; ``suffix`` is ``enter``, ``tab`` or ``none``."""

    def __init__(self, suffix: str = "enter") -> None:
        self._scanner = _emupos("emupos.scanner.scanner").Scanner("scanner", "serial", suffix, 0)

    def read(self, label: str) -> bytes:
        """Read a label, and give what the scanner sends."""
        scan = self._scanner.request(label, 0, False, 0.0)
        self._scanner.finished(scan.id)
        return bytes(scan.serial_bytes)
