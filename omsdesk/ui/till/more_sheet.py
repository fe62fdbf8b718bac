"""What is wanted now and then: cards with a digit each."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from omsdesk.ui.keyboard import TAKES_KEYS
from omsdesk.ui.navigation import Intent
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.widgets.card_button import CardButton

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

_COLUMNS = 2


class MoreSheet(Body):
    """Chosen by finger, or by the digit on the card."""

    title = "More"

    def __init__(self, intents: Sequence[tuple[Intent, str]]) -> None:
        """Show intents, each with a sentence that explains it."""
        super().__init__()
        self.setProperty(TAKES_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._intents = [intent for intent, _ in intents]
        self.cards: dict[str, CardButton] = {}
        grid = QGridLayout(self)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(8)
        for number, (intent, sentence) in enumerate(intents):
            card = CardButton(intent.label, intent.icon, sentence, str(number + 1))
            card.HEIGHT = 76
            card.setEnabled(intent.is_possible())
            card.clicked.connect(lambda _checked=False, intent=intent: self._do(intent))
            self.cards[intent.name] = card
            grid.addWidget(card, *divmod(number, _COLUMNS))
        grid.setRowStretch(len(intents), 1)

    def typing_place(self) -> QWidget:
        """Digits choose."""
        return self

    def begin(self) -> None:
        """Wait for a digit."""
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose by digit."""
        number = int(event.text()) if event.text().isdecimal() else 0
        if 1 <= number <= len(self._intents):
            self._do(self._intents[number - 1])
        else:
            event.ignore()

    def _do(self, intent: Intent) -> None:
        if intent.is_possible():
            self.done.emit()
            intent.act()
