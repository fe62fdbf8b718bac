"""Undo instead of "are you sure?": what was done, a way back and ten seconds to take it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QPoint, QRect, QSize, Qt, QTimerEvent, Signal
from PySide6.QtGui import QPainter, QPainterPath

from omsdesk.ui import theme
from omsdesk.ui.theme import Theme, blend
from omsdesk.ui.widgets.painting import CARD_RADIUS, box, cap_size, focus_frame, key_cap, text_width, write
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

LIFE = 10.0
"""Seconds."""

_PADDING = 14
_FRAME = 100


class UndoChip(TouchButton):
    """Invisible until ``offer`` is called; ``clicked`` means undo, ``expired`` that the time is over."""

    expired = Signal()

    def __init__(self, undo: str = "Undo", key: str = "Ctrl Z", parent: QWidget | None = None) -> None:
        """Name the way back and the key that takes it."""
        super().__init__("", "", key, parent)
        self._undo = undo
        self._life = LIFE
        self._clock = QElapsedTimer()
        self._timer = 0
        policy = self.sizePolicy()
        policy.setRetainSizeWhenHidden(True)
        self.setSizePolicy(policy)
        self.clicked.connect(self.dismiss)
        self.hide()

    def offer(self, text: str, seconds: float = LIFE) -> None:
        """Say what was done and offer to undo it."""
        self._life = seconds
        self._clock.restart()
        if not self._timer:
            self._timer = self.startTimer(_FRAME)
        self.set_label(text)
        self.setAccessibleName(f"{text}. {self._undo}")
        self.show()
        self.update()

    def dismiss(self) -> None:
        """Take the offer back: it was used, or something newer happened."""
        if self._timer:
            self.killTimer(self._timer)
            self._timer = 0
        self.hide()

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Shorten the life line; nothing else is painted again."""
        if self._left() > 0:
            self.update(0, self.height() - 8, self.width(), 8)
            return
        self.dismiss()
        self.expired.emit()

    def wanted_width(self, look: Theme) -> int:
        """Width with text, word and cap."""
        text = text_width(look.font(14, 600), self.label) + 18
        return text + text_width(look.font(14, 700), self._undo) + 10 + cap_size(look, self.key).width() + 2 * _PADDING

    def minimumSizeHint(self) -> QSize:
        """Room for the way back alone."""
        look = theme.current()
        return QSize(text_width(look.font(14, 700), self._undo) + 2 * _PADDING, look.px(self.HEIGHT))

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint text, way back, key and the time that is left."""
        colour = look.colour
        rect = QRect(0, 0, min(self.width(), self.wanted_width(look)), self.height()).adjusted(0, 3, 0, -3)
        rect.moveLeft((self.width() - rect.width()) // 2)
        edge = blend(colour.raised, colour.rail_on, 0.18) if look.is_dark else None
        box(painter, rect, self.shaded(colour.raised), edge, CARD_RADIUS)
        right = rect.right() - _PADDING
        if rect.width() >= self.wanted_width(look):
            caps = (colour.rail_on, blend(colour.raised, colour.rail_on, 0.2))
            key_cap(painter, look, QPoint(right, rect.center().y()), self.key, caps)
            right -= cap_size(look, self.key).width() + 10
        width = text_width(look.font(14, 700), self._undo)
        place = QRect(right - width, rect.y(), width + 2, rect.height())
        has_text = place.x() - rect.x() - _PADDING > look.px(60)
        if not has_text:
            place.moveCenter(rect.center())
        write(painter, place, self._undo, look.font(14, 700), colour.raised_link)
        room = QRect(rect.x() + _PADDING, rect.y(), place.x() - 12 - rect.x() - _PADDING, rect.height())
        if has_text:
            write(painter, room, self.label, look.font(14, 600), colour.rail_on)
        self._paint_life(painter, rect, look)
        if self.hasFocus():
            focus_frame(painter, rect, colour.raised_link, CARD_RADIUS)

    def _left(self) -> float:
        return max(0.0, 1 - self._clock.elapsed() / 1000 / self._life) if self._clock.isValid() else 0.0

    def _paint_life(self, painter: QPainter, rect: QRect, look: Theme) -> None:
        shape = QPainterPath()
        shape.addRoundedRect(rect, CARD_RADIUS, CARD_RADIUS)
        painter.setClipPath(shape)
        line = QRect(rect.x(), rect.bottom() - 2, round(rect.width() * self._left()), 3)
        painter.fillRect(line, look.colour.raised_link)
        painter.setClipping(False)
        painter.setBrush(Qt.BrushStyle.NoBrush)
