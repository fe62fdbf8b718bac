"""Paper of a printer that has no hardware: it lies in the cart and takes neither the focus nor a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QMouseEvent, QWindow

from omsdesk.ui.widgets.paper_view import PaperView

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LIES = 8000
"""Milliseconds that paper lies over a ticket at most; the next key ends it sooner."""


class PrintedPaper(PaperView):
    """Emits ``gone`` when it was put away by time, by a key or by a finger elsewhere."""

    gone = Signal()
    # On the class, because the scroll area filters events before its own making is over.
    _heard: QWindow | None = None

    def __init__(self, parent: QWidget | None = None) -> None:
        """Make an empty desk."""
        super().__init__("Printed paper", parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(LIES)
        self._timer.timeout.connect(self.put_away)

    def lay_down(self, png: bytes, *, is_passing: bool) -> None:
        """Show a sheet; a passing one goes by itself."""
        self.put_away()
        self.show_pages([png])
        if is_passing:
            self._timer.start()
            self._heard = self.window().windowHandle()
            if self._heard is not None:
                self._heard.installEventFilter(self)

    def put_away(self) -> None:
        """Wait for nothing any more."""
        heard, self._heard = self._heard, None
        if heard is not None:
            heard.removeEventFilter(self)
        if self._timer.isActive() or heard is not None:
            self._timer.stop()
            self.gone.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Let every event pass, and go at the first that means something."""
        if watched is self._heard and self._ends(event):
            self.put_away()
        return super().eventFilter(watched, event)

    def _ends(self, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress:
            return True
        if event.type() != QEvent.Type.MouseButtonPress or not isinstance(event, QMouseEvent):
            return False
        place = self.mapFrom(self.window(), event.position().toPoint())
        return not self.rect().contains(place)
