"""The till's own field, in which a minus waits for what comes after it: alone it takes one off, ``-4*`` is empties."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QWindow
from PySide6.QtWidgets import QApplication

from omsdesk.ui.burst import BURST_GAP
from omsdesk.ui.keyboard import MODIFIERS, typed_text
from omsdesk.ui.widgets.search_field import CartField

MINUS = "-"
PAUSE = 350
"""Milliseconds after which a minus is alone. Whoever types a number needs less for its first digit."""

_KEPT = {Qt.Key.Key_Backspace, Qt.Key.Key_Escape, *MODIFIERS}
"""Keys that take the minus away again, as in any field, or that do nothing by themselves."""
_OWN = _KEPT | {Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_Enter}
"""Keys that come to the field in their turn."""
_PRESSES = {QEvent.Type.MouseButtonPress, QEvent.Type.TouchBegin}


class SellField(CartField):
    """Emits ``quantity_stepped(-1)`` for a minus once it is alone: after a pause, or before whatever else is done.

    Until then it stands in the field, and nothing has changed: a digit makes it the sign of a number, Backspace, Esc
    and Ctrl+Z take it away.
    """

    def __init__(self, placeholder: str, key: str = "") -> None:
        """Make an empty field."""
        super().__init__(placeholder, key)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.timeout.connect(self._waited)
        self._is_waiting = False
        self.textChanged.connect(self._text_changed)

    def settle(self) -> None:
        """Take one off now if a minus waits: something else is about to be done."""
        if self._is_waiting:
            self.clear()
            self.quantity_stepped.emit(-1)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Keep a minus until the next key says what it is."""
        if self._is_waiting and not event.text().isdecimal() and event.key() not in _KEPT:
            self.settle()
        if event.text() == MINUS and not self.text():
            self.setText(MINUS)
            self._is_waiting = True
            self._pause.start(PAUSE)
            QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]
        else:
            super().keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Take one off before a finger or a key does something with the ticket; Ctrl+Z means the minus itself."""
        if event.type() in _PRESSES:
            self.settle()
        elif isinstance(event, QKeyEvent) and event.type() is QEvent.Type.KeyPress and isinstance(watched, QWindow):
            if event.keyCombination() == Qt.Modifier.CTRL | Qt.Key.Key_Z:
                self.clear()
                return True
            if not typed_text(event) and event.key() not in _OWN:
                self.settle()
        return False

    def _text_changed(self, text: str) -> None:
        if self._is_waiting and text != MINUS:
            self._is_waiting = False
            self._pause.stop()
            QApplication.instance().removeEventFilter(self)  # type: ignore[union-attr]

    def _waited(self) -> None:
        if self._pause.interval() == PAUSE:
            # A program that was busy finds keys now that were pressed in time, and one may wait for a scanner's next.
            self._pause.start(BURST_GAP + PAUSE // 10)
        else:
            self.settle()
