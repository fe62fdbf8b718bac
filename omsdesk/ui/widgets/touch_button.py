"""A button for fingers and keys: the manners that all painted buttons share, without a face of its own."""

from __future__ import annotations

from abc import abstractmethod
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from omsdesk.ui import theme

if TYPE_CHECKING:
    from omsdesk.ui.theme import Theme


class TouchButton(QPushButton):
    """Takes a finger (48 px at least), Tab and Enter, and never takes the focus from the field that hears the scanner.

    A subclass paints the face and says how much room it needs.
    """

    HEIGHT = 48

    def __init__(self, label: str, icon: str = "", key: str = "", parent: QWidget | None = None) -> None:
        """Show ``label`` and ``icon``; ``key`` is only shown: the screen decides what the key does."""
        super().__init__(parent)
        self.label = label
        self.icon_name = icon
        self.key = key
        self.setAccessibleName(label)
        # Not ClickFocus: a click must leave the focus where scans are typed.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)

    def set_label(self, label: str) -> None:
        """Change the words, for eyes and screen readers alike."""
        if label != self.label:
            self.label = label
            self.setAccessibleName(label)
            self.updateGeometry()
            self.update()

    def set_icon(self, icon: str) -> None:
        """Change the icon."""
        if icon != self.icon_name:
            self.icon_name = icon
            self.update()

    def shaded(self, ground: QColor) -> QColor:
        """Colour of the ground in the state the button is in: pressed, below a pointer, or at rest."""
        if not self.isEnabled():
            return ground
        if self.isDown():
            return theme.current().press(ground)
        return theme.current().hover(ground) if self.underMouse() else ground

    @abstractmethod
    def wanted_width(self, look: Theme) -> int:
        """Width in pixels that shows everything."""

    @abstractmethod
    def paint(self, painter: QPainter, look: Theme) -> None:
        """Paint the whole face."""

    def sizeHint(self) -> QSize:
        """Room for everything."""
        look = theme.current()
        return QSize(self.wanted_width(look), look.px(self.HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for a finger."""
        height = theme.current().px(self.HEIGHT)
        return QSize(min(48, height), height)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the face."""
        painter = QPainter(self)
        self.paint(painter, theme.current())
        painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press the button too: Qt knows Space alone."""
        if event.key() in {Qt.Key.Key_Return, Qt.Key.Key_Enter} and not event.isAutoRepeat():
            self.click()
            return
        super().keyPressEvent(event)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        if event.type() == QEvent.Type.StyleChange:
            self.updateGeometry()
            self.update()
        super().changeEvent(event)
