"""What is wanted now and then: cards with a digit each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from omsdesk.ui import theme
from omsdesk.ui.keyboard import TAKES_KEYS, typed_text
from omsdesk.ui.navigation import Intent
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.widgets.card_button import CardButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent, QResizeEvent

_COLUMNS = 2
_DIGITS = 10
_NARROW = 480
"""Pixels, at normal text size, that two cards beside each other need to be read."""


class MoreSheet(Body):
    """Chosen by finger, or by the digit on the card."""

    title = "More"
    help_page = "more"

    def __init__(self, intents: Sequence[tuple[Intent, str]]) -> None:
        """Show intents, each with a sentence that explains it."""
        super().__init__()
        self.setProperty(TAKES_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._intents = [intent for intent, _ in intents]
        self.cards: dict[str, CardButton] = {}
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(8)
        self._columns = 0
        for number, (intent, sentence) in enumerate(intents):
            # More than there are digits have keys of their own.
            cap = str((number + 1) % 10) if number < _DIGITS else intent.cap
            card = CardButton(intent.label, intent.icon, sentence, cap)
            card.HEIGHT = 76
            card.setEnabled(intent.is_possible())
            card.clicked.connect(lambda _checked=False, intent=intent: self._do(intent))
            self.cards[intent.name] = card
        self._grid.setRowStretch(len(intents), 1)
        self._arrange(_COLUMNS)

    def _arrange(self, columns: int) -> None:
        if columns != self._columns:
            self._columns = columns
            for number, card in enumerate(self.cards.values()):
                self._grid.addWidget(card, *divmod(number, columns))
            for column in range(_COLUMNS):
                # Of equal width, however long the sentences of one of them are.
                self._grid.setColumnStretch(column, 1 if column < columns else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the cards below one another where there is little room."""
        super().resizeEvent(event)
        room = self.parentWidget()
        width = room.width() if room is not None else self.width()
        self._arrange(1 if width < theme.current().px(_NARROW) else _COLUMNS)

    def typing_place(self) -> QWidget:
        """Digits choose."""
        return self

    def begin(self) -> None:
        """Wait for a digit."""
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit."""
        # After the ninth comes the key 0.
        text = typed_text(event)
        at = (int(text) - 1) % 10 if text.isdecimal() else len(self._intents)
        if at < len(self._intents):
            self._do(self._intents[at])
        else:
            event.ignore()

    def _do(self, intent: Intent) -> None:
        if intent.is_possible():
            self.done.emit()
            intent.act()
