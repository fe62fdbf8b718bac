"""Toledo 8217: ``W`` asks; the answer is STX, the weight, CR, or STX, ``?``, a status byte, CR.

Source: Mettler Toledo 8217 technical manual, host protocol.
"""

from __future__ import annotations

import re

from omsdesk.devices.polled_scale import grams, not_understood
from omsdesk.devices.scale import ScaleStatus, Weighing
from omsdesk.devices.talk import Talk

_MOTION, _OVER, _UNDER, _ZERO = 0x01, 0x02, 0x04, 0x10
_WEIGHT = re.compile(rb"\x02\s*(\d{1,3}\.?\d{1,3})N?\s*\r\Z")
_STATUS = re.compile(rb"\x02\s*\?\s*(.)\s*\r\Z", re.DOTALL)


class Toledo8217:
    """Sends a weight only while it is steady, and says otherwise why it does not."""

    def __init__(self, unit: str = "kg") -> None:
        self._unit = unit

    def weigh(self, talk: Talk) -> Weighing:
        """Ask for the weight."""
        talk.say(b"W")
        frame = talk.hear(b"\r")
        if found := _WEIGHT.search(frame):
            weight = grams(found[1].decode("ascii"), self._unit)
            return Weighing(ScaleStatus.STABLE if weight else ScaleStatus.ZERO, weight)
        if found := _STATUS.search(frame):
            return Weighing(_status(found[1][0]))
        raise not_understood()

    def zero(self, talk: Talk) -> bool:
        """Set to zero; the answer is a status, as of every command but W."""
        talk.say(b"Z")
        talk.hear(b"\r")
        return True


def _status(flags: int) -> ScaleStatus:
    if flags & _OVER:
        return ScaleStatus.OVERWEIGHT
    if flags & _UNDER:
        return ScaleStatus.UNDER_ZERO
    if flags & _MOTION:
        return ScaleStatus.UNSTABLE
    return ScaleStatus.ZERO if flags & _ZERO else ScaleStatus.NOT_READY
