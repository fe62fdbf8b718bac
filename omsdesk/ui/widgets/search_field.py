"""The field that hears the scanner and the cashier: always ready, framed blue."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QPoint, QRect, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QSizePolicy, QWidget

from omsdesk.ui import icons, theme
from omsdesk.ui.widgets.painting import CARD_RADIUS, box, cap_size, key_cap

HEIGHT = 52

_SIDE = 20
_LEFT = 16


class SearchField(QLineEdit):
    """Emits ``stepped(±1)`` for ↑ and ↓, ``textEdited`` and ``returnPressed`` as any field; Esc empties it first."""

    stepped = Signal(int)
    cleared = Signal()

    def __init__(self, placeholder: str, key: str = "", icon: str = "search", parent: QWidget | None = None) -> None:
        """Make an empty field; ``key`` is shown, not bound."""
        super().__init__(parent)
        self.key = key
        self.icon_name = icon
        self.setFrame(False)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        self.setAttribute(Qt.WidgetAttribute.WA_MacShowFocusRect, False)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._follow_theme()

    def sizeHint(self) -> QSize:
        """Room for a sentence."""
        return QSize(400, theme.current().px(HEIGHT))

    def minimumSizeHint(self) -> QSize:
        """Room for a barcode."""
        return QSize(200, theme.current().px(HEIGHT))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint frame, icon and key cap around the text."""
        look = theme.current()
        colour, rect = look.colour, self.rect()
        painter = QPainter(self)
        has_focus = self.hasFocus()
        ground = colour.surface if self.isEnabled() else colour.sunken
        box(painter, rect, ground, colour.accent if has_focus else colour.edge, CARD_RADIUS, 2 if has_focus else 1)
        side = look.px(_SIDE)
        icons.draw(painter, self.icon_name, QRect(_LEFT, (rect.height() - side) // 2, side, side), colour.muted)
        if self.text():
            icons.draw(painter, "x", self._clear_rect().adjusted(14, 14, -14, -14), colour.muted)
        elif self.key:
            key_cap(painter, look, QPoint(rect.right() - _LEFT + 1, rect.center().y()), self.key)
        painter.end()
        super().paintEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Walk a result list by ↑ and ↓, empty the field by Esc."""
        if event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Escape and self.text():
            self.empty()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Empty the field at its cross."""
        if self.text() and self._clear_rect().contains(event.position().toPoint()):
            self.empty()
            return
        super().mousePressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show an arrow over the cross."""
        is_cross = bool(self.text()) and self._clear_rect().contains(event.position().toPoint())
        self.setCursor(Qt.CursorShape.ArrowCursor if is_cross else Qt.CursorShape.IBeamCursor)
        super().mouseMoveEvent(event)

    def clear(self) -> None:
        """Empty the field for good: Ctrl+Z takes back what was done with a ticket, and never an old search."""
        self.setText("")

    def empty(self) -> None:
        """Empty the field and say so."""
        self.clear()
        self.cleared.emit()

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new theme or text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._follow_theme()

    def _follow_theme(self) -> None:
        look = theme.current()
        self.setFont(look.font(16))
        left = _LEFT + look.px(_SIDE) + 8
        self.setTextMargins(left, 0, max(look.px(48), cap_size(look, self.key).width() + _LEFT + 8), 0)
        self.updateGeometry()

    def _clear_rect(self) -> QRect:
        return QRect(self.width() - self.height(), 0, self.height(), self.height())


class CartField(SearchField):
    """While it is empty, plus, minus, Delete and the arrows act on the list of goods beside it."""

    line_stepped = Signal(int)
    quantity_stepped = Signal(int)
    removed = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Hand keys of the cart on."""
        if self.text():
            super().keyPressEvent(event)
        elif event.text() in {"+", "-"}:
            self.quantity_stepped.emit(1 if event.text() == "+" else -1)
        elif event.key() in {Qt.Key.Key_Up, Qt.Key.Key_Down}:
            self.line_stepped.emit(-1 if event.key() == Qt.Key.Key_Up else 1)
        elif event.key() == Qt.Key.Key_Delete:
            self.removed.emit()
        else:
            super().keyPressEvent(event)
