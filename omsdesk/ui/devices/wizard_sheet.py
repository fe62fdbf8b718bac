"""The sheet of “Find my devices”: what was found for what, and one button that goes on."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.ui.devices.wizard_session import Phase, Proposal, WizardSession
from omsdesk.ui.keyboard import TAKES_KEYS, typed_text
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.sheet import Sheet

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtGui import QKeyEvent

_WIDEST = 760
_NEXT = {
    Phase.OFFERED: "Find them",
    Phase.LOOKING: "Looking…",
    Phase.PRINTING: "Printing…",
    Phase.ASKING: "Yes, it is right",
    Phase.DONE: "Done",
}


class WizardBody(QWidget):
    """A sentence, and below it a card for each proposal."""

    def __init__(self, session: WizardSession) -> None:
        """Make an empty list."""
        super().__init__()
        self.session = session
        self.setProperty(TAKES_KEYS, True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.sentence = Label("", 18, 500)
        self.sentence.setWordWrap(True)
        self.offer = EmptyState("printer", "")
        self.cards: list[CardButton] = []
        self._shown: Sequence[Proposal] = ()
        self._rows = QVBoxLayout()
        self._rows.setSpacing(8)
        self.setLayout(column(self.offer, self.sentence, self._rows, 1, spacing=20))

    def follow(self) -> None:
        """Show what the session has now."""
        session = self.session
        is_offered = session.phase is Phase.OFFERED
        self.offer.setVisible(is_offered)
        self.offer.set_content("printer", session.sentence if is_offered else "")
        self.sentence.setVisible(not is_offered)
        self.sentence.setText(session.sentence)
        self.sentence.set_tone(None if session.phase is not Phase.DONE else Tone.OK if session.is_good else Tone.WARN)
        if session.proposals != self._shown:
            self._shown = tuple(session.proposals)
            clear(self._rows)
            self.cards = [self._card(at, row) for at, row in enumerate(session.proposals)]
            for card in self.cards:
                self._rows.addWidget(card)
        for card in self.cards:
            card.setEnabled(session.phase in {Phase.LOOKING, Phase.PROPOSED})

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take a proposal out by its digit; answer by a letter."""
        session, text = self.session, typed_text(event).upper()
        if text.isdecimal():
            session.toggle(int(text) - 1 if int(text) else 9)
        elif text == "N":
            session.answer(is_right=False)
        elif text == "R" and session.phase is Phase.PROPOSED:
            session.open()
        else:
            event.ignore()

    def _card(self, at: int, row: Proposal) -> CardButton:
        title = f"{row.role.title}: {row.found.name}" if row.is_wanted else f"{row.role.title}: not this one"
        card = CardButton(title, row.role.icon if row.is_wanted else "circle-x", row.detail, str(at + 1))
        card.HEIGHT = 68
        card.clicked.connect(partial(self._toggled, at))
        return card

    def _toggled(self, at: int, _checked: object = None) -> None:
        self.session.toggle(at)


class WizardSheet(Sheet):
    """Opened and closed by its session."""

    def __init__(self, session: WizardSession, area: QWidget) -> None:
        """Cover ``area`` once the session is open."""
        self.session = session
        self.content = WizardBody(session)
        self.wrong = KeyButton("No", "x", "N", height=68)
        self.wrong.clicked.connect(lambda: session.answer(is_right=False))
        self.again = KeyButton("Look again", "refresh-cw", "R", height=68)
        self.again.clicked.connect(session.open)
        self.go = PrimaryButton("", "check", "Enter")
        self.go.clicked.connect(session.confirm)
        super().__init__("Find my devices", self.content, area, [self.again, self.wrong, self.go], _WIDEST)
        self.closed.connect(self._was_closed)
        session.listeners.append(self.follow)

    def follow(self) -> None:
        """Open, show, or close."""
        session = self.session
        if session.phase is Phase.CLOSED:
            self.close_sheet()
            return
        if self.isHidden():
            self.open_sheet()
            self.content.setFocus()
        self.content.follow()
        self.back_key.set_label("Later" if session.phase is Phase.OFFERED else "Back")
        self.go.set_label(_NEXT.get(session.phase, "Use them" if session.proposals else "Close"))
        self.go.setEnabled(session.phase not in {Phase.LOOKING, Phase.PRINTING})
        self.wrong.setVisible(session.phase is Phase.ASKING)
        self.again.setVisible(session.phase is Phase.PROPOSED)

    def _was_closed(self) -> None:
        if self.session.phase is not Phase.CLOSED:
            self.session.close()
