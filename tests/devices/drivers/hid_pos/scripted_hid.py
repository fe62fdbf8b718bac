"""The library hidapi as far as we use it, with scanners that the test plugs in: no kernel here has such devices."""

from __future__ import annotations

from typing import Any


def report(data: bytes, aim: bytes = b"]E0", *, goes_on: bool = False) -> bytes:
    """An input report as makers print it in their manuals: 64 bytes, the last one with the bit that more follows."""
    return bytes((2, len(data))) + aim.ljust(3, b"\0") + data.ljust(56, b"\0") + b"s\0" + bytes((goes_on,))


class Handle:
    """A scanner that was opened."""

    def __init__(self, bus: Bus) -> None:
        self._bus = bus
        self._path = b""

    def open_path(self, path: bytes) -> None:
        if self._bus.is_claimed:
            raise OSError("open failed")
        self._path = path
        self._bus.opened.append(path)

    def read(self, most: int, timeout_ms: int) -> list[int]:
        if all(row["path"] != self._path for row in self._bus.rows):
            raise OSError("read error")
        return list(self._bus.reports.pop(0)[:most]) if self._bus.reports else []

    def close(self) -> None:
        self._bus.closed += 1


class Bus:
    """What is plugged in."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.reports: list[bytes] = []
        self.opened: list[bytes] = []
        self.closed = 0
        self.is_claimed = False

    def plug(self, path: bytes, serial: str = "", *, usage_page: int = 0x8C, usage: int = 0x02) -> None:
        self.rows.append({
            "path": path, "vendor_id": 0x05E0, "product_id": 0x1300, "serial_number": serial,
            "usage_page": usage_page, "usage": usage, "manufacturer_string": "Symbol",
            "product_string": "Bar Code Scanner",
        })  # fmt: skip

    def enumerate(self) -> list[dict[str, Any]]:
        return self.rows

    def device(self) -> Handle:
        return Handle(self)
