"""The everyday button of the till: an icon, a word and the key that does the same."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QFontMetrics

from omsdesk.ui import icons
from omsdesk.ui.theme import Theme, blend
from omsdesk.ui.widgets.painting import (
    CARD_RADIUS,
    box,
    cap_size,
    focus_frame,
    key_cap,
    text_width,
    write,
)
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from PySide6.QtGui import QColor, QPainter
    from PySide6.QtWidgets import QWidget

PADDING = 14
GAP = 10
_WRAPPED = Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap


class Face(StrEnum):
    """How loud a button is."""

    PLAIN = "plain"
    QUIET = "quiet"
    DANGER = "danger"


class KeyButton(TouchButton):
    """Icon, label and key cap. What does not fit goes: first the cap, then the icon where the words fit alone, or they.

    A checked one is framed blue.
    """

    def __init__(
        self,
        label: str,
        icon: str = "",
        key: str = "",
        face: Face = Face.PLAIN,
        height: int = 48,
        parent: QWidget | None = None,
    ) -> None:
        """Make a button of at least ``height`` pixels; ``key`` is shown, not bound."""
        super().__init__(label, icon, key, parent)
        self.face = face
        self.is_icon_only = False
        self._may_show = (True, True, True)
        self.HEIGHT = height
        self.setToolTip(label)

    def set_label(self, label: str) -> None:
        """Change the words, the tool tip too."""
        super().set_label(label)
        self.setToolTip(label)

    def show_icon_only(self) -> None:
        """Never show the label: it stays the tool tip and what a screen reader reads."""
        self.is_icon_only = True
        self.updateGeometry()

    def limit(self, *, has_label: bool, has_cap: bool, has_icon: bool = True) -> None:
        """Show less than would fit, as the buttons beside it do."""
        if self._may_show != (has_label, has_cap, has_icon):
            self._may_show = (has_label, has_cap, has_icon)
            self.update()

    def wanted_width(self, look: Theme) -> int:
        """Width with icon, label and cap."""
        return self.room(look)

    def room(self, look: Theme, *, has_label: bool = True, has_cap: bool = True, has_icon: bool = True) -> int:
        """Width with or without label, cap and icon."""
        if not has_label or self.is_icon_only:
            return max(48, look.px(48))
        width = 2 * PADDING + text_width(look.font(16, self._weight()), self.label)
        if self.icon_name and has_icon:
            width += look.px(20) + GAP
        if has_cap and self.key:
            width += cap_size(look, self.key).width() + GAP
        return width

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint ground, icon, label and cap."""
        ground, edge, ink = self._colours(look)
        box(painter, self.rect(), ground, edge, CARD_RADIUS, 2 if self.isChecked() else 1)
        if self.hasFocus():
            focus_frame(painter, self.rect(), look.colour.accent, CARD_RADIUS)
        # Up to 16 px of the padding may go before anything else does.
        fits = self.width() + 16
        may_label, may_cap, may_icon = self._may_show
        has_icon = bool(self.icon_name) and (may_icon or self.is_icon_only)
        has_room = not has_icon or (may_label and fits >= self.room(look, has_cap=False))
        if not has_room and may_label and not self.is_icon_only and self._fits_wrapped(look):
            self._paint_wrapped(painter, look, ink)
            return
        has_label = has_room and not self.is_icon_only
        full = self.room(look, has_icon=has_icon)
        has_cap = bool(self.key) and has_label and may_cap and fits >= full
        if not (has_icon or has_cap) and full > fits:
            self._paint_wrapped(painter, look, ink)
            return
        self._paint_content(painter, look, ink, (has_label, has_cap, has_icon))

    def _paint_content(self, painter: QPainter, look: Theme, ink: QColor, shown: tuple[bool, bool, bool]) -> None:
        has_label, has_cap, has_icon = shown
        rect, side, font = self.rect(), look.px(20) if has_icon else 0, look.font(16, self._weight())
        words = text_width(font, self.label) if has_label else 0
        gap = GAP if side and words else 0
        left = PADDING if has_cap else max(6, (rect.width() - side - gap - words) // 2)
        if has_cap:
            left = min(left, max(6, (rect.width() + 16 - self.room(look, has_icon=has_icon)) // 2))
        if side:
            icon_ink = look.colour.bad if self.face is Face.DANGER and self.isEnabled() else ink
            icons.draw(painter, self.icon_name, QRect(left, (rect.height() - side) // 2, side, side), icon_ink)
        right = rect.right() - left + 2
        if has_cap:
            key_cap(painter, look, QPoint(right, rect.center().y()), self.key)
            right -= cap_size(look, self.key).width() + 6
        if has_label:
            begin = left + side + gap
            write(painter, QRect(begin, 0, right - begin + 2, rect.height()), self.label, font, ink)

    def _fits_wrapped(self, look: Theme) -> bool:
        """Whether the words fit by themselves, in two lines if need be."""
        room = self.rect().adjusted(4, 2, -4, -2)
        words = QFontMetrics(look.font(14, self._weight())).boundingRect(room, _WRAPPED, self.label)
        return words.width() <= room.width() and words.height() <= room.height()

    def _paint_wrapped(self, painter: QPainter, look: Theme, ink: QColor) -> None:
        painter.setFont(look.font(14, self._weight()))
        painter.setPen(ink)
        painter.drawText(self.rect().adjusted(4, 0, -4, 0), _WRAPPED, self.label)

    def _weight(self) -> int:
        return 600 if self.face is Face.QUIET else 500

    def _colours(self, look: Theme) -> tuple[QColor, QColor | None, QColor]:
        colour = look.colour
        if not self.isEnabled():
            return colour.sunken, colour.line, look.faint(colour.sunken)
        if self.isChecked():
            return self.shaded(colour.accent_soft), colour.accent, colour.text
        if self.face is Face.QUIET:
            edge = colour.edge if look.name == "contrast" else None
            return self.shaded(colour.sunken), edge, colour.text
        return self.shaded(colour.surface), blend(colour.line, colour.muted, 0.12), colour.text
