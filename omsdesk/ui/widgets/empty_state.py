"""Nothing here yet: an icon, one sentence and the one thing to do about it."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.ui import icons, theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.painting import box

CIRCLE = 88


class EmptyState(QWidget):
    """Stands in the middle of an empty list; ``pressed`` is its button."""

    pressed = Signal()

    def __init__(
        self, icon: str, sentence: str, button: str = "", key: str = "", parent: QWidget | None = None
    ) -> None:
        """Show a sentence, and a button if it has a label."""
        super().__init__(parent)
        self.sentence = Label(sentence, 16, 400, Tone.NEUTRAL)
        self.sentence.setWordWrap(True)
        self.sentence.setAlignment(Qt.AlignmentFlag.AlignHCenter | Qt.AlignmentFlag.AlignTop)
        self.button = KeyButton(button, key=key)
        if not button:
            self.button.hide()
        self.button.clicked.connect(self.pressed)
        self._circle = _Circle(icon)
        column = QVBoxLayout(self)
        column.setContentsMargins(24, 24, 24, 24)
        column.setSpacing(16)
        column.addStretch(1)
        column.addWidget(self._circle, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addWidget(self.sentence)
        column.addWidget(self.button, 0, Qt.AlignmentFlag.AlignHCenter)
        column.addStretch(1)

    def set_content(self, icon: str, sentence: str) -> None:
        """Explain another emptiness."""
        self._circle.icon = icon
        self._circle.update()
        self.sentence.setText(sentence)


class _Circle(QWidget):
    """The icon on a soft round ground."""

    def __init__(self, icon: str) -> None:
        super().__init__()
        self.icon = icon

    def sizeHint(self) -> QSize:
        return QSize(CIRCLE, CIRCLE)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, look = QPainter(self), theme.current()
        box(painter, self.rect(), look.colour.sunken, None, self.width() // 2)
        place = QRect(0, 0, 36, 36)
        place.moveCenter(self.rect().center())
        icons.draw(painter, self.icon, place, look.colour.muted)
        painter.end()

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self.update()
