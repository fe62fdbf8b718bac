"""A scale that is not ours: emupos speaks Toledo 8217 and SMA at the other end of a serial cable."""

from __future__ import annotations

import importlib.resources
import threading

from tests.devices.foreign_printer import _emupos
from tests.devices.serial_gadgets import Gadget, now


class ForeignScale:
    """``protocol`` is the name of one of its profiles: ``toledo8217-15kg`` or ``sma-15kg``."""

    def __init__(self, protocol: str) -> None:
        config = _emupos("emupos.config")
        text = importlib.resources.files("emupos").joinpath(f"profiles/scales/{protocol}.yaml").read_text()
        self._scale = _emupos("emupos.scale.scale").Scale("scale", config._parse_profile(text, protocol))
        self._scale.open_connection("till", now())
        self._lock = threading.Lock()
        self.gadget = Gadget(self._answer)

    def put(self, grams: int, *, is_steady: bool = True) -> None:
        """Let so many grams lie on it."""
        with self._lock:
            self._scale.set_weight(grams, is_steady, now())

    def _answer(self, data: bytes) -> bytes:
        with self._lock:
            return b"".join(write.data for write in self._scale.receive("till", data, now()).writes)
