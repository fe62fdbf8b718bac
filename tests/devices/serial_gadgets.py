"""Devices at the other end of a serial cable: they hear what the program says and answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from contextlib import suppress

from tests.devices.wires.terminals import Cable


class Gadget:
    """Answers each piece that it hears as ``answer`` says; bytes of one question may come in pieces."""

    def __init__(self, answer: Callable[[bytes], bytes]) -> None:
        self.cable = Cable()
        self._answer = answer
        self._is_stopping = threading.Event()
        self.switch_on()

    def switch_on(self) -> None:
        """Listen and answer."""
        self._is_stopping.clear()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    @property
    def name(self) -> str:
        """The port to open."""
        return self.cable.name

    def switch_off(self) -> None:
        """Answer nothing any more; the cable stays plugged in."""
        self._is_stopping.set()
        self._thread.join(5)

    def pull_out(self) -> None:
        """Take the cable away."""
        self.switch_off()
        self.cable.pull_out()

    def _run(self) -> None:
        with suppress(OSError):
            while not self._is_stopping.is_set():
                data = self.cable.hear(0.02)
                if data:
                    said = self._answer(data)
                    if said:
                        self.cable.say(said)


class Frames:
    """Collects pieces until one of the known questions stands at the end."""

    def __init__(self, questions: dict[bytes, Callable[[], bytes]]) -> None:
        self._questions, self._heard = questions, b""

    def __call__(self, data: bytes) -> bytes:
        self._heard += data
        for question, answer in self._questions.items():
            if self._heard.endswith(question):
                self._heard = b""
                return answer()
        return b""


def now() -> float:
    """The clock that the foreign emulators go by."""
    return time.monotonic()
