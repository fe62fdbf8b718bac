"""Keys as they come from the system, each with the moment in which it was pressed.

A scanner is told from a person by these moments, so they must not depend on how busy the machine is.
"""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

_BETWEEN_MS = 2


def strike(window: QWindow, letter: str) -> None:
    """Press the key of a letter now."""
    _press(window, Qt.Key(ord(letter.upper())), letter, _now())


def burst(window: QWindow, code: str, end: Qt.Key | None = Qt.Key.Key_Return) -> None:
    """Let a scanner type a code and its end, a key every two milliseconds by its own clock."""
    begun = _now()
    keys = [(Qt.Key(ord(letter.upper())), letter) for letter in code]
    for place, (key, text) in enumerate([*keys, (end, "")] if end else keys):
        _press(window, key, text, begun + place * _BETWEEN_MS)


def _now() -> int:
    return int(monotonic() * 1000)


def _press(window: QWindow, key: Qt.Key, text: str, at: int) -> None:
    shift = Qt.KeyboardModifier.ShiftModifier if text.isupper() else Qt.KeyboardModifier.NoModifier
    event = QKeyEvent(QEvent.Type.KeyPress, key, shift, text)
    event.setTimestamp(at)
    QApplication.sendEvent(window, event)
