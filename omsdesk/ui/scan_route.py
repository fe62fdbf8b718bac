"""The way of every scan, whatever read it: to the screen in front, or into a queue while a dialog is open."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication, QLineEdit, QPlainTextEdit

from omsdesk.devices.scanner import Scan

_LOOK_MS = 100
"""How often it is looked whether the dialog is gone, while something waits."""


class ScanRoute(QObject):
    """Gives scans in the order in which they were read."""

    heard = Signal(object)
    """A scan that just came, whoever takes it."""
    given = Signal(object, bool)
    """A scan, and whether somebody took it."""
    waiting_changed = Signal(int)
    """How many wait now."""

    def __init__(self, give: Callable[[Scan], bool], is_asking: Callable[[], bool]) -> None:
        """``give`` hands a scan to whatever is in front; ``is_asking`` tells whether the window wants an answer."""
        super().__init__()
        self._give, self._is_asking = give, is_asking
        self.waiting: list[Scan] = []
        self._timer = QTimer(self)
        self._timer.setInterval(_LOOK_MS)
        self._timer.timeout.connect(self._look)

    @property
    def is_blocked(self) -> bool:
        """Whether nothing behind a dialog may change now."""
        return self._is_asking() or QApplication.activeModalWidget() is not None

    def take(self, scan: Scan) -> bool:
        """Take a scan that was typed; False leaves its characters to whatever has the focus."""
        self.heard.emit(scan)
        if self.waiting or self.is_blocked:
            self._wait(scan)
            return True
        return self._handed(scan)

    def arrived(self, scan: Scan) -> None:
        """Take a scan that came over a wire. What nobody wants goes where typing would."""
        if not self.take(scan):
            write(scan)

    def _wait(self, scan: Scan) -> None:
        self.waiting.append(scan)
        self._timer.start()
        self.waiting_changed.emit(len(self.waiting))

    def _look(self) -> None:
        while self.waiting and not self.is_blocked:
            scan = self.waiting.pop(0)
            self.waiting_changed.emit(len(self.waiting))
            if not self._handed(scan):
                write(scan)
        if not self.waiting:
            self._timer.stop()

    def _handed(self, scan: Scan) -> bool:
        is_taken = self._give(scan)
        self.given.emit(scan, is_taken)
        return is_taken


def write(scan: Scan) -> None:
    """Write what a label says into the field that has the focus, if one has."""
    place = QApplication.focusWidget()
    if place is not None and place.window().windowType() is Qt.WindowType.Tool:
        # The scanner that is clicked has a field itself.
        return
    if isinstance(place, QLineEdit) and not place.isReadOnly():
        place.insert(scan.text)
    elif isinstance(place, QPlainTextEdit) and not place.isReadOnly():
        place.insertPlainText(scan.text)
