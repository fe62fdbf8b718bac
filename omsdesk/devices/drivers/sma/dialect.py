"""SMA: ``<LF>W<CR>`` asks; the answer holds status, range, gross or net, motion, the weight and its unit.

Source: Scale Manufacturers Association, SCP-0499, Scale Serial Communication Protocol, sections 4 and 5.
"""

from __future__ import annotations

import re

from omsdesk.devices.polled_scale import grams, not_understood
from omsdesk.devices.scale import ScaleStatus, Weighing
from omsdesk.devices.talk import Talk

_ANSWER = re.compile(rb"\n(.)(.)(.)(.)(.)(.{10})(.{2,3})\r\Z", re.DOTALL)
_UNITS = {"kg": "kg", "g": "g", "lb": "lb", "oz": "oz"}


class Sma:
    """Names its unit itself."""

    def weigh(self, talk: Talk) -> Weighing:
        """Ask for the weight that is shown."""
        talk.say(b"\nW\r")
        found = _ANSWER.search(talk.hear(b"\r"))
        if found is None:
            raise not_understood()
        status, motion = found[1].decode("latin-1"), found[4].decode("latin-1")
        if status in _STATUSES:
            return Weighing(_STATUSES[status])
        if motion == "M":
            return Weighing(ScaleStatus.UNSTABLE)
        unit = found[7].decode("latin-1").strip(" _").lower()
        weight = grams(found[6].decode("latin-1").replace(" ", ""), _UNITS.get(unit, unit))
        if weight < 0:
            return Weighing(ScaleStatus.UNDER_ZERO, weight)
        return Weighing(ScaleStatus.STABLE if weight else ScaleStatus.ZERO, weight)

    def zero(self, talk: Talk) -> bool:
        """Set to zero; the scale answers with its weight, or with the status E where it may not."""
        talk.say(b"\nZ\r")
        return not talk.hear(b"\r").lstrip(b"\n").startswith(b"E")


_STATUSES = {
    "O": ScaleStatus.OVERWEIGHT,
    "U": ScaleStatus.UNDER_ZERO,
    "E": ScaleStatus.NOT_READY,
    "I": ScaleStatus.NOT_READY,
    "T": ScaleStatus.NOT_READY,
}
"""Over capacity, under capacity, and errors: zero, initial zero, tare."""
