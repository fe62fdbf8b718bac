"""One ear for the whole window: scanner bursts, keys that mean something everywhere, and typing that gets lost nowhere.

A keyboard-wedge scanner is a keyboard that types faster than people do and ends with Enter. Characters wait a moment
before they reach anything: what turns out to be a scan never touches the field that has the focus.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)

BURST_GAP = 40
"""Milliseconds between two characters of a scanner at most; people need more."""
SHORTEST_SCAN = 4

TAKES_KEYS = "takes_keys"
"""Dynamic property of a widget that is no text field and reads keys itself, as a PIN pad does."""

_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_MEANT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_TEXT = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)


def takes_text(widget: QWidget | None) -> bool:
    """Tell whether typing into a widget means something."""
    return (
        widget is not None and widget.isVisible() and (isinstance(widget, _TEXT) or bool(widget.property(TAKES_KEYS)))
    )


class Keyboard(QObject):
    """Sits before every widget of a window."""

    def __init__(
        self,
        window: QWidget,
        on_scan: Callable[[str], bool],
        on_keys: Callable[[QKeySequence], bool],
        typing_place: Callable[[], QWidget | None],
    ) -> None:
        """Listen to a window. ``on_scan`` and ``on_keys`` tell whether they took what came."""
        super().__init__(window)
        self._window = window
        self._on_scan, self._on_keys, self._typing_place = on_scan, on_keys, typing_place
        self._waiting: list[QKeyEvent] = []
        self._last = 0
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BURST_GAP)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.let_through)
        self._handle: QWindow | None = None
        window.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Look at keys before any widget; a press of the mouse ends what was being typed.

        The system's window is watched and not the application: a filter that sees every event of every widget would
        cost more than the painting.
        """
        kind = event.type()
        if watched is self._window:
            if kind in {QEvent.Type.WinIdChange, QEvent.Type.Show}:
                self._watch()
        elif kind is QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._pressed(event)
        elif kind is QEvent.Type.MouseButtonPress and self._waiting:
            self.let_through()
        return False

    def _watch(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)

    def _pressed(self, event: QKeyEvent) -> bool:
        at = event.timestamp() or self._clock.elapsed()
        if self._waiting and at - self._last > BURST_GAP:
            self.let_through()
        if event.key() in _ENDS and self._waiting:
            return self._ended()
        text = event.text()
        if text and text.isprintable() and not event.modifiers() & _MEANT and not event.isAutoRepeat():
            self._waiting.append(event.clone())
            self._last = at
            self._timer.start()
            return True
        self.let_through()
        return event.key() not in _MODIFIERS and self._on_keys(_sequence(event))

    def _ended(self) -> bool:
        code = "".join(event.text() for event in self._waiting)
        if len(code) >= SHORTEST_SCAN and self._on_scan(code):
            self._waiting.clear()
            self._timer.stop()
            return True
        self.let_through()
        return False

    def let_through(self) -> None:
        """Hand on what waited: it was no scan."""
        waiting, self._waiting = self._waiting, []
        self._timer.stop()
        for event in waiting:
            place = self._place()
            if place is not None:
                QApplication.sendEvent(place, event)

    def _place(self) -> QWidget | None:
        focus = QApplication.focusWidget()
        if takes_text(focus):
            return focus
        place = self._typing_place()
        if place is not None:
            place.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return place or focus


_MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}


def _sequence(event: QKeyEvent) -> QKeySequence:
    # The keypad's keys mean what the same keys mean elsewhere.
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    return QKeySequence(QKeyCombination(modifiers, key))
