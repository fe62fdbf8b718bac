"""Keys as they come from the system, each with the moment in which it was pressed.

A scanner is told from a person by these moments, so they must not depend on how busy the machine is.
"""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

_BETWEEN_MS = 2
_NONE, _SHIFT = Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.ShiftModifier
_CTRL, _KEYPAD = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.KeypadModifier
_ALT = Qt.KeyboardModifier.AltModifier


def strike(window: QWindow, letter: str) -> None:
    """Press the key of a letter now."""
    _press(window, Qt.Key(ord(letter.upper())), letter, _now())


def burst(window: QWindow, code: str, *ends: Qt.Key | None, begin: Qt.Key | None = None) -> None:
    """Let a scanner type a code and its end (Enter), a key every two milliseconds by its own clock.

    Control characters are typed with Ctrl, as scanners do.
    """
    at = _now()
    keys = [begin] if begin else []
    for place, key in enumerate([*keys, *code, *(ends or (Qt.Key.Key_Return,))]):
        if isinstance(key, str):
            _press(window, Qt.Key(ord(key.upper()) if key >= " " else ord(key) + 64), key, at + place * _BETWEEN_MS)
        elif key is not None:
            _press(window, key, "", at + place * _BETWEEN_MS)


def alt_code(window: QWindow, number: str, *, has_num_lock: bool = True) -> None:
    """Type a character by its number: Alt, the digits of the keypad, Alt."""
    at = _now()
    moves = ("Insert", "End", "Down", "PageDown", "Left", "Clear", "Right", "Home", "Up", "PageUp")
    for digit in number:
        key = Qt.Key(ord(digit)) if has_num_lock else Qt.Key[f"Key_{moves[int(digit)]}"]
        _send(window, QEvent.Type.KeyPress, key, _ALT | _KEYPAD, digit if has_num_lock else "", at)
    _send(window, QEvent.Type.KeyRelease, Qt.Key.Key_Alt, _NONE, "", at)


def _now() -> int:
    return int(monotonic() * 1000)


def _press(window: QWindow, key: Qt.Key, text: str, at: int) -> None:
    shift = _SHIFT if text.isupper() else _CTRL if "" < text < " " else _NONE
    _send(window, QEvent.Type.KeyPress, key, shift, text, at)


def _send(window: QWindow, kind: QEvent.Type, key: Qt.Key, held: Qt.KeyboardModifier, text: str, at: int) -> None:
    event = QKeyEvent(kind, key, held, text)
    event.setTimestamp(at)
    QApplication.sendEvent(window, event)
