"""How a ticket can stand at a till that took it up again.

Of two states of one turn the one that is less of an end counts, so that no ticket is ever out of sight: it is the
greater text.
"""

from __future__ import annotations

ENDED, HELD, OPEN = "ended", "held", "open"
