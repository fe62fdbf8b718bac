"""A customer display on the screen: two lines, each letter in a cell of its own, as on a pole."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.devices.line_display import COLUMNS
from omsdesk.ui import theme
from omsdesk.ui.widgets.painting import CENTRE, box

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

_MARGIN, _HEIGHT, _LETTER = 10, 32, 20


class PoleView(QWidget):
    """Painted; as wide as there is."""

    def __init__(self, name: str) -> None:
        """Stand there dark; ``name`` is what a screen reader calls it."""
        super().__init__()
        self._name = name
        self._lines = ("", "")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_lines("", "")

    @property
    def lines(self) -> tuple[str, str]:
        """What it shows."""
        return self._lines

    def show_lines(self, upper: str, lower: str) -> None:
        """Show two lines."""
        self._lines = upper, lower
        self.setAccessibleName(f"{self._name}: {upper.strip()}, {lower.strip()}".strip(": ,"))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines."""
        look = theme.current()
        return QSize(look.px(320), 2 * look.px(_HEIGHT) + 2 * _MARGIN)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint cell by cell, so that amounts stand below one another in every font."""
        painter, look = QPainter(self), theme.current()
        box(painter, self.rect(), look.colour.rail)
        painter.setPen(look.colour.rail_on)
        painter.setFont(look.font(_LETTER, 600))
        room, height = self.width() - 2 * _MARGIN, (self.height() - 2 * _MARGIN) // 2
        for row, text in enumerate(self._lines):
            for column, letter in enumerate(text[:COLUMNS]):
                left, right = (_MARGIN + room * at // COLUMNS for at in (column, column + 1))
                painter.drawText(QRect(left, _MARGIN + row * height, right - left, height), CENTRE, letter)
        painter.end()
