"""ESC/POS for customer displays: ESC @ sets up, HOM (0x0B) goes to the first place.

What is written past the end of the first line goes on in the second; US MD1 keeps it from scrolling. Source: Epson DM-D
series, ESC/POS Command Reference.
"""

from __future__ import annotations


class EscPosDisplay:
    """Two lines of twenty letters."""

    def setup(self) -> bytes:
        """Set it up and clear it."""
        return b"\x1b@\x1f\x01\x0c"

    def lines(self, upper: bytes, lower: bytes) -> bytes:
        """Show two lines."""
        return b"\x0b" + upper + lower
