"""DSP-800: EOT SOH, a letter and its fields, ETB.

C clears from one place to another; P sets the place where what follows is written. Places are counted from 0x31 on,
twenty to a line. Source: DSP-800 manual of Posiflex.
"""

from __future__ import annotations


class Dsp800:
    """Two lines of twenty letters."""

    def setup(self) -> bytes:
        """Set it up and clear it."""
        return b"\x04\x01C1X\x17"

    def lines(self, upper: bytes, lower: bytes) -> bytes:
        """Show two lines."""
        return b"\x04\x01P1\x17" + upper + b"\x04\x01PE\x17" + lower
