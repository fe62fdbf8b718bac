"""Dialog06: the till gives a price a kilogram, and is given weight and amount once the goods have come to rest.

Source: Dialog06 as Bizerba, Mettler and Avery Berkel describe it. A record is STX, its number, ESC and fields, ETX;
EOT and ENQ ask for the next one. The till sells by its own prices: the price that is sent is one unit, and only the
weight counts. A scale that is set to check the till's program (record 11) wants a secret of its
maker, and has to be set not to.
"""

from __future__ import annotations

import re

from omsdesk.devices.polled_scale import not_understood
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scale import ScaleStatus, Weighing
from omsdesk.devices.talk import Talk

_STX, _ETX, _EOT, _ENQ, _ACK, _ESC = b"\x02", b"\x03", b"\x04", b"\x05", b"\x06", b"\x1b"
_PRICE = _EOT + _STX + b"01" + _ESC + b"000100" + _ESC + _ETX
_WEIGHT = re.compile(rb"\x0202\x1b(\d)\x1b(\d{5})\x1b(\d{6})\x1b(\d{6})\x03\Z")
_REFUSED = re.compile(rb"\x0209\x1b(\d\d)\x03\Z")
_CHECKED = re.compile(rb"\x0211\x1b")

_STATUSES = {
    "20": ScaleStatus.UNSTABLE,
    "21": ScaleStatus.UNSTABLE,
    "22": ScaleStatus.UNSTABLE,
    "30": ScaleStatus.ZERO,
    "31": ScaleStatus.UNDER_ZERO,
    "32": ScaleStatus.OVERWEIGHT,
}
"""20: still moving; 21: not moved since the last weight; 22: not ready yet; 30: below the least load."""
_NOT_MOVED = "21"


class Dialog06:
    """Weighs each thing once: what was given stays until the goods have moved."""

    def __init__(self) -> None:
        self._last = Weighing(ScaleStatus.ZERO)

    def weigh(self, talk: Talk) -> Weighing:
        """Give the price, and ask for the weight."""
        talk.say(_PRICE)
        talk.hear(_ACK)
        talk.say(_EOT + _ENQ)
        frame = talk.hear(_ETX)
        if found := _WEIGHT.search(frame):
            weight = int(found[2])
            self._last = Weighing(ScaleStatus.STABLE if weight else ScaleStatus.ZERO, weight)
            return self._last
        if found := _REFUSED.search(frame):
            code = found[1].decode("ascii")
            if code == _NOT_MOVED:
                return self._last
            return Weighing(_STATUSES.get(code, ScaleStatus.NOT_READY))
        if _CHECKED.search(frame):
            sentence = (
                "The scale wants to check the till's program. Set it to work without a check (Dialog06, record 11)."
            )
            raise DeviceError(ErrorCode.ILLEGAL, sentence)
        raise not_understood()

    def zero(self, talk: Talk) -> bool:
        """Its key has to be pressed."""
        return False
