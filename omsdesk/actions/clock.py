"""The device's clock and its source of identities: the two things a decision cannot work out for itself."""

from __future__ import annotations

import os
import time
from typing import Protocol

from omsdesk.domain.values import Stamp, uuid7


class Clock(Protocol):
    """Tells the time and makes identities; a simulation brings its own."""

    def now(self) -> Stamp:
        """The moment, with the local offset from UTC."""

    def new_id(self) -> str:
        """A fresh UUIDv7."""


class SystemClock:
    """The clock of this machine. Order never depends on it: it may be wrong."""

    def now(self) -> Stamp:
        """The moment by this machine."""
        utc_ms = time.time_ns() // 1_000_000
        return Stamp(utc_ms, time.localtime(utc_ms // 1000).tm_gmtoff // 60)

    def new_id(self) -> str:
        """A fresh UUIDv7 from this machine's clock and randomness."""
        return uuid7(time.time_ns() // 1_000_000, os.urandom(10))
