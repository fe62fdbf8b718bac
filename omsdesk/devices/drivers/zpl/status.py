"""What a ZPL printer answers when it is asked what and how it is (ZPL II Programming Guide: ``~HI`` and ``~HS``).

``~HI`` is answered by one line between STX and ETX: model, version, dots in a millimetre, memory. ``~HS`` by three, of
12, 11 and 2 fields: the first tells of paper, pause and memory, the second of the head, the ribbon and the labels of
the batch that is being printed.
"""

from __future__ import annotations

import re

from omsdesk.devices.label_printer import Answer
from omsdesk.devices.ports import Condition, PrinterStatus

_LINE = re.compile(rb"\x02([^\x02\x03]*)\x03")
_LINES = 3
_IDENTITY = re.compile(rb"\x02([^,\x02\x03]+),V[^,\x03]*,(\d+)[^\x03]*\x03")
_DOTS = {8: 203, 12: 300, 24: 600}
"""Dots in a millimetre as the printer tells them, and in an inch as printers are sold by."""
_FIRST, _SECOND = 12, 11
_COPIES = re.compile(rb"\^PQ(\d+)")

PAUSED = PrinterStatus(Condition.ERROR, "The printer is paused. Press its pause key; printing goes on by itself.")
RIBBON_OUT = PrinterStatus(
    Condition.PAPER_OUT, "The ribbon of the printer is used up or torn. Put in a new one; printing goes on by itself."
)
HEAD_OPEN = PrinterStatus(Condition.COVER_OPEN, "The print head is open. Close it; printing goes on by itself.")
LABELS_OUT = PrinterStatus(
    Condition.PAPER_OUT, "The printer is out of labels. Put in a new roll; printing goes on by itself."
)
TOO_HOT = PrinterStatus(Condition.ERROR, "The print head is too hot. Wait; printing goes on by itself.")
TOO_COLD = PrinterStatus(Condition.ERROR, "The print head is too cold. Bring the printer to a warmer place.")
MEMORY_LOST = PrinterStatus(
    Condition.ERROR, "The printer lost what was set in it. Switch it off and on and feed a few labels to set it again."
)
READY = PrinterStatus(Condition.READY, "The printer is ready.")


class ZplDialect:
    """Asked at any time, even while it prints or is out of labels: the question overtakes what waits to be printed.

    ``dpi`` is what labels are made for. A printer with other dots prints them too large or too small, so it is sent
    none.
    """

    question = b"~HI~HS"
    cancel = b"~JA"

    def __init__(self, dpi: int = 203) -> None:
        self._dpi = dpi

    def read(self, heard: bytes, sent: bytes) -> Answer | None:
        """Read the three lines; None while they are not whole."""
        identity = _IDENTITY.search(heard)
        lines = [line.split(b",") for line in _LINE.findall(_IDENTITY.sub(b"", heard))]
        if len(lines) < _LINES:
            return None
        first, second = lines[-3], lines[-2]
        if len(first) < _FIRST or len(second) < _SECOND:
            return Answer(PrinterStatus(Condition.ERROR, _NOT_ZPL), None)
        waiting = self._copies(sent)
        formats = _number(first[4])
        # The formats that it has not begun are the last of those that were sent.
        left = (sum(waiting[-formats:]) if waiting else formats) if formats else 0
        left += _number(second[8])
        is_more = first[7] == b"1" or second[7] == b"1"
        status = self._misfit(identity) or _status(first, second)
        return Answer(status, left + 1 if is_more and not left else left)

    def _misfit(self, identity: re.Match[bytes] | None) -> PrinterStatus | None:
        """Say that the printer has other dots than labels are made for; None where it has these, or does not tell."""
        has = _DOTS.get(int(identity[2])) if identity else None
        if identity is None or has is None or has == self._dpi:
            return None
        model = identity[1].decode("ascii", "replace").strip()
        sentence = (
            f"The printer ({model}) has {has} dots in an inch and is set up with {self._dpi}. Set it up with {has}."
        )
        return PrinterStatus(Condition.ERROR, sentence)

    def labels_in(self, sent: bytes) -> int:
        """Count the labels of all formats."""
        return sum(self._copies(sent))

    def _copies(self, sent: bytes) -> list[int]:
        return [int(copies) for copies in _COPIES.findall(sent)]


_NOT_ZPL = "The printer answers in another language than ZPL. Choose its own driver on the Devices page."


def _number(field: bytes) -> int:
    return int(field) if field.strip().isdigit() else 0


def _status(first: list[bytes], second: list[bytes]) -> PrinterStatus:
    """Name what a person has to do first."""
    causes = (
        (second[2], HEAD_OPEN),
        (first[1], LABELS_OUT),
        (second[3], RIBBON_OUT),
        (first[9], MEMORY_LOST),
        (first[11], TOO_HOT),
        (first[10], TOO_COLD),
        (first[2], PAUSED),
    )
    return next((status for flag, status in causes if flag.strip() == b"1"), READY)
