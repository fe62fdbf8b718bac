"""A large card to choose by finger or key: what it says, and small lines below that tell where it comes from."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QSizePolicy

from omsdesk.ui import icons, theme
from omsdesk.ui.widgets.painting import CARD_RADIUS, box, cap_size, chip, chip_width, focus_frame, key_cap, write
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from PySide6.QtGui import QFont, QPainter
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.theme import Theme

_PADDING = 20
_MOST_LINES = 6
_WIDTH = 300


class ChoiceCard(TouchButton):
    """Shows ``label`` large, wrapped; ``mark`` is a chip above it, ``lines`` are pairs of icon and words below."""

    def __init__(self, key: str = "", parent: QWidget | None = None) -> None:
        """Make an empty card; ``key`` is shown, not bound."""
        super().__init__("", "", key, parent)
        self.mark = ""
        self.lines: tuple[tuple[str, str], ...] = ()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)

    def set_content(self, label: str, mark: str, lines: tuple[tuple[str, str], ...]) -> None:
        """Show something else."""
        self.mark, self.lines = mark, lines
        self.set_label(label)
        self.setAccessibleName(
            ", ".join([label.replace("\n", ", "), *(words for _, words in lines), mark]).rstrip(", ")
        )
        self.updateGeometry()
        self.update()

    def wanted_width(self, look: Theme) -> int:
        """Width that most values fit into."""
        return look.px(_WIDTH)

    def sizeHint(self) -> QSize:
        """High enough for what it says."""
        look = theme.current()
        return QSize(look.px(_WIDTH), self._height(look, look.px(_WIDTH)))

    def minimumSizeHint(self) -> QSize:
        """As high as it has to be at this width."""
        look = theme.current()
        return QSize(look.px(200), self._height(look, max(self.width(), look.px(200))))

    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint the card."""
        colour, rect = look.colour, self.rect()
        box(painter, rect, self.shaded(colour.bg), colour.edge, CARD_RADIUS)
        if self.hasFocus():
            focus_frame(painter, rect, colour.accent, CARD_RADIUS)
        ink = colour.text if self.isEnabled() else look.faint(colour.bg)
        self._paint_top(painter, look)
        top = self._top(look)
        words = QRect(_PADDING, top, rect.width() - 2 * _PADDING, self._words_height(look, rect.width()))
        painter.setFont(self._font(look))
        painter.setPen(ink)
        painter.drawText(words, Qt.AlignmentFlag.AlignLeft | Qt.TextFlag.TextWordWrap, self.label)
        line, side = look.px(24), look.px(18)
        top = rect.bottom() - _PADDING - line * len(self.lines) + 4
        for icon, text in self.lines:
            icons.draw(painter, icon, QRect(_PADDING, top + (line - side) // 2, side, side), colour.muted)
            left = _PADDING + side + 10
            write(painter, QRect(left, top, rect.width() - left - _PADDING, line), text, look.font(16), colour.muted)
            top += line

    def _paint_top(self, painter: QPainter, look: Theme) -> None:
        middle = _PADDING + look.px(12)
        if self.mark:
            place = QRect(_PADDING, _PADDING, chip_width(look, self.mark), look.px(24))
            chip(painter, look, place, self.mark, look.tone(theme.Tone.ACCENT))
        if self.key:
            key_cap(painter, look, QPoint(self.rect().right() - _PADDING, middle), self.key)

    def _top(self, look: Theme) -> int:
        has_top = bool(self.mark) or bool(self.key and cap_size(look, self.key).width())
        return _PADDING + (look.px(24) + 12 if has_top else 0)

    def _font(self, look: Theme) -> QFont:
        return look.font(26 if len(self.label) <= 24 and "\n" not in self.label else 18, 700)

    def _words_height(self, look: Theme, width: int) -> int:
        metrics = QFontMetrics(self._font(look))
        room = QRect(0, 0, max(width - 2 * _PADDING, 1), 10_000)
        height = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, self.label).height()
        return min(height, metrics.lineSpacing() * _MOST_LINES)

    def _height(self, look: Theme, width: int) -> int:
        return self._top(look) + self._words_height(look, width) + 16 + look.px(24) * len(self.lines) + _PADDING
