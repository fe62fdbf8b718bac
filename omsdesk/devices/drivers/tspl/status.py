"""What a TSPL printer answers when it is asked how it is (TSPL/TSPL2 Programming Manual: ``<ESC>!?``): one byte."""

from __future__ import annotations

import re

from omsdesk.devices.label_printer import Answer
from omsdesk.devices.ports import Condition, PrinterStatus

_PRINT = re.compile(rb"\r\nPRINT \d+,(\d+)\r\n")

HEAD_OPEN = PrinterStatus(Condition.COVER_OPEN, "The print head is open. Close it; printing goes on by itself.")
JAM = PrinterStatus(Condition.ERROR, "Labels are jammed in the printer. Open it, free them and feed one label.")
LABELS_OUT = PrinterStatus(
    Condition.PAPER_OUT, "The printer is out of labels. Put in a new roll; printing goes on by itself."
)
RIBBON_OUT = PrinterStatus(
    Condition.PAPER_OUT, "The ribbon of the printer is used up or torn. Put in a new one; printing goes on by itself."
)
PAUSED = PrinterStatus(Condition.ERROR, "The printer is paused. Press its pause key; printing goes on by itself.")
FAULT = PrinterStatus(Condition.ERROR, "The printer reports a fault. Switch it off and on again.")
READY = PrinterStatus(Condition.READY, "The printer is ready.")

_BITS = ((0x01, HEAD_OPEN), (0x02, JAM), (0x04, LABELS_OUT), (0x08, RIBBON_OUT), (0x80, FAULT), (0x10, PAUSED))
_PRINTING = 0x20


class TsplDialect:
    """Answered at once, even by a printer that cannot print."""

    question = b"\x1b!?"
    cancel = b""

    def read(self, heard: bytes, sent: bytes) -> Answer | None:
        """Read the last byte; the cause that a person can mend first comes first."""
        if not heard:
            return None
        said = heard[-1]
        status = next((status for bit, status in _BITS if said & bit), READY)
        return Answer(status, None if said & _PRINTING or not status.can_print else 0)

    def labels_in(self, sent: bytes) -> int:
        """Count the labels of all forms."""
        return sum(int(copies) for copies in _PRINT.findall(sent))
