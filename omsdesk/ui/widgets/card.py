"""Grounds to put things on: a flat panel with a line at some sides, a card with round corners."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from omsdesk.ui import theme
from omsdesk.ui.widgets.painting import CARD_RADIUS, box

if TYPE_CHECKING:
    from omsdesk.ui.theme import Tone


class Panel(QWidget):
    """Surface with a 1 px line at the given sides; an ``alarm`` tone frames it all around (a return, a stop)."""

    def __init__(self, lines: Qt.Edge | None = None, parent: QWidget | None = None) -> None:
        """Draw lines at the given edges."""
        super().__init__(parent)
        self._lines = lines
        self._alarm: Tone | None = None

    def set_alarm(self, tone: Tone | None) -> None:
        """Frame the panel in a tone, or take the frame away."""
        if tone is not self._alarm:
            self._alarm = tone
            self.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, lines and frame."""
        painter, look, rect = QPainter(self), theme.current(), self.rect()
        painter.fillRect(rect, look.colour.surface)
        sides = {
            Qt.Edge.LeftEdge: QRect(0, 0, 1, rect.height()),
            Qt.Edge.TopEdge: QRect(0, 0, rect.width(), 1),
            Qt.Edge.RightEdge: QRect(rect.right(), 0, 1, rect.height()),
            Qt.Edge.BottomEdge: QRect(0, rect.bottom(), rect.width(), 1),
        }
        for edge, side in sides.items():
            if self._lines is not None and edge in self._lines:
                painter.fillRect(side, look.colour.line)
        if self._alarm is not None:
            box(painter, rect, None, look.tone(self._alarm)[0], 0, 4)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()


class Card(Panel):
    """Rounded surface with a border."""

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground and border."""
        painter, look = QPainter(self), theme.current()
        edge = look.colour.line if self._alarm is None else look.tone(self._alarm)[0]
        box(painter, self.rect(), look.colour.surface, edge, CARD_RADIUS, 1 if self._alarm is None else 3)
        painter.end()
