"""The top of a page: where one is, what was just done, and what can be done here."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.undo_chip import UndoChip

if TYPE_CHECKING:
    from collections.abc import Sequence

MARGIN = 20


class PageHead(QWidget):
    """Title and a line below it, an undo chip, and buttons at the right; ``went_back`` where there is a way back."""

    went_back = Signal()

    def __init__(self, title: str, buttons: Sequence[QWidget] = (), *, has_back: bool = False) -> None:
        """Show a title and buttons."""
        super().__init__()
        self.title = Label(title, 22, 600)
        self.detail = Label("", 14, 400, Tone.NEUTRAL)
        self.detail.hide()
        self.undo = UndoChip()
        policy = self.undo.sizePolicy()
        policy.setRetainSizeWhenHidden(False)
        self.undo.setSizePolicy(policy)
        words = QVBoxLayout()
        words.setSpacing(0)
        words.addStretch(1)
        words.addWidget(self.title)
        words.addWidget(self.detail)
        words.addStretch(1)
        row = QHBoxLayout(self)
        row.setContentsMargins(MARGIN, 12, MARGIN, 12)
        row.setSpacing(8)
        self.back = KeyButton("Back", "arrow-left", "Esc", parent=self)
        self.back.clicked.connect(self.went_back)
        self.back.setVisible(has_back)
        row.addWidget(self.back)
        row.addLayout(words, 1)
        row.addWidget(self.undo)
        for button in buttons:
            row.addWidget(button)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)

    def say(self, title: str, detail: str = "") -> None:
        """Show another title and another line below it."""
        self.title.setText(title)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
