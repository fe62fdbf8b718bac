"""One ear for the whole window: scanner bursts, keys that mean something everywhere, and typing that gets lost nowhere.

A keyboard-wedge scanner is a keyboard that types faster than people do and ends with Enter. Characters wait a moment
before they reach anything: what turns out to be a scan never touches the field that has the focus. Once so many came so
fast that no person can have typed them, they wait longer, because a scanner on the radio stutters.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import monotonic

from PySide6.QtCore import QElapsedTimer, QEvent, QKeyCombination, QObject, Qt, QTimer
from PySide6.QtGui import QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QWindow
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

from omsdesk.devices.scanner import Reader, Scan
from omsdesk.domain.values import check_digit
from omsdesk.ui.alt_code import character_of, digit_of
from omsdesk.ui.burst import BURST_GAP, SHORTEST_SILENT, Burst, Held

TAKES_KEYS = "takes_keys"
"""Dynamic property of a widget that is no text field and reads keys itself, as a PIN pad does."""
TAKES_PIN = "takes_pin"
"""Dynamic property of a PIN pad: a few digits typed quickly are a PIN there, and are written nowhere."""
_LONGEST_PIN = 8
"""A badge of digits alone has more (``actions/people.py``)."""
SOURCE = "keyboard"
"""What scans of a scanner that nobody set up name as their source."""

_ENDS = {Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Tab}
_MEANT = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_TEXT = (QLineEdit, QPlainTextEdit, QTextEdit, QAbstractSpinBox, QComboBox)
MODIFIERS = {Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_Meta, Qt.Key.Key_AltGr}
_DELIVERY = 10
"""Milliseconds that a key may take from the system to us."""
_SLACK, _MOST_DELAYS = 5, 5
"""Milliseconds that a timer may be late on a machine that keeps up, and how often one that does not is waited for."""
_FIRST_OF_NO_KEYBOARD = "\u2000"
"""From here on no letter is composed of an accent and a key: words of East Asia come from input methods."""
_FEWEST_BEFORE_CONTROL = 2
"""Characters of a burst before a control character is taken for one of them, and not for a person's shortcut."""


def takes_text(widget: QWidget | None) -> bool:
    """Tell whether typing into a widget means something."""
    return (
        widget is not None and widget.isVisible() and (isinstance(widget, _TEXT) or bool(widget.property(TAKES_KEYS)))
    )


def typed_text(event: QKeyEvent) -> str:
    """Tell what a key types; with Ctrl, Alt or Meta it is a command, and types nothing."""
    return "" if event.modifiers() & _MEANT else event.text()


def _is_over(front: QWindow | None, own: QWindow | None) -> bool:
    """Tell whether a window of the system is ours, or a dialog over it: another window has a keyboard of its own."""
    while front is not None and front is not own:
        front = front.transientParent()
    return front is not None


