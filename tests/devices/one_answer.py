"""One conversation over a real serial cable."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

from omsdesk.devices.talk import Talk
from omsdesk.devices.wires.serial_line import SerialPort
from tests.devices.serial_gadgets import Frames, Gadget

_Answer = TypeVar("_Answer")


def answered(answers: dict[bytes, bytes], ask: Callable[[Talk], _Answer]) -> _Answer:
    """Ask a device that answers each question so."""
    gadget = Gadget(Frames({question: (lambda said=said: said) for question, said in answers.items()}))  # type: ignore[misc]
    port = SerialPort(gadget.name)
    port.open(time.monotonic() + 20)
    try:
        return ask(Talk(port, 2.0))
    finally:
        port.close()
        gadget.pull_out()
