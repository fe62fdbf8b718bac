"""A barcode of bars, black on white in every theme, on whole pixels: so scanners read it from a screen."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.ui import theme

if TYPE_CHECKING:
    from PySide6.QtGui import QPaintEvent

QUIET = 12
"""Light modules on either side: the most that a symbology asks for, and a little more."""
_HEIGHT = 150


class BarcodeView(QWidget):
    """Shows a row of modules, ``1`` for a bar; nothing while there are none."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._row = ""
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def show_row(self, row: str, name: str) -> None:
        """Show another code; ``name`` is what a screen reader says of it."""
        self._row = row
        self.setAccessibleName(name)
        self.update()

    @property
    def module(self) -> int:
        """Pixels of the narrowest bar."""
        return max(1, self.width() // (len(self._row) + 2 * QUIET)) if self._row else 0

    def sizeHint(self) -> QSize:
        """As high as a scanner is held steady, and as wide as the longest code at a pixel a module."""
        return QSize(max(len(self._row) + 2 * QUIET, 400), theme.current().px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Never less than a pixel for each module."""
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the bars."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        # Wider than this they are bars for the wall, and a scanner in the hand sees no end of them.
        size = min(self.module, 3)
        left = (self.width() - size * len(self._row)) // 2
        for at, module in enumerate(self._row):
            if module == "1":
                painter.fillRect(QRect(left + at * size, 12, size, self.height() - 24), Qt.GlobalColor.black)
        painter.end()
