"""What the service holds back, a card for each change: let it pass, or turn it away for good; below, what was."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from omsdesk.ui.navigation import Intent
from omsdesk.ui.sync.aside_session import kind_words
from omsdesk.ui.sync.entry_cards import CardList, EntryCard, EntryCards, Words, wrapped
from omsdesk.ui.sync.held_session import HeldSession
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row

if TYPE_CHECKING:
    from PySide6.QtGui import QKeyEvent

    from omsdesk.sync.messages import HeldEntry, TurnedAway

_WORDS = Words(
    title="Held back",
    why="Somebody changed what all stations share and may not, as far as the service knows. The change is kept and "
    "told to nobody else. Let it pass if it is right; turn it away if it is not, and correct it at the station where "
    "it was made.",
    nothing="The service holds nothing back.",
)
_WARNING = (
    "Turn this change away for good? No other station will ever hear of it, and this cannot be taken back. It stays at "
    "the station where it was made until somebody corrects it there, and in the list below, with your name."
)


class HeldCard(EntryCard):
    """A change that waits: let it pass, or turn it away once that was asked twice."""

    def __init__(self, session: HeldSession, entry: HeldEntry) -> None:
        """Say what it is, and offer the choice."""
        super().__init__(kind_words(entry.kind), entry.reason)
        self.entry = entry
        self._session = session
        self.let_pass = KeyButton("Let it pass", "circle-check")
        self.ask = KeyButton("Turn it away…", "circle-x")
        self.warning = wrapped(_WARNING, Tone.BAD)
        self.keep = KeyButton("Keep it here", "undo-2")
        self.refuse = KeyButton("Turn it away for good", "circle-x", face=Face.DANGER)
        self.let_pass.clicked.connect(partial(session.release, entry))
        self.ask.clicked.connect(partial(session.ask_to_turn_away, entry))
        self.keep.clicked.connect(session.keep)
        self.refuse.clicked.connect(session.turn_away)
        self.column.addWidget(self.warning)
        self.column.addLayout(row(self.let_pass, self.ask, self.keep, self.refuse, 1))
        self._is_asked: bool | None = None

    def follow(self, *, has_keys: bool) -> None:
        """Show the choice, or the question whether that is meant; ``has_keys`` says whether keys mean this card."""
        is_asked = self._session.asked == self.entry
        for button, key in ((self.let_pass, "Ctrl 1"), (self.ask, "Ctrl 2")):
            button.key = key if has_keys else ""
            button.updateGeometry()
        if is_asked == self._is_asked:
            return
        had_focus = _has_focus(self)
        self._is_asked = is_asked
        for part in (self.warning, self.keep, self.refuse):
            part.setVisible(is_asked)
        for part in (self.let_pass, self.ask):
            part.setHidden(is_asked)
        if is_asked or had_focus:
            # Neither button does anything that cannot be taken back.
            (self.keep if is_asked else self.ask).setFocus()


class HeldView(EntryCards["HeldEntry", HeldCard]):
    """A card for each change that waits, and one for each that was turned away."""

    help_page = "sync_waiting"

    def __init__(self, session: HeldSession) -> None:
        """Lay the cards out."""
        self.session = session
        self.refused = CardList(_refused_card, session.refused_line)
        self.below = QWidget()
        self.below.setLayout(column(Label("Turned away", 18, 600), self.refused, spacing=12, margins=(0, 12, 0, 0)))
        cards = CardList(partial(HeldCard, session), session.line)
        super().__init__(session, _WORDS, lambda: session.entries, cards, self.below)

    def show_values(self) -> None:
        """Show what waits, and what was turned away."""
        session = self.session
        had_focus = _has_focus(self.cards)
        before = list(self.cards.cards)
        self.refused.show_entries(session.turned_away)
        self.below.setVisible(bool(session.turned_away))
        super().show_values()
        for at, card in enumerate(self.cards.cards):
            card.follow(has_keys=at == 0)
        if had_focus and before and self.cards.cards and before[0] is not self.cards.cards[0]:
            self.cards.cards[0].ask.setFocus()

    def intents(self) -> Sequence[Intent]:
        """What can be done here: the keys mean the first change, and the next one is the first then."""
        return (
            Intent("sync.pass", "Let the change pass", "circle-check", self._let_pass, "Ctrl+1", self._may_decide),
            Intent("sync.turn_away", "Turn the change away", "circle-x", self._ask, "Ctrl+2", self._may_decide),
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Escape takes the question back."""
        if event.key() == Qt.Key.Key_Escape and self.session.asked is not None:
            self.session.keep()
        else:
            super().keyPressEvent(event)

    def _may_decide(self) -> bool:
        session = self.session
        return self.isVisible() and bool(session.entries) and session.asked is None and not session.is_busy

    def _let_pass(self) -> None:
        self.session.release(self.session.entries[0])

    def _ask(self) -> None:
        self.session.ask_to_turn_away(self.session.entries[0])


def _has_focus(part: QWidget) -> bool:
    focused = QApplication.focusWidget()
    return focused is not None and part.isAncestorOf(focused)


def _refused_card(refused: TurnedAway) -> EntryCard:
    return EntryCard(kind_words(refused.entry.kind), refused.entry.reason)
