"""What the service holds back, a card for each change, and the button that lets it pass."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from omsdesk.ui.sync.held_session import HeldSession
from omsdesk.ui.sync.pane import FORM, Pane
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear

if TYPE_CHECKING:
    from omsdesk.sync.messages import HeldEntry

_NOTHING = "The service holds nothing back."
_WHY = (
    "Somebody changed what all stations share and may not, as far as the service knows. The change is kept and told to "
    "nobody else. Let it pass if it is right; otherwise leave it here, and correct it at the station where it was made."
)


class HeldView(Pane):
    """A card for each change."""

    def __init__(self, session: HeldSession) -> None:
        """Lay the cards out."""
        self.session = session
        why = FieldCard("")
        words = Label(_WHY, 16)
        words.setWordWrap(True)
        why.column.addWidget(words)
        self.cards = QWidget()
        self._column = QVBoxLayout(self.cards)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("circle-check", _NOTHING))
        self._stack.addWidget(CardColumn([[why], [self.cards]], FORM))
        self._shown: tuple[HeldEntry, ...] = ()
        super().__init__("Held back", session, self._stack)

    def show_values(self) -> None:
        """Show the changes."""
        entries = self.session.entries
        self._stack.setCurrentIndex(1 if entries else 0)
        if entries != self._shown:
            self._shown = entries
            clear(self._column)
            for entry in entries:
                self._column.addWidget(self._card(entry))

    def _card(self, entry: HeldEntry) -> FieldCard:
        card = FieldCard(self.session.title(entry))
        reason = Label(entry.reason, 16)
        reason.setWordWrap(True)
        card.column.addWidget(reason)
        card.column.addWidget(Label(self.session.line(entry), 14, 400, Tone.NEUTRAL))
        let_pass = KeyButton("Let it pass", "circle-check")
        let_pass.clicked.connect(partial(self.session.release, entry))
        row = QHBoxLayout()
        row.addWidget(let_pass)
        row.addStretch(1)
        card.column.addLayout(row)
        return card
