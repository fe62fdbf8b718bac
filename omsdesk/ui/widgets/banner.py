"""A strip across the work area: what is going on, and what to do."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QWidget

from omsdesk.ui import icons, theme
from omsdesk.ui.theme import Theme, Tone, blend
from omsdesk.ui.widgets.key_button import Face, KeyButton

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QMouseEvent

_PADDING = 16
_SMALLEST = 12
_STRIPE = 22


def _alert(widget: QWidget) -> None:
    # Imported when there is something to say: these names cost 1.4 ms.
    from PySide6.QtGui import QAccessible, QAccessibleEvent

    QAccessible.updateAccessibility(QAccessibleEvent(widget, QAccessible.Event.Alert))


class BannerLook(StrEnum):
    """Quiet for a state that lasts, loud for an answer that must be seen from afar, striped for training."""

    QUIET = "quiet"
    LOUD = "loud"
    STRIPED = "striped"


class Banner(QWidget):
    """Icon, sentence and at most one button (``pressed``); hidden until something is said."""

    pressed = Signal()
    closed = Signal()
    """Emitted by a tap on the strip, or on its cross: somebody read it."""

    def __init__(
        self,
        look: BannerLook = BannerLook.QUIET,
        size: int = 16,
        height: int = 52,
        parent: QWidget | None = None,
        *,
        has_close: bool = False,
    ) -> None:
        """Write ``size`` pixel text on a strip at least ``height`` pixels high."""
        super().__init__(parent)
        self._look, self._size, self._height = look, size, height
        self._tone, self._icon, self._text = Tone.NEUTRAL, "info", ""
        self.button = KeyButton("", parent=self)
        self.button.clicked.connect(self.pressed)
        row = QHBoxLayout(self)
        row.setContentsMargins(_PADDING, 2, _PADDING, 2)
        row.addStretch(1)
        row.addWidget(self.button)
        self.close_key = KeyButton("Close", "x", face=Face.QUIET, height=40, parent=self)
        self.close_key.show_icon_only()
        self.close_key.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.close_key.setVisible(has_close)
        self.close_key.clicked.connect(self.closed)
        row.addWidget(self.close_key)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.hide()

    def say(self, text: str, tone: Tone, icon: str, button: str = "", key: str = "") -> None:
        """Show a sentence, and tell a screen reader at once."""
        self._text, self._tone, self._icon = text, tone, icon
        self.button.key = key
        self.button.set_label(button)
        self.button.setVisible(bool(button))
        self.setAccessibleName(text)
        self.updateGeometry()
        self.show()
        self.update()
        _alert(self)

    def text(self) -> str:
        """What is being said."""
        return self._text

    def sizeHint(self) -> QSize:
        """As wide as there is, high enough for two lines."""
        return QSize(400, max(theme.current().px(self._height), theme.current().px(self._size * 2 + 14)))

    def minimumSizeHint(self) -> QSize:
        """Room for a short sentence."""
        return QSize(200, self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint ground, icon and sentence."""
        painter, look, rect = QPainter(self), theme.current(), self.rect()
        ink, ground = self._colours(look)
        painter.fillRect(rect, ground)
        if self._look is BannerLook.STRIPED:
            self._paint_stripes(painter, blend(ground, ink, 0.12))
        if self._look is not BannerLook.LOUD:
            painter.fillRect(QRect(0, rect.bottom(), rect.width(), 1), blend(ground, ink, 0.35))
        side = look.px(round(self._size * 1.4))
        place = QRect(_PADDING, (rect.height() - side) // 2, side, side)
        icons.draw(painter, self._icon, place, ink)
        keys = [key.x() for key in (self.button, self.close_key) if key.isVisible()]
        end = min([*keys, rect.right()])
        room = QRect(place.right() + 12, 0, end - place.right() - 24, rect.height())
        painter.setFont(self._font_in(room))
        painter.setPen(ink)
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap, self._text)
        painter.end()

    def _font_in(self, room: QRect) -> QFont:
        """Choose the size in which the sentence fits: smaller is better than cut off."""
        look, flags = theme.current(), Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        for size in range(self._size, _SMALLEST, -1):
            font = look.font(size, 600)
            if QFontMetrics(font).boundingRect(room, flags, self._text).height() <= room.height():
                return font
        return look.font(_SMALLEST, 600)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Keep the tap from what lies below."""
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Close by a tap anywhere on the strip."""
        if not self.close_key.isHidden() and self.rect().contains(event.position().toPoint()):
            self.closed.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()

    def _colours(self, look: Theme) -> tuple[QColor, QColor]:
        ink, ground = look.tone(self._tone)
        if self._look is not BannerLook.LOUD:
            return ink, ground
        return (look.colour.rail if look.is_dark else look.colour.surface), ink

    def _paint_stripes(self, painter: QPainter, colour: QColor) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(colour, _STRIPE / 2))
        height = self.height()
        for left in range(-height, self.width() + height, _STRIPE):
            painter.drawLine(left, height + 4, left + height + 8, -4)
