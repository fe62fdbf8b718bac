"""What the service holds back, a card for each change, and the button that lets it pass."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QHBoxLayout

from omsdesk.ui.sync.entry_cards import EntryCards, Words, entry_card
from omsdesk.ui.sync.held_session import HeldSession
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from omsdesk.sync.messages import HeldEntry

_WORDS = Words(
    title="Held back",
    why="Somebody changed what all stations share and may not, as far as the service knows. The change is kept and "
    "told to nobody else. Let it pass if it is right; otherwise leave it here, and correct it at the station where it "
    "was made.",
    nothing="The service holds nothing back.",
)


class HeldView(EntryCards["HeldEntry"]):
    """A card for each change."""

    def __init__(self, session: HeldSession) -> None:
        """Lay the cards out."""
        self.session = session
        super().__init__(session, _WORDS, lambda: session.entries, self._card_of)

    def _card_of(self, entry: HeldEntry) -> FieldCard:
        card = entry_card(self.session.title(entry), entry.reason, self.session.line(entry))
        let_pass = KeyButton("Let it pass", "circle-check")
        let_pass.clicked.connect(partial(self.session.release, entry))
        row = QHBoxLayout()
        row.addWidget(let_pass)
        row.addStretch(1)
        card.column.addLayout(row)
        return card
