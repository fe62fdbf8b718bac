"""Waiting for something to become so, without asking how fast the machine is."""

from __future__ import annotations

import time
from collections.abc import Callable

SECONDS = 20.0
"""So long is waited for what takes a moment: a machine may have other things to do."""


def eventually(is_so: Callable[[], object], seconds: float = SECONDS) -> bool:
    """Wait until something is so; tells whether it came to that."""
    end = time.monotonic() + seconds
    while not (found := is_so()) and time.monotonic() < end:
        time.sleep(0.005)
    return bool(found)


def until(is_so: Callable[[], object], seconds: float = SECONDS) -> None:
    """Wait until something is so, which it has to be in the end."""
    assert eventually(is_so, seconds), "it never came to that"
