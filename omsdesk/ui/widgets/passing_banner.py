"""A strip over the foot of its page: it moves nothing that somebody is about to tap, and goes when it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, QTimer, Signal

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from PySide6.QtGui import QMoveEvent, QResizeEvent

MARGIN = 16
READ_IN = 6000
"""Milliseconds after which what asks nothing of anybody goes by itself."""

_ASKS_NOTHING = {Tone.OK, Tone.ACCENT}


class PassingBanner(Banner):
    """Put it into the layout of a page, between head and body.

    Only a neutral sentence, which tells of a state that lasts, takes a place there; every other one lies over the foot
    of the page. A tap puts it away, and so does time if it asks nothing.
    """

    gone = Signal()
    """Emitted when it was put away, by a tap or by time; not where its page took it back."""

    def __init__(self, height: int = 44) -> None:
        """Say nothing yet."""
        super().__init__(height=height, has_close=True)
        self._is_over = False
        self._read = QTimer(self)
        self._read.setSingleShot(True)
        self._read.setInterval(READ_IN)
        self._read.timeout.connect(self.put_away)
        self.closed.connect(self.put_away)

    def say(self, text: str, tone: Tone, icon: str, button: str = "", key: str = "") -> None:
        """Show a sentence; a new one begins to be read anew."""
        is_new = text != self.text() or self.isHidden()
        self._is_over = tone is not Tone.NEUTRAL
        self.close_key.setVisible(self._is_over)
        super().say(text, tone, icon, button, key)
        if tone not in _ASKS_NOTHING:
            self._read.stop()
        elif is_new:
            self._read.start()
        self._lie_over()

    def put_away(self) -> None:
        """Go: it was read."""
        self._read.stop()
        if not self.isHidden():
            self.hide()
            self.gone.emit()

    def sizeHint(self) -> QSize:
        """No height of the page's own where it lies over the page."""
        hint = super().sizeHint()
        return QSize(hint.width(), 0) if self._is_over else hint

    def minimumSizeHint(self) -> QSize:
        """Nothing that the page would have to be larger for."""
        return QSize(0, 0) if self._is_over else super().minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at the foot, whatever the layout wants."""
        super().resizeEvent(event)
        self._lie_over()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Stay at the foot, whatever the layout wants."""
        super().moveEvent(event)
        self._lie_over()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._lie_over()

    def _lie_over(self) -> None:
        page = self.parentWidget()
        if not self._is_over or page is None:
            return
        height = max(super().sizeHint().height(), theme.current().px(self.close_key.HEIGHT) + 8)
        place = QRect(MARGIN, page.height() - height - MARGIN, max(0, page.width() - 2 * MARGIN), height)
        if self.geometry() != place:
            self.setGeometry(place)
        self.raise_()
