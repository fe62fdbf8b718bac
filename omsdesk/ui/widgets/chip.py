"""A state in one word: synced, printer, scanner; never by colour alone, and a click says what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize

from omsdesk.ui import icons, theme
from omsdesk.ui.theme import Theme, Tone
from omsdesk.ui.widgets.painting import box, focus_frame, text_width, write
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QWidget

PILL = 32


class Chip(TouchButton):
    """A pill of 32 px that can be touched on 48 px; the word goes when there is no room and stays in the tool tip."""

    def __init__(self, label: str, icon: str, tone: Tone = Tone.NEUTRAL, parent: QWidget | None = None) -> None:
        """Show a state as icon, word and tone."""
        super().__init__(label, icon, "", parent)
        self.tone = tone
        self.setToolTip(label)

    def set_state(self, label: str, icon: str, tone: Tone) -> None:
        """Show another state."""
        if tone is not self.tone:
            self.tone = tone
            self.update()
        self.setToolTip(label)
        self.set_icon(icon)
        self.set_label(label)

    def wanted_width(self, look: Theme) -> int:
        """Width with the word."""
        return text_width(look.font(14, 600), self.label) + look.px(18) + 28

    def minimumSizeHint(self) -> QSize:
        """Room for the icon and a finger."""
        look = theme.current()
        return QSize(look.px(48), look.px(self.HEIGHT))

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint the pill in the middle of its touch height."""
        height = look.px(PILL)
        has_word = self.width() >= self.wanted_width(look) - 8
        pill = QRect(0, (self.height() - height) // 2, self.width() if has_word else look.px(48), height)
        ink, ground = look.tone(self.tone)
        edge = ink if look.name == "contrast" else None
        box(painter, pill, self.shaded(ground), edge, height // 2)
        if self.hasFocus():
            focus_frame(painter, pill, look.colour.accent, height // 2)
        side = look.px(18)
        left = 12 if has_word else (pill.width() - side) // 2
        icons.draw(painter, self.icon_name, QRect(left, pill.center().y() - side // 2, side, side), ink)
        if has_word:
            room = QRect(left + side + 6, pill.y(), self.width() - left - side - 10, height)
            write(painter, room, self.label, look.font(14, 600), ink)
