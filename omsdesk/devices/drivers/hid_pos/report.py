"""One input report of a scanner: HID Point of Sale Usage Tables 1.02, 3, as all makers lay it out.

Number of the report, bytes of data, symbology identifier (3), data (56), the maker's own identifier, a spare byte, and
in the last one a bit that says whether the code goes on in the next report.
"""

from __future__ import annotations

from omsdesk.domain.records import record

SCANNED_DATA = 2
"""The number of the reports that bring codes."""
REPORT_BYTES = 64
_LENGTH, _AIM, _DATA, _CONTINUED = 1, slice(2, 5), 5, 63
_MOST = 56


@record
class Report:
    """A part of a code."""

    aim: str
    """The symbology identifier; empty where the scanner does not say."""
    data: bytes
    goes_on: bool


def parse(data: bytes) -> Report | None:
    """Read an input report; None for one that brings no code."""
    if len(data) < _DATA or data[0] != SCANNED_DATA:
        return None
    # Windows hands shorter reports out whole, and others fill them up: the length says what is meant.
    length = min(data[_LENGTH], _MOST)
    aim = data[_AIM].decode("ascii", errors="replace") if data[2:3] == b"]" else ""
    goes_on = len(data) > _CONTINUED and bool(data[_CONTINUED] & 1)
    return Report(aim, data[_DATA : _DATA + length], goes_on)
