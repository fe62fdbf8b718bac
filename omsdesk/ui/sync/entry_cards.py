"""A part of the screen that lists entries of other stations: why they are here, and a card for each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Generic, NamedTuple, TypeVar

from PySide6.QtWidgets import QStackedWidget, QWidget

from omsdesk.ui.sync.pane import FORM, Pane, Session
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_column import CardColumn
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.field_card import FieldCard
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column

_Entry = TypeVar("_Entry")


class Words(NamedTuple):
    """What the part is called, why something is listed there, and what stands there while nothing is."""

    title: str
    why: str
    nothing: str


class EntryCard(FieldCard):
    """Says what an entry is, why it is listed, and whose it is."""

    def __init__(self, title: str, reason: str) -> None:
        """Say what and why; whose it is follows, because stations have names once they were asked for."""
        super().__init__(title)
        self.line = Label("", 14, 400, Tone.NEUTRAL)
        self.column.addWidget(wrapped(reason))
        self.column.addWidget(self.line)


_Card = TypeVar("_Card", bound=EntryCard)


class CardList(QWidget, Generic[_Entry, _Card]):
    """A card for each entry, below one another."""

    def __init__(self, make: Callable[[_Entry], _Card], line: Callable[[_Entry], str]) -> None:
        """Show none yet; ``make`` makes the card of an entry, ``line`` says whose it is."""
        super().__init__()
        self._make, self._line = make, line
        self._column = column(spacing=12)
        self.setLayout(self._column)
        self._entries: list[_Entry] = []
        self.cards: list[_Card] = []

    def show_entries(self, entries: Sequence[_Entry]) -> None:
        """Show these; cards that are there already stay."""
        if list(entries) != self._entries:
            self._entries = list(entries)
            clear(self._column)
            self.cards = [self._make(entry) for entry in entries]
            for card in self.cards:
                self._column.addWidget(card)
        for card, entry in zip(self.cards, entries, strict=True):
            card.line.setText(self._line(entry))


class EntryCards(Pane, Generic[_Entry, _Card]):
    """Why entries are listed, a card for each, and what a subclass puts below them."""

    def __init__(
        self,
        session: Session,
        words: Words,
        entries: Callable[[], Sequence[_Entry]],
        cards: CardList[_Entry, _Card],
        below: QWidget | None = None,
    ) -> None:
        """Lay the cards out; ``entries`` gives what is listed now."""
        self._entries, self._words, self.cards, self._below = entries, words, cards, below
        self._why = wrapped(words.why)
        above = FieldCard("")
        above.column.addWidget(self._why)
        self._stack = QStackedWidget()
        self._stack.addWidget(EmptyState("circle-check", words.nothing))
        self._stack.addWidget(CardColumn([[above], [cards], *([[below]] if below else [])], FORM))
        super().__init__(words.title, session, self._stack)

    def show_values(self) -> None:
        """Show the entries."""
        entries = self._entries()
        has_below = self._below is not None and not self._below.isHidden()
        self._stack.setCurrentIndex(1 if entries or has_below else 0)
        self._why.setText(self._words.why if entries else self._words.nothing)
        self.cards.show_entries(entries)


def wrapped(text: str, tone: Tone | None = None) -> Label:
    """Make a text of as many lines as it needs."""
    label = Label(text, 16, 400, tone)
    label.setWordWrap(True)
    return label
