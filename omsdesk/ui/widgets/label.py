"""Text that follows the theme: a size, a weight and the role of its colour."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize
from PySide6.QtGui import QPainter, QPalette
from PySide6.QtWidgets import QLabel

from omsdesk.ui import theme
from omsdesk.ui.widgets.painting import write

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.theme import Tone


class Label(QLabel):
    """Plain text of any size; its tone is the colour of a word (``NEUTRAL`` is the muted one, ``None`` the usual)."""

    def __init__(
        self, text: str = "", size: int = 16, weight: int = 400, tone: Tone | None = None, parent: QWidget | None = None
    ) -> None:
        """Show ``text`` at ``size`` pixels before scaling."""
        super().__init__(text, parent)
        self._size, self._weight, self._tone = size, weight, tone
        self._follow_theme()

    def set_tone(self, tone: Tone | None) -> None:
        """Change what the colour says."""
        if tone is not self._tone:
            self._tone = tone
            self._follow_theme()

    def minimumSizeHint(self) -> QSize:
        """Room for a word or two: a longer text is shortened. Wrapped text keeps every word."""
        hint = super().minimumSizeHint()
        return hint if self.wordWrap() else QSize(min(hint.width(), theme.current().px(120)), hint.height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Shorten what does not fit with an ellipsis."""
        room = self.contentsRect()
        if self.wordWrap() or self.fontMetrics().horizontalAdvance(self.text()) <= room.width():
            super().paintEvent(event)
            return
        painter = QPainter(self)
        write(painter, room, self.text(), self.font(), self.palette().color(QPalette.ColorRole.WindowText))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._follow_theme()

    def _follow_theme(self) -> None:
        look = theme.current()
        self.setFont(look.font(self._size, self._weight))
        palette = QPalette(self.palette())
        palette.setColor(QPalette.ColorRole.WindowText, look.tone(self._tone)[0] if self._tone else look.colour.text)
        self.setPalette(palette)
