"""What was put aside, in plain words."""

from __future__ import annotations

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from omsdesk.ui.sync.aside_session import Aside, AsideSession
from omsdesk.ui.sync.pane import FORM, Pane
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear

_NOTHING = "Everything that was heard from other stations is where it belongs."
_WHY = (
    "These entries came from other stations and could not be booked here. They are kept as they came: nothing is lost, "
    "and selling goes on. Update this program: what the new one understands is booked by itself."
)


class AsideView(Pane):
    """A card for each entry."""

    def __init__(self, session: AsideSession) -> None:
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
        self._shown: list[Aside] = []
        super().__init__("Put aside", session, self._stack)

    def show_values(self) -> None:
        """Show the entries."""
        entries = self.session.entries
        self._stack.setCurrentIndex(1 if entries else 0)
        if entries != self._shown:
            self._shown = entries
            clear(self._column)
            for entry in entries:
                card = FieldCard(entry.kind)
                reason = Label(entry.reason, 16)
                reason.setWordWrap(True)
                card.column.addWidget(reason)
                card.column.addWidget(Label(self.session.line(entry), 14, 400, Tone.NEUTRAL))
                self._column.addWidget(card)
