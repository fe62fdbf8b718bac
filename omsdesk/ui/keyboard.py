"""One ear for the whole window: scanner bursts, keys that mean something everywhere, and typing that gets lost nowhere.

A keyboard-wedge scanner is a keyboard that types faster than people do and ends with Enter. Characters wait a moment
before they reach anything: what turns out to be a scan never touches the field that has the focus. A scanner that
stutters, as one on the radio does, is known by its parts, each faster than a person, and what a field got of them is
taken back.
"""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QElapsedTimer, QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QKeySequence, QWindow
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
    QWidget,
)
from shiboken6 import isValid

BURST_GAP = 40
"""Milliseconds between two characters of a scanner at most; people need more."""
STUTTER = 300
"""Milliseconds that a scanner may stop for in the middle of a code."""
SHORTEST_SCAN = 4
SHORTEST_STUTTERED = 8
"""Characters that a scan with a stop in it has at least."""

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


def typed_text(event: QKeyEvent) -> str:
    """Tell what a key types; with Ctrl, Alt or Meta it is a command, and types nothing."""
    return "" if event.modifiers() & _MEANT else event.text()


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
        self._taken: set[int] = set()
        """Keys that are down and that no widget heard of."""
        self._handed = ""
        """What was handed on already though it looks like the beginning of a scan."""
        self._before: dict[QLineEdit, str] = {}
        """What stood in the fields that got some of it."""
        self._last = self._armed = 0
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(BURST_GAP)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._waited)
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
            return self._takes(event)
        elif kind is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return self._let_go(event)
        elif kind is QEvent.Type.MouseButtonPress:
            self._end_run()
        return False

    def _takes(self, press: QKeyEvent) -> bool:
        is_taken = self._pressed(press)
        if is_taken:
            self._taken.add(press.key())
        else:
            self._taken.discard(press.key())
        return is_taken

    def _let_go(self, release: QKeyEvent) -> bool:
        """Keep the end of what a widget has not seen the beginning of: a field would paint its cursor for each."""
        is_taken = release.key() in self._taken
        self._taken.discard(release.key())
        return is_taken

    def _watch(self) -> None:
        handle = self._window.windowHandle()
        if handle is not None and handle is not self._handle:
            self._handle = handle
            handle.installEventFilter(self)

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in _MODIFIERS:
            # A scanner presses Shift for each capital: that ends no code.
            return False
        at = event.timestamp() or self._clock.elapsed()
        if self._waiting and at - self._last > BURST_GAP:
            self.let_through()
        if at - self._last > STUTTER:
            self._end_run()
        if event.key() in _ENDS:
            return self._ended(event)
        if event.key() == Qt.Key.Key_Space and self._presses_button():
            return False
        text = typed_text(event)
        if text and text.isprintable() and not event.isAutoRepeat():
            self._typed(event, at)
            return True
        self._end_run()
        return self._on_keys(_sequence(event))

    def _presses_button(self) -> bool:
        """Where typing has no place, Space presses the button that has the focus, and at once: it is let go soon."""
        is_button = isinstance(QApplication.focusWidget(), QAbstractButton)
        return is_button and not self._waiting and self._typing_place() is None

    def _typed(self, event: QKeyEvent, at: int) -> None:
        self._waiting.append(event.clone())
        self._last, self._armed = at, self._clock.elapsed()
        self._timer.start()

    def _waited(self) -> None:
        """The pause was long enough, unless the program itself was busy: then more may be there, unread."""
        now = self._clock.elapsed()
        is_late, self._armed = now - self._armed > 2 * BURST_GAP, now
        if is_late:
            self._timer.start()
        else:
            self.let_through()

    def _ended(self, end: QKeyEvent) -> bool:
        is_typing = bool(self._waiting)
        code = self._handed + "".join(event.text() for event in self._waiting)
        typed = {field: field.text() for field in self._before if isValid(field)}
        if self._is_scan(code) and self._on_scan(code):
            self._waiting.clear()
            self._take_back(typed)
            self._end_run()
            return True
        self._end_run()
        return not is_typing and self._on_keys(_sequence(end))

    def _is_scan(self, code: str) -> bool:
        if not self._handed:
            return len(code) >= SHORTEST_SCAN
        return len(code) >= SHORTEST_STUTTERED

    def _take_back(self, typed: dict[QLineEdit, str]) -> None:
        for field, text in self._before.items():
            # What the scan itself put there stays.
            if isValid(field) and field.text() == typed.get(field):
                field.setText(text)

    def _end_run(self) -> None:
        self.let_through()
        self._forget()

    def _forget(self) -> None:
        self._handed = ""
        self._before.clear()

    def let_through(self) -> None:
        """Hand on what waited: it was no scan, as far as one can tell."""
        waiting, self._waiting = self._waiting, []
        self._timer.stop()
        for event in waiting:
            place = self._place()
            if isinstance(place, QLineEdit):
                self._before.setdefault(place, place.text())
            if place is not None:
                QApplication.sendEvent(place, event)
        if len(waiting) >= SHORTEST_SCAN:
            self._handed += "".join(event.text() for event in waiting)
        elif waiting:
            # So few come from a person: what follows is no part of it.
            self._forget()

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
