"""A card that can be pressed: an icon, a title, a line below it and a key."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize
from PySide6.QtWidgets import QSizePolicy

from omsdesk.ui import icons, theme
from omsdesk.ui.widgets.painting import CARD_RADIUS, box, cap_size, focus_frame, key_cap, text_width, whole_parts, write
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.theme import Theme

_PADDING = 14


class CardButton(TouchButton):
    """Shows who or what is attached; without a detail the title stands alone in the middle. Checked, it is framed."""

    HEIGHT = 56

    def __init__(self, title: str, icon: str, detail: str = "", key: str = "", parent: QWidget | None = None) -> None:
        """Make a card; ``key`` is shown, not bound."""
        super().__init__(title, icon, key, parent)
        self.detail = detail
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def set_content(self, title: str, detail: str = "") -> None:
        """Show something else."""
        if (title, detail) == (self.label, self.detail):
            return
        self.detail = detail
        self.set_label(title)
        self.setAccessibleName(f"{title}, {detail}" if detail else title)
        self.update()

    def wanted_width(self, look: Theme) -> int:
        """Width with everything."""
        words = max(text_width(look.font(16, 600), self.label), text_width(look.font(14), self.detail))
        return words + look.px(22) + 3 * _PADDING + (cap_size(look, self.key).width() + 10 if self.key else 0)

    def minimumSizeHint(self) -> QSize:
        """Room for a short name."""
        look = theme.current()
        return QSize(look.px(160), look.px(self.HEIGHT))

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint the card."""
        colour, rect, side, half = look.colour, self.rect(), look.px(22), look.px(21)
        box(painter, rect, self.shaded(colour.bg), colour.line, CARD_RADIUS)
        if self.hasFocus() or self.isChecked():
            focus_frame(painter, rect, colour.accent, CARD_RADIUS)
        ink = colour.text if self.isEnabled() else look.faint(colour.bg)
        place = QRect(_PADDING, rect.center().y() - side // 2 + 1, side, side)
        icons.draw(painter, self.icon_name, place, colour.accent if self.isEnabled() else ink)
        left, right = place.right() + _PADDING, rect.right() - _PADDING
        if self.key:
            key_cap(painter, look, QPoint(right + 2, rect.center().y()), self.key)
            right -= cap_size(look, self.key).width() + 8
        if not self.detail:
            write(painter, QRect(left, 0, right - left, rect.height()), self.label, look.font(16, 600), ink)
            return
        top = (rect.height() - 2 * half) // 2
        write(painter, QRect(left, top, right - left, half), self.label, look.font(16, 600), ink)
        detail = whole_parts(look.font(14), self.detail, right - left)
        write(painter, QRect(left, top + half, right - left, half), detail, look.font(14), colour.muted)
