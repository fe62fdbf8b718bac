"""A strip at the foot of its page: it covers nothing, moves nothing above it, and goes when it was read."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, QTimer, Signal

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.banner import Banner

if TYPE_CHECKING:
    from PySide6.QtGui import QHideEvent, QMoveEvent, QResizeEvent, QShowEvent

MARGIN = 16
READ_IN = 6000
"""Milliseconds after which what asks nothing of anybody goes by itself."""

_ASKS_NOTHING = {Tone.OK, Tone.ACCENT}


class PassingBanner(Banner):
    """Put it into the layout of a page, between head and body.

    Only a neutral sentence, which tells of a state that lasts, takes a place there; every other one stands at the foot
    of the page, which ends above it for so long. A tap puts it away, and so does time if it asks nothing.
    """

    gone = Signal()
    """Emitted when it was put away, by a tap or by time; not where its page took it back."""

    def __init__(self, height: int = 44) -> None:
        """Say nothing yet."""
        super().__init__(height=height, has_close=True)
        self._is_at_foot = False
        self._kept = 0
        """How much of its page's foot is kept free for it."""
        self._read = QTimer(self)
        self._read.setSingleShot(True)
        self._read.setInterval(READ_IN)
        self._read.timeout.connect(self.put_away)
        self.closed.connect(self.put_away)

    def say(self, text: str, tone: Tone, icon: str, button: str = "", key: str = "") -> None:
        """Show a sentence; a new one begins to be read anew."""
        is_new = text != self.text() or self.isHidden()
        self._is_at_foot = tone is not Tone.NEUTRAL
        self.close_key.setVisible(self._is_at_foot)
        super().say(text, tone, icon, button, key)
        if tone not in _ASKS_NOTHING:
            self._read.stop()
        elif is_new:
            self._read.start()
        self._stand()

    def put_away(self) -> None:
        """Go: it was read."""
        self._read.stop()
        if not self.isHidden():
            self.hide()
            self.gone.emit()

    def sizeHint(self) -> QSize:
        """No height of the page's own where it lies over the page."""
        hint = super().sizeHint()
        return QSize(hint.width(), 0) if self._is_at_foot else hint

    def minimumSizeHint(self) -> QSize:
        """Nothing that the page would have to be larger for."""
        return QSize(0, 0) if self._is_at_foot else super().minimumSizeHint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Stay at the foot, whatever the layout wants."""
        super().resizeEvent(event)
        self._stand()

    def moveEvent(self, event: QMoveEvent) -> None:
        """Stay at the foot, whatever the layout wants."""
        super().moveEvent(event)
        self._stand()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._stand()

    def showEvent(self, event: QShowEvent) -> None:
        """Take the foot of a page that is shown again."""
        super().showEvent(event)
        self._stand()

    def hideEvent(self, event: QHideEvent) -> None:
        """Give the foot of the page back, whoever took the strip away."""
        super().hideEvent(event)
        self._keep_free(0)

    def _stand(self) -> None:
        page = self.parentWidget()
        if page is None or self.isHidden():
            return
        if not self._is_at_foot:
            self._keep_free(0)
            return
        height = max(super().sizeHint().height(), theme.current().px(self.close_key.HEIGHT) + 8)
        self._keep_free(height + 2 * MARGIN)
        place = QRect(MARGIN, page.height() - height - MARGIN, max(0, page.width() - 2 * MARGIN), height)
        if self.geometry() != place:
            self.setGeometry(place)
        self.raise_()

    def _keep_free(self, height: int) -> None:
        """Let the page end above the strip."""
        page = self.parentWidget()
        layout = page.layout() if page is not None else None
        if layout is None or height == self._kept:
            return
        margins = layout.contentsMargins()
        layout.setContentsMargins(
            margins.left(), margins.top(), margins.right(), margins.bottom() + height - self._kept
        )
        self._kept = height
