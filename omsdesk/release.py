"""Which version of the program this is: here once, for what is built from it and for what it says of itself."""

from __future__ import annotations

VERSION = "0.1.0"
