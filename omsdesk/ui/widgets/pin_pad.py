"""Who is there? A PIN, shown as dots, typed by finger or keyboard."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QEasingCurve, QPoint, QSize, Qt, QVariantAnimation, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QGridLayout, QSizePolicy, QVBoxLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.keyboard import typed_text
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.number_pad import GAP, PadButton
from omsdesk.ui.widgets.painting import box

if TYPE_CHECKING:
    from collections.abc import Callable

LONGEST = 8
"""Digits of a PIN at most."""

_SHAKE = 320
_SWING = 14


class PinPad(QWidget):
    """Emits ``submitted(pin)`` on Enter, or by itself once ``length`` digits are there.

    Nothing but the dots knows the digits: they are neither read out nor kept after they were submitted.
    """

    submitted = Signal(str)

    def __init__(self, length: int = 0, parent: QWidget | None = None) -> None:
        """Expect ``length`` digits, or any number up to eight for 0."""
        super().__init__(parent)
        self._length = length
        self._pin = ""
        self._dots = _Dots(length or 4)
        self._message = Label("", 14, 500, Tone.BAD)
        self._message.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self._message.setWordWrap(True)
        self._message.setMinimumHeight(theme.current().px(22))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAccessibleName("PIN")
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(GAP)
        column.addWidget(self._dots)
        column.addWidget(self._message)
        column.addLayout(self._keys())

    def _keys(self) -> QGridLayout:
        grid = QGridLayout()
        grid.setSpacing(GAP)
        self.buttons: dict[str, PadButton] = {}
        for number, digit in enumerate("123456789"):
            self._add(grid, PadButton(digit, digit), number, self._typing(digit))
        self._add(grid, PadButton("Delete last digit", icon="delete"), 9, self._erase)
        self._add(grid, PadButton("0", "0"), 10, self._typing("0"))
        self._add(grid, PadButton("Enter", icon="check", is_primary=True), 11, self._submit)
        return grid

    def _add(self, grid: QGridLayout, button: PadButton, number: int, act: Callable[[], None]) -> None:
        button.clicked.connect(act)
        self.buttons[button.label] = button
        grid.addWidget(button, *divmod(number, 3))

    def show_wrong(self, message: str) -> None:
        """Say that the PIN was wrong, in words and by a shake, and start again."""
        self.clear()
        self._message.setText(message)
        self._dots.shake()

    def say(self, message: str) -> None:
        """Say something, and leave what is typed."""
        self._message.setText(message)

    def clear(self) -> None:
        """Forget the digits and the message."""
        self._message.setText("")
        self._set("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take digits, Backspace and Enter from the keyboard; leave the rest to the screen."""
        key, text = event.key(), typed_text(event)
        if len(text) == 1 and text in "0123456789":
            self._type(text)
        elif key == Qt.Key.Key_Backspace:
            self._erase()
        elif key in {Qt.Key.Key_Return, Qt.Key.Key_Enter}:
            self._submit()
        else:
            event.ignore()

    def _typing(self, digit: str) -> Callable[[], None]:
        return lambda: self._type(digit)

    def _type(self, digit: str) -> None:
        if len(self._pin) >= (self._length or LONGEST):
            return
        self._message.setText("")
        self._set(self._pin + digit)
        if len(self._pin) == self._length:
            self._submit()

    def _erase(self) -> None:
        self._set(self._pin[:-1])

    def _submit(self) -> None:
        pin = self._pin
        if pin:
            self._set("")
            self.submitted.emit(pin)

    def _set(self, pin: str) -> None:
        self._pin = pin
        self._dots.show_count(len(pin))


class _Dots(QWidget):
    """One dot per digit, filled as they are typed."""

    def __init__(self, places: int) -> None:
        super().__init__()
        self._places = places
        self._count = 0
        self._swing = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_SHAKE)
        self._swing.setEasingCurve(QEasingCurve.Type.Linear)
        self._swing.valueChanged.connect(self.update)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.show_count(0)

    def show_count(self, count: int) -> None:
        self._count = count
        self.setAccessibleName(f"{count} digits entered")
        self.update()

    def shake(self) -> None:
        self._swing.start()

    def sizeHint(self) -> QSize:
        return QSize(160, theme.current().px(40))

    def offset(self) -> int:
        """Pixels the dots are off their place while they shake: three swings that die away."""
        done = float(self._swing.currentValue() or 0.0)
        if self._swing.state() is not QVariantAnimation.State.Running:
            return 0
        phase = int(done * 6) % 2
        return round((1 - done) * (_SWING if phase else -_SWING))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        side, places = look.px(16), max(self._places, self._count)
        pitch = side + look.px(14)
        left = (self.width() - places * pitch + look.px(14)) // 2 + self.offset()
        is_shaking = self._swing.state() is QVariantAnimation.State.Running
        for number in range(places):
            dot = self.rect()
            dot.setSize(QSize(side, side))
            dot.moveTopLeft(QPoint(left + number * pitch, (self.height() - side) // 2))
            edge = look.colour.bad if is_shaking else look.colour.edge
            ground = look.colour.text if number < self._count else None
            box(painter, dot, ground, None if ground else edge, side // 2, 2)
        painter.end()
