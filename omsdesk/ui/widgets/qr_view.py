"""A QR code (ISO/IEC 18004), black on white in every theme, because that is what scanners read best."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.ui import theme

QUIET = 4
"""Light modules around the code that the standard asks for."""
_SIDE = 260

Modules = tuple[bytearray, ...]
"""The lines of a code from top to bottom; a module is dark where it is not 0."""


class QrView(QWidget):
    """Shows a text as a square code; nothing while there is no text."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self._text = ""
        self._modules: Modules = ()
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)

    def show_text(self, text: str) -> None:
        """Show another text."""
        if text != self._text:
            self._text = text
            self._modules = modules_of(text) if text else ()
            self.setAccessibleName(text)
            self.update()

    def sizeHint(self) -> QSize:
        """Large enough for a scanner at arm's length."""
        side = theme.current().px(_SIDE)
        return QSize(side, side)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the modules on whole pixels."""
        painter = QPainter(self)
        paint_modules(painter, self.rect(), self._modules)
        painter.end()


def paint_modules(painter: QPainter, room: QRect, modules: Modules) -> None:
    """Paint a code in the middle of a white room, each module as so many whole pixels."""
    painter.fillRect(room, Qt.GlobalColor.white)
    shortest = min(room.width(), room.height())
    size = shortest // (len(modules) + 2 * QUIET) if modules else 0
    square = QRect(0, 0, size * len(modules), size * len(modules))
    square.moveCenter(room.center())
    for down, line in enumerate(modules):
        for along, is_dark in enumerate(line):
            if is_dark:
                place = QRect(square.left() + along * size, square.top() + down * size, size, size)
                painter.fillRect(place, Qt.GlobalColor.black)


def modules_of(text: str) -> Modules:
    """Work out the dark modules, line by line; takes a moment at first."""
    import segno

    return tuple(bytearray(line) for line in segno.make(text, error="m", micro=False).matrix)
