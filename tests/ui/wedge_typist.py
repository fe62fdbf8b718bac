"""A scanner and a person at the keyboard of a real X server: a process of its own, for ``test_keyboard_wedge.py``.

The scanner is emupos, which presses physical keys as a scanner for the American keyboard does, whatever the layout of
the server. On standard input comes a plan in JSON: ``["scan", "4006381333931", gap]``, ``["type", "oat", gap]``,
``["alt", "029"]``, ``["wait", 100]``, ``["key", keycode, held keycode]``. Milliseconds throughout.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Iterator
from typing import Any

from tests.devices.foreign_printer import _emupos

ALT, CONTROL = 64, 37
"""Codes of physical keys, as evdev numbers them, plus 8."""
KEYPAD = (90, 87, 88, 89, 83, 84, 85, 79, 80, 81)


class Typist:
    """Presses keys."""

    def __init__(self) -> None:
        self._keys = _emupos("emupos.scanner.keys")
        self._board = _emupos("emupos.transports.keyboard.x11").X11Keyboard()
        self._board.check_ready()
        self._x11, self._xtst = self._board._libraries

    def scan(self, code: str, gap: int = 2, suffix: str = "enter") -> None:
        """Let the scanner type a code."""
        self._press(self._keys.plan_keys(code, suffix, False), gap)

    def type(self, word: str, gap: int) -> None:
        """Type as a person does."""
        self._press(self._keys.plan_keys(word, "none", False), gap)

    def key(self, code: int, held: int = 0) -> None:
        """Press one physical key, with another one held."""
        for key, is_down in ((held, 1), (code, 1), (code, 0), (held, 0)):
            if key:
                self._xtst.XTestFakeKeyEvent(self._board._display, key, is_down, 0)
        self._x11.XFlush(self._board._display)

    def alt(self, number: str) -> None:
        """Type a character by its number."""
        send = self._xtst.XTestFakeKeyEvent
        send(self._board._display, ALT, 1, 0)
        for digit in number:
            send(self._board._display, KEYPAD[int(digit)], 1, 0)
            send(self._board._display, KEYPAD[int(digit)], 0, 0)
        send(self._board._display, ALT, 0, 0)
        self._x11.XFlush(self._board._display)

    def wait(self, milliseconds: int) -> None:
        """Do nothing."""
        self._x11.XFlush(self._board._display)
        time.sleep(milliseconds / 1000)

    def _press(self, keys: Iterator[Any], gap: int) -> None:
        for key in keys:
            if not self._board.press(key):
                raise SystemExit(f"there is no key for {key}")
            time.sleep(gap / 1000)


def main() -> None:
    """Do everything that the plan says."""
    typist = Typist()
    for verb, *rest in json.load(sys.stdin):
        getattr(typist, verb)(*rest)
    typist.wait(50)


if __name__ == "__main__":
    main()
