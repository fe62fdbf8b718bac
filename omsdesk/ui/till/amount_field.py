"""Fields as high as a finger: text, a choice, and money in large digits that takes nothing but an amount."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QRegularExpression, Qt, QTimer, Signal
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QComboBox, QLineEdit, QWidget

from omsdesk.domain.values import Money
from omsdesk.ui import theme
from omsdesk.ui.till.counter import Counter, Tone
from omsdesk.ui.typed_amount import LETTERS, Typed, decimal_sign, plain_text, read_amount
from omsdesk.ui.widgets.number_pad import PadKey
from omsdesk.ui.widgets.painting import text_width

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

PAUSE = 700
"""Milliseconds without a key after which somebody is asked what was meant."""
_SMALLEST = 16
_SIDE = 16
"""Pixels that frame and padding take on each side."""


class TextField(QLineEdit):
    """A line of text; the keys of a pad may type into it, too."""

    decimal_sign = "."
    """What the pad's key for it types."""

    def __init__(self, height: int = 52) -> None:
        """Be so many pixels high before scaling."""
        super().__init__()
        self._height = height

    def press(self, key: str) -> None:
        """Take a key of a pad."""
        match key:
            case PadKey.BACKSPACE:
                self.backspace()
            case PadKey.CLEAR:
                self.clear()
            case PadKey.ENTER:
                self.returnPressed.emit()
            case PadKey.DECIMAL:
                self.insert(self.decimal_sign)
            case _:
                self.insert(key)

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
    """Emits ``changed`` with every new amount.

    What can mean two amounts is none: it is asked about, after a pause or as soon as somebody wants to go on.
    """

    changed = Signal()

    def __init__(self, counter: Counter, size: int = 24) -> None:
        """Take amounts of the shop's currency."""
        super().__init__(max(52, size * 2))
        self.counter = counter
        self.decimal_sign = decimal_sign(counter.shop.locale)
        self._size = size
        self._asked = ""
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(lambda: self._ask(Tone.INFO))
        self.setValidator(QRegularExpressionValidator(QRegularExpression(LETTERS), self))
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.suggest(Money(0, counter.shop.currency))
        self.textChanged.connect(self._follow_theme)
        self.textChanged.connect(self._follow_text)
        self._follow_theme()

    def amount(self) -> Money | None:
        """Read the amount; None while there is none, or it is not clear which."""
        return self._read().amount

    @property
    def question(self) -> str:
        """What has to be asked about what is typed; empty where it is clear."""
        return self._read().question

    def _read(self) -> Typed:
        shop = self.counter.shop
        return read_amount(self.text(), shop.currency, shop.locale)

    def asks(self) -> bool:
        """Ask about what is typed if it is not clear; tells whether that was so."""
        return self._ask(Tone.WARN)

    def _ask(self, tone: Tone) -> bool:
        self._pause.stop()
        self._asked = self.question
        if self._asked:
            self.counter.say(tone, self._asked)
        return bool(self._asked)

    def _follow_text(self) -> None:
        notice, asked, self._asked = self.counter.notice, self._asked, ""
        if notice is not None and notice.sentence == asked:
            self.counter.hush()
        if self.question:
            self._pause.start()
        else:
            self._pause.stop()
        self.changed.emit()

    def set_amount(self, amount: Money) -> None:
        """Show an amount, ready to be typed over."""
        self.setText(plain_text(amount, self.counter.shop.locale))
        self.selectAll()

    def suggest(self, amount: Money) -> None:
        """Show what is taken where nothing is typed."""
        self.setPlaceholderText(plain_text(amount, self.counter.shop.locale))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the keypad's dot for the decimal sign, whatever is printed on it; no amount begins with a space."""
        begins = (self.selectionStart() if self.hasSelectedText() else self.cursorPosition()) == 0
        is_on_pad = bool(event.modifiers() & Qt.KeyboardModifier.KeypadModifier)
        if is_on_pad and event.key() in {Qt.Key.Key_Period, Qt.Key.Key_Comma}:
            self.press(PadKey.DECIMAL)
        elif event.key() != Qt.Key.Key_Space or not begins:
            super().keyPressEvent(event)

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
