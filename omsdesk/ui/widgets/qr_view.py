"""A QR code (ISO/IEC 18004), black on white in every theme, because that is what scanners read best."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.ui import theme

QUIET = 4
"""Light modules around the code that the standard asks for."""
_SIDE = 260


class QrView(QWidget):
    """Shows a text as a square code; nothing while there is no text."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._text = ""
        self._modules: tuple[bytearray, ...] = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self._modules = _modules(text) if text else ()
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Large enough for a scanner at arm's length."""
        side = theme.current().px(_SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the modules on whole pixels."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), Qt.GlobalColor.white)
        count = len(self._modules) + 2 * QUIET
        size = min(self.width(), self.height()) // count if self._modules else 0
        edge = (min(self.width(), self.height()) - size * len(self._modules)) // 2
        for down, line in enumerate(self._modules):
            for along, is_dark in enumerate(line):
                if is_dark:
                    painter.fillRect(QRect(edge + along * size, edge + down * size, size, size), Qt.GlobalColor.black)
        painter.end()


def _modules(text: str) -> tuple[bytearray, ...]:
    import segno

    return tuple(bytearray(line) for line in segno.make(text, error="m", micro=False).matrix)
