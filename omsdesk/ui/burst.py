"""Keys that wait until it is clear whether a scanner pressed them: by how fast they came, and by what began them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.devices.scanner import Reader
from omsdesk.domain.records import record

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

BURST_GAP = 40
"""Milliseconds between two characters of a scanner at most; people need more."""
STUTTER = 300
"""Milliseconds that a scanner may stop for in the middle of a code, as one on the radio does."""
QUIET = 100
"""Milliseconds of silence that end the code of a scanner that presses no key after it."""
SHORTEST_SCAN = 4
"""Characters that a code has at least. So many so fast come from no person."""
SHORTEST_SILENT = 6
"""The same for one that only silence ends."""


@record
class Held:
    """One key that waits, or one character that was composed of several."""

    text: str
    event: QKeyEvent | None = None


class Burst:
    """What waits, oldest first, and what is known of who pressed it. Moments are in milliseconds, of the system."""

    def __init__(self) -> None:
        self.held: list[Held] = []
        self.last = 0
        """When the last of them came; 0 where nobody said."""
        self.begun = 0
        """When the first of them came."""
        self.reader: Reader | None = None
        """The scanner whose own first key began it."""

    @property
    def text(self) -> str:
        """The characters."""
        return "".join(one.text for one in self.held)

    @property
    def is_machine(self) -> bool:
        """Whether no person can have pressed this."""
        return self.reader is not None or len(self.held) >= SHORTEST_SCAN

    @property
    def is_code(self) -> bool:
        """Whether it is a code, now that a key ended it."""
        return bool(self.held) and self.is_machine

    def patience(self, *, has_silent: bool) -> int:
        """Say how long the next key may take; ``has_silent`` where a scanner here ends its codes by silence."""
        if not self.is_machine or not self.held:
            # A scanner's own first key is one of a person's, too: what follows at once tells.
            return BURST_GAP
        return QUIET if has_silent else STUTTER

    def is_over(self, at: int, *, has_silent: bool) -> bool:
        """Tell whether a key at a moment comes too late to be the next of them."""
        return bool(self.held and self.last) and at - self.last > self.patience(has_silent=has_silent)

    def add(self, text: str, at: int, event: QKeyEvent | None = None) -> None:
        """Hold one more."""
        if not self.held:
            self.begun = at
        self.held.append(Held(text, event))
        self.last = at

    def take(self) -> list[Held]:
        """Give what waited, and be empty."""
        held, self.held, self.reader = self.held, [], None
        return held
