"""NCI: ``W<CR>`` asks; the answer is LF, weight and unit, CR, LF, ``S`` and status characters, CR, ETX.

Source: Avery Weigh-Tronix, NCI protocol (SCP-01), as its bench and postal scales describe it. Of each status character
the four low bits count. The first one: 1 motion, 2 at zero, 4 and 8 faults of memory. The second: 1 under capacity,
2 over capacity, 4 and 8 faults.
"""

from __future__ import annotations

import re

from omsdesk.devices.polled_scale import grams, not_understood
from omsdesk.devices.scale import ScaleStatus, Weighing
from omsdesk.devices.talk import Talk

_ANSWER = re.compile(rb"\n\s*(-?[\d. ]*\d)\s*(lb|kg|g|oz)\s*\r\nS(.)(.).*\r\x03\Z", re.DOTALL | re.IGNORECASE)
_STATUS_ONLY = re.compile(rb"S(.)(.).*\r\x03\Z", re.DOTALL)
_MOTION, _UNDER, _OVER, _FAULTS = 1, 1, 2, 12


class Nci:
    """Names its unit itself."""

    def weigh(self, talk: Talk) -> Weighing:
        """Ask for the weight."""
        talk.say(b"W\r")
        frame = talk.hear(b"\x03")
        status = _STATUS_ONLY.search(frame)
        if status is None:
            raise not_understood()
        if stopped := _stopped(status[1][0], status[2][0]):
            return Weighing(stopped)
        found = _ANSWER.search(frame)
        if found is None:
            raise not_understood()
        weight = grams(found[1].decode("ascii").replace(" ", ""), found[2].decode("ascii").lower())
        if weight < 0:
            return Weighing(ScaleStatus.UNDER_ZERO, weight)
        return Weighing(ScaleStatus.STABLE if weight else ScaleStatus.ZERO, weight)

    def zero(self, talk: Talk) -> bool:
        """Set to zero; the scale answers with its status."""
        talk.say(b"Z\r")
        talk.hear(b"\x03")
        return True


def _stopped(first: int, second: int) -> ScaleStatus | None:
    """Say why there is no weight to sell by; None where there is one."""
    if second & _OVER:
        return ScaleStatus.OVERWEIGHT
    if second & _UNDER:
        return ScaleStatus.UNDER_ZERO
    if first & _FAULTS or second & _FAULTS:
        return ScaleStatus.NOT_READY
    return ScaleStatus.UNSTABLE if first & _MOTION else None
