"""Fields as high as a finger: text, a choice, and money in large digits that takes nothing but an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRegularExpression, Qt, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from omsdesk.domain.values import Money, minor_digits
from omsdesk.ui import theme
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.widgets.number_pad import PadKey
from omsdesk.ui.widgets.painting import text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

_MOST_DIGITS = 9
_SMALLEST = 16
_SIDE = 16
"""Pixels that frame and padding take on each side."""


class TextField(QLineEdit):
    """A line of text."""

    def __init__(self, height: int = 52) -> None:
        """Be so many pixels high before scaling."""
        super().__init__()
        self._height = height

    def event(self, event: QEvent) -> bool:
        """Follow the text size."""
        done = super().event(event)
        _keep_height(self, event, self._height)
        return done


class ChoiceField(QComboBox):
    """A choice from a list."""

    def event(self, event: QEvent) -> bool:
        """Follow the text size."""
        done = super().event(event)
        _keep_height(self, event, 52)
        return done


def _keep_height(field: QWidget, event: QEvent, height: int) -> None:
    # The style sheet sets a height of its own whenever it is applied, which not every one of these tells.
    wanted = theme.current().px(height)
    if event.type() in _RESTYLED and field.minimumHeight() != wanted:
        field.setMinimumHeight(wanted)


_RESTYLED = {QEvent.Type.Polish, QEvent.Type.StyleChange, QEvent.Type.Resize}


class AmountField(TextField):
    """Emits ``changed`` with every new amount; the keys of a pad may type into it, too."""

    changed = Signal()

    def __init__(self, counter: Counter, size: int = 24, placeholder: str = "") -> None:
        """Take amounts of the shop's currency."""
        super().__init__(max(52, size * 2))
        self.counter = counter
        self._size = size
        digits = minor_digits(counter.shop.currency)
        decimals = f"([.,]\\d{{0,{digits}}})?" if digits else ""
        pattern = QRegularExpression(f"\\d{{0,{_MOST_DIGITS}}}{decimals}")
        self.setValidator(QRegularExpressionValidator(pattern, self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self._follow_theme)
        self.textChanged.connect(self.changed)
        self._follow_theme()

    def amount(self) -> Money | None:
        """Read the amount; None while there is none."""
        return self.counter.amount_typed(self.text()) if self.text().strip(".,") else None

    def set_amount(self, amount: Money) -> None:
        """Show an amount, ready to be typed over."""
        self.setText(f"{amount.decimal:f}")
        self.selectAll()

    def press(self, key: str) -> None:
        """Take a key of a pad."""
        if key == PadKey.BACKSPACE:
            self.backspace()
        elif key == PadKey.CLEAR:
            self.clear()
        elif key == PadKey.ENTER:
            self.returnPressed.emit()
        else:
            self.insert(key)

    def changeEvent(self, event: QEvent) -> None:
        """Follow a new text size."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._follow_theme()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show every digit, smaller if need be."""
        super().resizeEvent(event)
        self._follow_theme()

    def setPlaceholderText(self, text: str) -> None:
        """Show what is taken where nothing is typed."""
        super().setPlaceholderText(text)
        self._follow_theme()

    def _follow_theme(self) -> None:
        look, text = theme.current(), max(self.text(), self.placeholderText(), key=len)
        sizes = range(self._size, _SMALLEST, -2)
        room = self.width() - 2 * look.px(_SIDE)
        size = next((size for size in sizes if text_width(look.font(size, 600), text) <= room), _SMALLEST)
        font = look.font(size, 600)
        if font != self.font():
            self.setFont(font)
