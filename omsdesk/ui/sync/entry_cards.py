"""A part of the screen that lists entries of other stations: why they are here, and a card for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from omsdesk.ui.sync.pane import FORM, Pane, Session
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear

_Entry = TypeVar("_Entry")


class Words(NamedTuple):
    """What the part is called, why something is listed there, and what stands there while nothing is."""

    title: str
    why: str
    nothing: str


class EntryCards(Pane, Generic[_Entry]):
    """A card for each entry."""

    def __init__(
        self,
        session: Session,
        words: Words,
        entries: Callable[[], Sequence[_Entry]],
        card: Callable[[_Entry], FieldCard],
    ) -> None:
        """Lay the cards out; ``entries`` gives what is listed now, ``card`` makes the card of one."""
        self._entries, self._card = entries, card
        above = FieldCard("")
        above.column.addWidget(_wrapped(words.why))
        self.cards = QWidget()
        self._column = QVBoxLayout(self.cards)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(12)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("circle-check", words.nothing))
        self._stack.addWidget(CardColumn([[above], [self.cards]], FORM))
        self._shown: list[_Entry] = []
        super().__init__(words.title, session, self._stack)

    def show_values(self) -> None:
        """Show the entries; cards that are there already stay."""
        entries = list(self._entries())
        self._stack.setCurrentIndex(1 if entries else 0)
        if entries != self._shown:
            self._shown = entries
            clear(self._column)
            for entry in entries:
                self._column.addWidget(self._card(entry))


def entry_card(title: str, reason: str, line: str) -> FieldCard:
    """Make a card that says what an entry is, why it is listed, and whose it is."""
    card = FieldCard(title)
    card.column.addWidget(_wrapped(reason))
    card.column.addWidget(Label(line, 14, 400, Tone.NEUTRAL))
    return card


def _wrapped(text: str) -> Label:
    label = Label(text, 16)
    label.setWordWrap(True)
    return label
