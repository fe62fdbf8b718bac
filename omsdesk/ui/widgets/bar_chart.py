"""Bars over a line: how much there was of something, hour by hour or day by day."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from omsdesk.domain.records import record
from omsdesk.ui import theme
from omsdesk.ui.widgets.painting import CENTRE, box, text_width, write

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QHelpEvent, QPaintEvent

    from omsdesk.ui.theme import Theme

_FOOT, _HEAD = 26, 26
_HEIGHT = 208


@record
class Bar:
    """One bar: what stands below it, its height, and what it says where one points at it."""

    label: str
    amount: int
    text: str


class BarChart(QWidget):
    """Paints bars from the left to the right; the highest says its amount, any other where one points at it."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Make an empty chart that a screen reader calls ``name``."""
        super().__init__(parent)
        self._name = name
        self.bars: Sequence[Bar] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_bars(self, bars: Sequence[Bar]) -> None:
        """Show other bars."""
        if bars != self.bars:
            self.bars = bars
            words = ", ".join(f"{bar.label} {bar.text}" for bar in bars if bar.amount)
            self.setAccessibleName(f"{self._name}: {words}" if words else self._name)
            self.update()

    def sizeHint(self) -> QSize:
        """Low and wide."""
        return QSize(320, theme.current().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for a few bars."""
        return QSize(240, theme.current().px(_HEIGHT))

    def bar_rect(self, number: int) -> QRect:
        """Place of a bar, up from the line."""
        look, most = theme.current(), max((bar.amount for bar in self.bars), default=0)
        room = self.height() - look.px(_FOOT) - look.px(_HEAD)
        slot = self._slot(number)
        width = max(3, min(slot.width() * 7 // 10, look.px(44)))
        amount = max(0, self.bars[number].amount)
        height = max(room * amount // most, 3 if amount else 0) if most > 0 else 0
        rect = QRect(0, look.px(_HEAD) + room - height, width, height)
        rect.moveLeft(slot.center().x() - width // 2 + 1)
        return rect

    def _slot(self, number: int) -> QRect:
        count = max(1, len(self.bars))
        left, right = self.width() * number // count, self.width() * (number + 1) // count
        return QRect(left, 0, right - left, self.height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the line, the bars, and the words below them."""
        painter, look = QPainter(self), theme.current()
        colour, foot = look.colour, self.height() - look.px(_FOOT)
        painter.fillRect(QRect(0, foot, self.width(), 1), colour.edge)
        highest = max(range(len(self.bars)), key=lambda number: self.bars[number].amount, default=-1)
        for number, bar in enumerate(self.bars):
            if bar.amount > 0:
                edge = colour.text if look.name == "contrast" else None
                box(painter, self.bar_rect(number), colour.accent, edge, 3)
        self._paint_labels(painter, look, foot)
        if highest >= 0 and self.bars[highest].amount > 0:
            self._paint_amount(painter, look, highest)
        painter.end()

    def _paint_labels(self, painter: QPainter, look: Theme, foot: int) -> None:
        font, end = look.font(14, 500), -1
        for number, bar in enumerate(self.bars):
            place = QRect(0, foot + 3, text_width(font, bar.label) + 2, look.px(_FOOT) - 3)
            place.moveLeft(
                min(max(0, self._slot(number).center().x() - place.width() // 2), self.width() - place.width())
            )
            if place.left() > end:
                write(painter, place, bar.label, font, look.colour.muted, CENTRE)
                end = place.right() + look.px(10)

    def _paint_amount(self, painter: QPainter, look: Theme, number: int) -> None:
        font, rect = look.font(14, 600), self.bar_rect(number)
        place = QRect(0, rect.top() - look.px(_HEAD) + 2, text_width(font, self.bars[number].text) + 2, look.px(22))
        self._centre(place, rect.center().x())
        write(painter, place, self.bars[number].text, font, look.colour.text, CENTRE)

    def _centre(self, place: QRect, across: int) -> None:
        """Put words around a place, but not over the ends."""
        place.moveLeft(min(max(0, across - place.width() // 2), self.width() - place.width()))

    def event(self, event: QEvent) -> bool:
        """Say what a bar stands for where the pointer rests."""
        if event.type() == QEvent.Type.ToolTip:
            help_event: QHelpEvent = event  # type: ignore[assignment]  # what Qt sends with this type
            at = next((no for no in range(len(self.bars)) if self._slot(no).contains(help_event.pos())), -1)
            words = f"{self.bars[at].label}: {self.bars[at].text}" if at >= 0 else ""
            QToolTip.showText(help_event.globalPos(), words, self)
            return True
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()