class Keyboard(QObject):
    """Sits before every widget of a window, and of the dialogs over it."""

    def __init__(
        self,
        window: QWidget,
        on_scan: Callable[[Scan], bool],
        on_keys: Callable[[QKeySequence], bool],
        typing_place: Callable[[], QWidget | None],
    ) -> None:
        """Listen to a window. ``on_scan`` and ``on_keys`` tell whether they took what came."""
        super().__init__(window)
        self._window = window
        self._on_scan, self._on_keys, self._typing_place = on_scan, on_keys, typing_place
        self._plain = Reader(source=SOURCE)
        self._readers: tuple[Reader, ...] = ()
        self._has_silent = False
        self._burst = Burst()
        self._taken: set[int] = set()
        """Keys that are down and that no widget heard of."""
        self._alt = ""
        """Digits that were pressed on the keypad since Alt was."""
        self._ended_at = -BURST_GAP
        self._first: QKeyEvent | None = None
        """The key that may be a scanner's first, and a person's."""
        self._learner: Callable[[str, str, str], None] | None = None
        self._before = ("", 0)
        """While somebody learns: the last key that was no character, and when it was pressed."""
        self._armed = self._delays = 0
        """When the timer was set, and how often it was set again because it was late."""
        self._is_sure = False
        """Whether it was in time, and what the system brings late was waited for, too."""
        self._ahead: int | None = None
        """By how much the system's moments are ahead of our clock."""
        self._clock = QElapsedTimer()
        self._clock.start()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self._waited)
        self._heard: list[QObject] = []
        """What is listened to: the window of the system that has the keys, and what composes text in it."""
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.connect(self._watch)
            app.focusObjectChanged.connect(self._watch)
        window.installEventFilter(self)

    def set_scanners(self, readers: Sequence[Reader]) -> None:
        """Know how the keyboard's scanners of this station are set."""
        self._readers = tuple(readers)
        self._has_silent = any(not reader.options.end_key for reader in readers)

    # ------------------------------------------------------------------------------ what is heard

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
            return isinstance(watched, QWindow) and self._takes(event)
        elif kind is QEvent.Type.KeyRelease and isinstance(event, QKeyEvent):
            return isinstance(watched, QWindow) and self._let_go(event)
        elif kind is QEvent.Type.InputMethod and isinstance(event, QInputMethodEvent):
            return self._composed(event)
        elif kind is QEvent.Type.MouseButtonPress:
            self.let_through()
        return False

    def _watch(self) -> None:
        """Listen to our window, to the dialog over it, and to the widget that text is composed in."""
        if not isValid(self._window):
            # The window goes, and the focus with it.
            return
        own, front = self._window.windowHandle(), QGuiApplication.focusWindow()
        place = QApplication.focusWidget()
        is_composing = place is not None and place.testAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled)
        self._listen_to([own, front, place if is_composing else None] if _is_over(front, own) else [own])

    def learn(self, learner: Callable[[str, str, str], None] | None) -> None:
        """Give every code as it comes, with the keys before and after it as Qt writes them, and to nobody else.

        Until None is given: then scans go their way again.
        """
        self._learner = learner

    def go_deaf(self) -> None:
        """Hear nothing more, for ever."""
        self._timer.stop()
        app = QGuiApplication.instance()
        if isinstance(app, QGuiApplication):
            app.focusWindowChanged.disconnect(self._watch)
            app.focusObjectChanged.disconnect(self._watch)
        self._window.removeEventFilter(self)
        self._listen_to([])

    def _listen_to(self, wanted: Sequence[QObject | None]) -> None:
        for gone in self._heard:
            if isValid(gone):
                gone.removeEventFilter(self)
        self._heard = [one for one in dict.fromkeys(wanted) if one is not None and one is not self._window]
        for one in self._heard:
            one.installEventFilter(self)

    def _takes(self, press: QKeyEvent) -> bool:
        is_taken = self._pressed(press)
        if is_taken:
            self._taken.add(press.key())
        else:
            self._taken.discard(press.key())
        return is_taken

    def _let_go(self, release: QKeyEvent) -> bool:
        """Keep the end of what a widget has not seen the beginning of: a field would paint its cursor for each."""
        if release.key() == Qt.Key.Key_Alt:
            return self._alt_let_go(release)
        is_taken = release.key() in self._taken
        self._taken.discard(release.key())
        return is_taken

    def _pressed(self, event: QKeyEvent) -> bool:
        if event.key() in MODIFIERS:
            # A scanner presses Shift for each capital: that ends no code.
            return False
        at = self._moment(event)
        if self._burst.is_over(at, has_silent=self._has_silent):
            self._end_by_silence()
        if self._is_end(event, at):
            return self._ended(event, at)
        if event.key() == Qt.Key.Key_Space and self._presses_button():
            return False
        if digit := digit_of(event):
            self._alt += digit
            return True
        if self._learner is None and self._is_first_key(event):
            return True
        text = typed_text(event)
        # The same digit twice within a millisecond looks to the system like a key that is held down.
        is_pressed = not event.isAutoRepeat() or bool(self._burst.held)
        if (text and text.isprintable() and is_pressed) or self._is_control(event, at):
            # Under another language the key of GS, Ctrl and ], is Ctrl and some other sign: that sign is kept.
            self._hold(event.text() if text or event.text() < " " else f"^{event.text()}", at, event)
            return True
        if self._learner is not None:
            if self._burst.is_code and self._learnt(_sequence(event).toString()):
                return True
            self._before = (_sequence(event).toString(), at)
        self.let_through()
        return self._means(event)

    def _learnt(self, end_key: str) -> bool:
        if self._learner is None:
            return False
        self._timer.stop()
        key, at = self._before
        raw, begun = self._burst.text, self._burst.begun
        self._burst.take()
        self._before = ("", 0)
        self._learner(raw, key if 0 <= begun - at <= BURST_GAP else "", end_key)
        return True

    def _means(self, event: QKeyEvent) -> bool:
        """Do what a key means everywhere; over a dialog it means what the dialog says."""
        front = QGuiApplication.focusWindow()
        is_ours = front is None or front is self._window.windowHandle()
        return is_ours and self._on_keys(_sequence(event))

    def _moment(self, event: QKeyEvent) -> int:
        """When a key was pressed, by the system's own clock: we may have been busy since."""
        at, now = event.timestamp(), self._clock.elapsed()
        self._ahead = at - now if at else None
        return at or now

    def _is_first_key(self, event: QKeyEvent) -> bool:
        """Take the key that a scanner presses before each code, and know from then on that it is the scanner."""
        sequence = _sequence(event).toString()
        reader = next(
            (one for one in self._readers if one.options.start_key and one.options.start_key == sequence), None
        )
        if reader is not None:
            self.let_through()
            self._burst.reader, self._first = reader, event.clone()
            self._arm()
        return reader is not None

    def _is_control(self, event: QKeyEvent, at: int) -> bool:
        """Tell whether a key with Ctrl belongs to a code: Ctrl and ] are how a scanner types GS."""
        if event.modifiers() & _MEANT != Qt.KeyboardModifier.ControlModifier or not event.text():
            return False
        burst = self._burst
        return burst.is_machine or (len(burst.held) >= _FEWEST_BEFORE_CONTROL and at - burst.last <= BURST_GAP)

    def _presses_button(self) -> bool:
        """Where typing has no place, Space presses the button that has the focus, and at once: it is let go soon."""
        is_button = isinstance(QApplication.focusWidget(), QAbstractButton)
        return is_button and not self._burst.held and self._typing_place() is None

    def _alt_let_go(self, event: QKeyEvent) -> bool:
        digits, self._alt = self._alt, ""
        if len(digits) == 1:
            # A person's shortcut, such as Alt and 2.
            self.let_through()
            self._on_keys(QKeySequence(f"Alt+{digits}"))
        elif digits:
            self._hold(character_of(digits), self._moment(event))
        return bool(digits)

    def _composed(self, event: QInputMethodEvent) -> bool:
        """Hold a letter that was composed of an accent and itself; it may come from a scanner, too."""
        text = event.commitString()
        if self._is_handing_on or not (text or event.preeditString()):
            return False
        is_letter = len(text) == 1 and text < _FIRST_OF_NO_KEYBOARD and not event.replacementLength()
        if not is_letter or event.preeditString():
            # An input method at work: what it says has an order of its own.
            self.let_through()
            return False
        # Nobody says when it was composed; after the last key, and about now.
        now = 0 if self._ahead is None else self._clock.elapsed() + self._ahead
        self._hold(text, max(self._burst.last, now))
        return True

    # ------------------------------------------------------------------------------ what waits

    @property
    def _patience(self) -> int:
        return self._burst.patience(has_silent=self._has_silent)

    _is_handing_on = False

    def _hold(self, text: str, at: int, event: QKeyEvent | None = None) -> None:
        self._first = None
        self._burst.add(text, at, event.clone() if event is not None else None)
        self._arm()

    def _arm(self) -> None:
        self._armed, self._delays, self._is_sure = self._clock.elapsed(), 0, False
        self._timer.start(self._patience)

    def _waited(self) -> None:
        """The pause was long enough, unless the program itself was busy: then more may be there, unread."""
        now = self._clock.elapsed()
        is_late, self._armed = now - self._armed > self._timer.interval() + _SLACK, now
        if is_late and self._delays < _MOST_DELAYS:
            self._delays, self._is_sure = self._delays + 1, False
            self._timer.start(self._patience)
        elif not self._is_sure:
            # Whoever was just given time to run may find keys that lay there since.
            self._is_sure = True
            self._timer.start(_DELIVERY)
        else:
            self._end_by_silence()

    def _end_by_silence(self) -> None:
        if self._burst.is_code and len(self._burst.held) >= SHORTEST_SILENT and self._learnt(""):
            return
        silent = [one for one in self._readers if not one.options.end_key]
        if silent and self._burst.is_machine and self._is_silent_code(silent) and self._heard_code(silent):
            return
        self.let_through()

    def _is_silent_code(self, silent: Sequence[Reader]) -> bool:
        return self._burst.reader in silent or len(self._burst.held) >= SHORTEST_SILENT

    def _is_end(self, event: QKeyEvent, at: int) -> bool:
        if event.key() in _ENDS:
            return True
        if not (self._burst.held or self._is_just_ended(at)):
            return False
        sequence = _sequence(event).toString()
        return event.text() in {"\r", "\n", "\t"} or any(one.options.end_key == sequence for one in self._readers)

    def _ended(self, end: QKeyEvent, at: int) -> bool:
        is_typing = bool(self._burst.held)
        if not is_typing and self._is_just_ended(at):
            # The second half of an end that is two keys, as CR and LF are.
            self._ended_at = at
            return True
        if self._burst.is_code and self._learnt(_sequence(end).toString()):
            self._ended_at = at
            return True
        if self._burst.is_code and self._heard_code(self._readers):
            self._ended_at = at
            return True
        self.let_through()
        # A person's Ctrl and Enter is a command, however fast it follows a letter.
        return (not is_typing or bool(end.modifiers() & _MEANT)) and self._means(end)

    def _is_just_ended(self, at: int) -> bool:
        return 0 <= at - self._ended_at <= BURST_GAP

    def _heard_code(self, among: Sequence[Reader]) -> bool:
        """Give what waits to whoever takes scans; tells whether it was taken."""
        raw = self._burst.text
        if raw.isdecimal() and len(raw) <= _LONGEST_PIN and not _is_article(raw) and self._is_pin_asked():
            return False
        scan = self._reader_of(raw, among).read(raw, monotonic())
        if scan is not None and not self._on_scan(scan):
            return False
        # What is no scan now is one that was read twice: it is no typing either.
        self._timer.stop()
        self._burst.take()
        return True

    def _is_pin_asked(self) -> bool:
        place = self._place()
        return place is not None and bool(place.property(TAKES_PIN))

    def _reader_of(self, raw: str, among: Sequence[Reader]) -> Reader:
        if self._burst.reader is not None:
            return self._burst.reader
        fits = [one for one in among if one.knows(raw)]
        fits += [one for one in among if not one.options.prefix and not one.options.start_key]
        return (fits or [self._plain])[0]

    def let_through(self) -> None:
        """Hand on what waited: it was no scan, as far as one can tell."""
        self._timer.stop()
        first, self._first = self._first, None
        if first is not None:
            self._burst.take()
            self._means(first)
        for one in self._burst.take():
            place = self._place()
            if place is not None:
                self._hand_on(one, place)

    def _hand_on(self, one: Held, place: QWidget) -> None:
        if one.event is None:
            composed = QInputMethodEvent()
            composed.setCommitString(one.text)
            self._is_handing_on = True
            QApplication.sendEvent(place, composed)
            self._is_handing_on = False
        elif typed_text(one.event) or not self._means(one.event):
            QApplication.sendEvent(place, one.event)

    def _place(self) -> QWidget | None:
        focus = QApplication.focusWidget()
        if QApplication.activePopupWidget() is not None:
            # A list that is open has the keys: letters choose in it.
            return focus
        if takes_text(focus) or (focus is not None and focus.window() is not self._window.window()):
            return focus
        place = self._typing_place()
        if place is not None:
            place.setFocus(Qt.FocusReason.ShortcutFocusReason)
        return place or focus


def _is_article(digits: str) -> bool:
    """Tell whether digits that came in a flash are the number of a small article (EAN-8), and no PIN."""
    return len(digits) == _LONGEST_PIN and digits[-1] == str(check_digit(digits[:-1]))


def _sequence(event: QKeyEvent) -> QKeySequence:
    # The keypad's keys mean what the same keys mean elsewhere.
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = Qt.Key.Key_Return if event.key() == Qt.Key.Key_Enter else Qt.Key(event.key())
    return QKeySequence(QKeyCombination(modifiers, key))
