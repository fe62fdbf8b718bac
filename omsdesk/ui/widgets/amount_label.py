"""The big number: total, due, change. It shrinks rather than lose a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from omsdesk.ui import theme
from omsdesk.ui.widgets.painting import text_width

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.theme import Theme, Tone

SMALLEST = 16


class AmountLabel(QLabel):
    """Tabular digits, right-aligned, as large as fits below ``size`` pixels; screen readers read it as a label."""

    def __init__(self, text: str = "", size: int = 44, tone: Tone | None = None, parent: QWidget | None = None) -> None:
        """Show an amount that is already written for people."""
        super().__init__(text, parent)
        self._size = size
        self._tone = tone
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_tone(self, tone: Tone | None) -> None:
        """Change what the colour says."""
        self._tone = tone
        self.update()

    def fitting_size(self) -> int:
        """Pixels, before scaling, of the largest digits that fit the width."""
        look, size = theme.current(), self._size
        while size > SMALLEST and text_width(look.font(size, 700), self.text()) > self.width():
            size -= 1
        return size

    def sizeHint(self) -> QSize:
        """Room for the largest digits."""
        look = theme.current()
        return QSize(text_width(look.font(self._size, 700), self.text()) + 2, self._height(look))

    def minimumSizeHint(self) -> QSize:
        """Room for the smallest digits."""
        look = theme.current()
        return QSize(text_width(look.font(SMALLEST, 700), self.text()) + 2, self._height(look))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the number."""
        look = theme.current()
        painter = QPainter(self)
        painter.setFont(look.font(self.fitting_size(), 700))
        painter.setPen(look.tone(self._tone)[0] if self._tone else look.colour.text)
        painter.drawText(self.rect(), Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter, self.text())
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    def _height(self, look: Theme) -> int:
        return look.px(round(self._size * 1.2))
