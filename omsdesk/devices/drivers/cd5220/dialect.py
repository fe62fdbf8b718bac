"""CD5220: ESC @ sets up; ESC Q A and ESC Q B write a whole line each, ended by CR.

Source: manuals of Logic Controls and Partner Tech.
"""

from __future__ import annotations


class Cd5220:
    """Two lines of twenty letters."""

    def setup(self) -> bytes:
        """Set it up and clear it."""
        return b"\x1b@\x0c"

    def lines(self, upper: bytes, lower: bytes) -> bytes:
        """Show two lines."""
        return b"\x1bQA" + upper + b"\r\x1bQB" + lower + b"\r"
