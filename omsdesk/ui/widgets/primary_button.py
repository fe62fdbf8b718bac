"""The one green button of a screen: take money, finish, done."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt, QTimerEvent
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPen

from omsdesk.ui import icons, theme
from omsdesk.ui.theme import blend
from omsdesk.ui.widgets.painting import PRIMARY_RADIUS, RIGHT, box, cap_size, focus_frame, key_cap, text_width, write
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.theme import Theme

PADDING = 20
SPINNER_AFTER = 300
"""Milliseconds of work that nobody has to be told about."""

_FRAME = 40
_STEP = 24


class PrimaryButton(TouchButton):
    """Icon and word on the left, an amount and the key on the right; a spinner while it works."""

    HEIGHT = 68

    def __init__(self, label: str, icon: str = "", key: str = "", parent: QWidget | None = None) -> None:
        """Make the button; ``key`` is shown, not bound."""
        super().__init__(label, icon, key, parent)
        self.amount = ""
        self._waited = 0
        self._timer = 0

    def set_amount(self, amount: str) -> None:
        """Show an amount, already written for people."""
        if amount != self.amount:
            self.amount = amount
            self.setAccessibleName(f"{self.label} {amount}".strip())
            self.updateGeometry()
            self.update()

    @property
    def is_busy(self) -> bool:
        """Whether the button is at work and takes no press."""
        return self._timer != 0

    def set_busy(self, is_busy: bool) -> None:
        """Take no more presses until the work is done; the spinner shows only if that lasts."""
        if is_busy == self.is_busy:
            return
        self._waited = 0
        if is_busy:
            self._timer = self.startTimer(_FRAME)
        else:
            self.killTimer(self._timer)
            self._timer = 0
        self.setAccessibleDescription("Working" if is_busy else "")
        self.update()

    def hitButton(self, place: QPoint) -> bool:
        """Feel no finger while busy."""
        return not self.is_busy and super().hitButton(place)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Feel no key while busy."""
        if not self.is_busy:
            super().keyPressEvent(event)

    def timerEvent(self, _event: QTimerEvent) -> None:
        """Turn the spinner."""
        self._waited += _FRAME
        if self._waited >= SPINNER_AFTER:
            self.update()

    def wanted_width(self, look: Theme) -> int:
        """Width with label, amount and cap."""
        width = 2 * PADDING + look.px(26) + 16 + text_width(look.font(20, 600), self.label)
        if self.amount:
            width += 24 + text_width(look.font(22, 700), self.amount)
        return width + (cap_size(look, self.key).width() + 12 if self.key else 0)

    def minimumSizeHint(self) -> QSize:
        """Room for the amount alone."""
        look = theme.current()
        return QSize(2 * PADDING + text_width(look.font(22, 700), self.amount or self.label), look.px(self.HEIGHT))

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint ground, word and amount."""
        rect = self.rect()
        ground, ink = self._colours(look)
        box(painter, rect, ground, None, PRIMARY_RADIUS)
        if self.hasFocus():
            focus_frame(painter, rect.adjusted(4, 4, -4, -4), ink, PRIMARY_RADIUS - 4)
        room = rect.adjusted(PADDING, 0, -PADDING, 0)
        if self.key and rect.width() >= self.wanted_width(look):
            caps = (ink, look.colour.pay_lo if self.isEnabled() else blend(look.colour.sunken, ink, 0.15))
            key_cap(painter, look, QPoint(room.right(), rect.center().y()), self.key, caps)
            room.setRight(room.right() - cap_size(look, self.key).width() - 12)
        if self.amount:
            font = look.font(22, 700)
            write(painter, room, self.amount, font, ink, RIGHT)
            room.setRight(room.right() - text_width(font, self.amount) - 12)
        if self.icon_name or self._has_spinner():
            side = look.px(26)
            place = QRect(room.x(), rect.center().y() - side // 2 + 1, side, side)
            if self._has_spinner():
                self._paint_spinner(painter, place.adjusted(2, 2, -2, -2), ink)
            else:
                icons.draw(painter, self.icon_name, place, ink)
            room.setLeft(place.right() + 13)
        fonts = [look.font(size, 600) for size in (20, 18, 16)]
        fitting = (font for font in fonts if text_width(font, self.label) <= room.width())
        write(painter, room, self.label, next(fitting, fonts[-1]), ink)

    def _colours(self, look: Theme) -> tuple[QColor, QColor]:
        colour = look.colour
        if not self.isEnabled():
            return colour.sunken, look.faint(colour.sunken)
        if self.isDown():
            return colour.pay_lo, colour.on
        return colour.pay_hi if self.underMouse() and not self.is_busy else colour.pay, colour.on

    def _has_spinner(self) -> bool:
        return self.is_busy and self._waited >= SPINNER_AFTER

    def _paint_spinner(self, painter: QPainter, rect: QRect, ink: QColor) -> None:
        pen = QPen(ink, 3)
        pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawArc(rect, -(self._waited // _FRAME) * _STEP * 16 % 5760, 270 * 16)
