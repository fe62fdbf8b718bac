"""Strokes of the customer's screen: sizes that follow the screen, and a page that is mirrored where people read so."""

from __future__ import annotations

from enum import Enum

from PySide6.QtCore import QLocale, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFont, QFontMetrics, QPainter, QPen, QPixmap

from omsdesk.domain.values import Money
from omsdesk.ui.amounts import money_text
from omsdesk.ui.theme import Theme, blend
from omsdesk.ui.widgets.painting import CARD_RADIUS, box, write

_NEVER_FLIPPED = Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter
_LEAST_SHARE = 0.45
_STRIPE = 24


class At(Enum):
    """Where a text stands in its room; start and end are left and right, or the other way round."""

    START = 0
    END = 1
    MIDDLE = 2


class Brush:
    """Paints in one theme, for people of one locale."""

    def __init__(self, painter: QPainter, look: Theme, area: QRect, locale: str) -> None:
        """Take what it paints on."""
        self.painter, self.look, self.area, self._locale = painter, look, area, locale
        self._is_mirrored = QLocale(locale).textDirection() is Qt.LayoutDirection.RightToLeft
        # A name in Hebrew reads from the right in whatever shop it is.
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)

    def px(self, size: int) -> int:
        """Scale a length to the screen."""
        return self.look.px(size)

    def money(self, amount: Money) -> str:
        """Write an amount as the shop does."""
        return money_text(amount, self._locale)

    def place(self, room: QRect) -> QRect:
        """Find the place of what is laid out from left to right."""
        if not self._is_mirrored:
            return room
        return QRect(self.area.left() + self.area.right() - room.right(), room.top(), room.width(), room.height())

    def fill(self, room: QRect, ground: QColor) -> None:
        """Fill a rectangle."""
        self.painter.fillRect(self.place(room), ground)

    def box(self, room: QRect, ground: QColor, radius: int = CARD_RADIUS) -> None:
        """Fill a rounded rectangle."""
        box(self.painter, self.place(room), ground, None, self.px(radius))

    def write(
        self, room: QRect, text: str, size: int, weight: int = 400, ink: QColor | None = None, at: At = At.START
    ) -> None:
        """Write one line, shortened where it does not fit."""
        self._line(room, text, self.look.font(size, weight), ink, at)

    def fit(
        self, room: QRect, text: str, size: int, weight: int = 700, ink: QColor | None = None, at: At = At.START
    ) -> None:
        """Write one line that is never shortened while smaller letters help: amounts, most of all."""
        self._line(room, text, self._fitting(text, QSize(room.width(), room.height()), size, weight), ink, at)

    def _line(self, room: QRect, text: str, font: QFont, ink: QColor | None, at: At) -> None:
        sides = (Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight)
        side = Qt.AlignmentFlag.AlignHCenter if at is At.MIDDLE else sides[self._is_mirrored is not (at is At.END)]
        write(self.painter, self.place(room), text, font, ink or self.look.colour.text, side | _NEVER_FLIPPED)

    def _fitting(self, text: str, room: QSize, size: int, weight: int) -> QFont:
        for smaller in range(size, round(size * _LEAST_SHARE), -2):
            font = self.look.font(smaller, weight)
            if QFontMetrics(font).horizontalAdvance(text) <= room.width():
                return font
        return self.look.font(round(size * _LEAST_SHARE), weight)

    def width(self, text: str, size: int, weight: int = 400) -> int:
        """Width of one line."""
        return QFontMetrics(self.look.font(size, weight)).horizontalAdvance(text)

    def picture(self, room: QRect, picture: QPixmap) -> None:
        """Show a picture as large as its room allows, never cut off."""
        size = picture.size().scaled(room.size(), Qt.AspectRatioMode.KeepAspectRatio)
        target = QRect(self.place(room).topLeft(), size)
        target.moveCenter(self.place(room).center())
        self.painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform)
        self.painter.drawPixmap(target, picture)

    def stripes(self, room: QRect, ground: QColor, ink: QColor) -> None:
        """Fill a rectangle with stripes: what happens here is not meant."""
        self.painter.save()
        self.painter.setClipRect(room)
        self.painter.fillRect(room, ground)
        self.painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self.painter.setPen(QPen(blend(ground, ink, 0.16), _STRIPE / 2))
        for left in range(room.left() - room.height(), room.right() + room.height(), _STRIPE):
            self.painter.drawLine(left, room.bottom() + 4, left + room.height() + 8, room.top() - 4)
        self.painter.restore()
