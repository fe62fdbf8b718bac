"""Characters that are typed by their number: Alt held, and the digits of the keypad.

Scanners use it that send what no keyboard has, such as GS as Alt+029, and all of a code where they are set to work
under every keyboard's language. Windows makes the character itself; elsewhere nobody does.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

IS_OURS = sys.platform != "win32"
"""Whether the digits come to us, and the character does not."""

_MOVES = (
    Qt.Key.Key_Insert, Qt.Key.Key_End, Qt.Key.Key_Down, Qt.Key.Key_PageDown, Qt.Key.Key_Left, Qt.Key.Key_Clear,
    Qt.Key.Key_Right, Qt.Key.Key_Home, Qt.Key.Key_Up, Qt.Key.Key_PageUp,
)  # fmt: skip
"""What the digits of the keypad are, from 0 to 9, while Num Lock is off."""
_HELD = Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.KeypadModifier


def digit_of(event: QKeyEvent) -> str:
    """Give the digit of a key of the keypad that was pressed while Alt was held; empty for any other key."""
    if not IS_OURS or event.modifiers() & _HELD != _HELD:
        return ""
    key = Qt.Key(event.key())
    if Qt.Key.Key_0 <= key <= Qt.Key.Key_9:
        return chr(key)
    return str(_MOVES.index(key)) if key in _MOVES else ""


def character_of(digits: str) -> str:
    """Give the character of a number, as Windows does: with a zero before it of code page 1252, else of 437."""
    number = int(digits) & 0xFF
    if number < 0x80:
        return chr(number)
    return bytes((number,)).decode("cp1252" if digits.startswith("0") else "cp437", errors="replace")
