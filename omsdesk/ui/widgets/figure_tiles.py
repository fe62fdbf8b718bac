"""Figures side by side as small cards: what it is, how much, and a word about it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.domain.records import record
from omsdesk.ui import icons, theme
from omsdesk.ui.theme import Theme, Tone
from omsdesk.ui.widgets.painting import CARD_RADIUS, box, text_width, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QPaintEvent

GAP = 12
_PADDING = 16
_HEIGHT = 104
_NARROWEST = 150


@record
class Figure:
    """A number with its name; the detail has a tone, and an icon that says the same."""

    label: str
    value: str
    detail: str = ""
    tone: Tone = Tone.NEUTRAL
    icon: str = ""


class FigureTiles(QWidget):
    """Shows figures in rows of equal cards; as many stand side by side as their words allow."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty row that a screen reader calls ``name``."""
        super().__init__(parent)
        self._name = name
        self.figures: Sequence[Figure] = ()
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def show_figures(self, figures: Sequence[Figure]) -> None:
        """Show other figures."""
        if figures != self.figures:
            self.figures = figures
            words = "; ".join(f"{row.label}: {row.value}, {row.detail}".rstrip(", ") for row in figures)
            self.setAccessibleName(f"{self._name}: {words}")
            self.updateGeometry()
            self.update()

    def columns(self, width: int) -> int:
        """Count the cards that stand side by side in so many pixels."""
        look = theme.current()
        widest = max((_wanted(look, row) for row in self.figures), default=1)
        fit = max(1, (width + GAP) // (max(widest, look.px(_NARROWEST)) + GAP))
        lines = -(-len(self.figures) // fit)
        return -(-len(self.figures) // lines) if lines else 1

    def heightForWidth(self, width: int) -> int:
        """As many lines of cards as there have to be."""
        lines = -(-len(self.figures) // self.columns(width)) if self.figures else 0
        return lines * (theme.current().px(_HEIGHT) + GAP) - GAP if lines else 0

    def sizeHint(self) -> QSize:
        """Room for what is shown at the width there is."""
        return QSize(600, self.heightForWidth(max(self.width(), 300)))

    def minimumSizeHint(self) -> QSize:
        """Room for one card's words; how many lines there are depends on the width alone."""
        look = theme.current()
        return QSize(look.px(_NARROWEST), look.px(_HEIGHT) if self.figures else 0)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the cards."""
        painter, look, columns = QPainter(self), theme.current(), self.columns(self.width())
        height, pitch = look.px(_HEIGHT), (self.width() + GAP) / columns
        for number, figure in enumerate(self.figures):
            down, across = divmod(number, columns)
            left, right = round(across * pitch), round((across + 1) * pitch) - GAP
            _paint(painter, look, figure, QRect(left, down * (height + GAP), right - left, height))
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()


def _wanted(look: Theme, figure: Figure) -> int:
    icon = look.px(24) if figure.icon else 0
    value, detail = text_width(look.font(26, 700), figure.value), text_width(look.font(14, 500), figure.detail) + icon
    return max(value, detail, text_width(look.font(14, 500), figure.label)) + 2 * _PADDING + 2


def _paint(painter: QPainter, look: Theme, figure: Figure, rect: QRect) -> None:
    colour = look.colour
    box(painter, rect, colour.surface, colour.line, CARD_RADIUS)
    room = rect.adjusted(_PADDING, look.px(10), -_PADDING, -look.px(10))
    write(painter, QRect(room.x(), room.y(), room.width(), look.px(20)), figure.label, look.font(14, 500), colour.muted)
    value = QRect(room.x(), room.y() + look.px(22), room.width(), look.px(34))
    write(painter, value, figure.value, look.font(26, 700), colour.text)
    ink = look.tone(figure.tone)[0]
    line = QRect(room.x(), room.bottom() - look.px(21), room.width(), look.px(22))
    if figure.icon:
        side = look.px(18)
        icons.draw(painter, figure.icon, QRect(line.x(), line.center().y() - side // 2 + 1, side, side), ink)
        line.setLeft(line.x() + look.px(24))
    write(painter, line, figure.detail, look.font(14, 500), ink)
