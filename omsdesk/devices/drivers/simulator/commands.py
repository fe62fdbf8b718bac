"""ESC/POS bytes taken apart into commands and text (Epson ESC/POS Command Reference for TM printers)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# How many bytes follow each command that has a fixed length.
_FIXED = {
    b"\x1b@": 0, b"\x1bt": 1, b"\x1bR": 1, b"\x1bE": 1, b"\x1bM": 1, b"\x1ba": 1, b"\x1b3": 1, b"\x1b2": 0,
    b"\x1bJ": 1, b"\x1bd": 1, b"\x1bp": 3, b"\x1c.": 0,
    b"\x1d!": 1, b"\x1dB": 1, b"\x1dL": 2, b"\x1dW": 2, b"\x1dP": 2, b"\x1dr": 1,
    b"\x1dh": 1, b"\x1dw": 1, b"\x1df": 1, b"\x1dH": 1, b"\x10\x04": 1,
}  # fmt: skip
_RASTER, _SYMBOL, _BARCODE, _CUT = b"\x1dv0", b"\x1d(k", b"\x1dk", b"\x1dV"
_FEED_AND_CUT = 65


class UnknownCommand(ValueError):
    """Bytes that this printer does not understand, and where they stand."""


@dataclass(frozen=True, slots=True)
class Command:
    """A command: its name as the bytes that begin it, and its parameters. Text has the empty name."""

    name: bytes
    data: bytes


def commands(payload: bytes) -> Iterator[Command]:
    """Read a payload from start to end.

    Raises:
        UnknownCommand: a command is not known here, or it is cut short.

    """
    at = 0
    while at < len(payload):
        name, start, end = _next(payload, at)
        if end > len(payload):
            raise UnknownCommand(f"The command at byte {at} is cut short.")
        yield Command(name, payload[start:end])
        at = end


def _next(payload: bytes, at: int) -> tuple[bytes, int, int]:
    """Give a command's name, where its parameters begin, and where it ends."""
    first = payload[at]
    if first >= 0x20:
        end = next((i for i in range(at, len(payload)) if payload[i] < 0x20), len(payload))
        return b"", at, end
    if first == 0x0A:
        return b"\n", at + 1, at + 1
    name = payload[at : at + 2]
    if name in _FIXED:
        return name, at + 2, at + 2 + _FIXED[name]
    return _variable(payload, at)


def _variable(payload: bytes, at: int) -> tuple[bytes, int, int]:
    """Measure a command whose length stands inside it."""
    name, body = payload[at : at + 3], payload[at + 3 : at + 8] + bytes(5)
    if name == _RASTER:
        size = int.from_bytes(body[1:3], "little") * int.from_bytes(body[3:5], "little")
        return _RASTER, at + 3, at + 8 + size
    if name == _SYMBOL:
        return _SYMBOL, at + 5, at + 5 + int.from_bytes(body[:2], "little")
    if name[:2] == _BARCODE:
        return _BARCODE, at + 2, at + 4 + body[0]
    if name[:2] == _CUT and len(name) == len(_CUT) + 1:
        return _CUT, at + 2, at + 3 + (name[2] >= _FEED_AND_CUT)
    raise UnknownCommand(f"The printer does not know the command {name.hex(' ')} at byte {at}.")
