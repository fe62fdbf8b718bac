"""CAS: ENQ is answered by ACK, then DC1 by a frame with status, sign, weight, unit and a check character.

Source: CAS, AP-1 and PD-II owner's manuals, ECR interface. Frame: SOH STX, ``S`` steady or ``U``, sign (`` ``, ``-``,
``F`` over capacity), six characters of weight, two of unit, BCC (exclusive or of all between STX and it), ETX EOT.
"""

from __future__ import annotations

from functools import reduce
from operator import xor

from omsdesk.devices.polled_scale import grams, not_understood
from omsdesk.devices.scale import ScaleStatus, Weighing
from omsdesk.devices.talk import Talk

_ENQ, _ACK, _DC1, _START, _END = b"\x05", b"\x06", b"\x11", b"\x01\x02", b"\x03\x04"
_BODY = 10


class Cas:
    """Names its unit itself."""

    def weigh(self, talk: Talk) -> Weighing:
        """Ask whether it is there, and then for the weight."""
        talk.say(_ENQ)
        talk.hear(_ACK)
        talk.say(_DC1)
        frame = talk.hear(_END)
        _, _, rest = frame.partition(_START)
        body, check = rest[:_BODY], rest[_BODY : _BODY + 1]
        if len(body) < _BODY or check != bytes([reduce(xor, body)]):
            raise not_understood()
        text = body.decode("latin-1")
        if text[1] == "F":
            return Weighing(ScaleStatus.OVERWEIGHT)
        if text[0] != "S":
            return Weighing(ScaleStatus.UNSTABLE)
        weight = grams(text[1:8].replace(" ", ""), text[8:10].strip().lower())
        if weight < 0:
            return Weighing(ScaleStatus.UNDER_ZERO, weight)
        return Weighing(ScaleStatus.STABLE if weight else ScaleStatus.ZERO, weight)

    def zero(self, talk: Talk) -> bool:
        """Its key has to be pressed."""
        return False
