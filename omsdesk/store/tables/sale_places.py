"""How a ticket can stand at a till that took it up again.

Of two states of one turn the one that is less of an end counts, so that no ticket is ever out of sight: it is the
greater text.
"""

from __future__ import annotations

ORDERED = 2
"""What stands in the place of 0 and 1 where a ticket was not given up, but became an order."""

RUNG_AGAIN = 3
"""The same, where it was given up and this was taken back: what was on it is on another one."""

ENDED, HELD, OPEN = "ended", "held", "open"
