"""Two opinions on an order as large cards: somebody who sees both chooses."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from omsdesk.ui.order_opinions import Opinions
from omsdesk.ui.widgets.choice_card import ChoiceCard
from omsdesk.ui.widgets.flicking import scrolling
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column


class OpinionsView(QWidget):
    """Emits ``chosen(command)``."""

    chosen = Signal(object)

    def __init__(self, modifier: str = "") -> None:
        """Show nothing yet; ``modifier`` is held for the keys that choose, which are the owner's."""
        super().__init__()
        self._modifier = modifier
        self.why = Label("", 16)
        self.why.setWordWrap(True)
        self.cards: list[ChoiceCard] = []
        inside = QWidget()
        self._rows = column(spacing=12)
        inside.setLayout(self._rows)
        made = column(self.why, scrolling(inside), spacing=14)
        made.setStretch(1, 1)
        self.setLayout(made)

    def show_opinions(self, opinions: Opinions) -> None:
        """Show what there is to choose from."""
        self.why.setText(opinions.why)
        clear(self._rows)
        self.cards = []
        for at, opinion in enumerate(opinions.choices(), 1):
            card = ChoiceCard(f"{self._modifier} {at}".strip() if at < 5 else "")
            card.set_content(opinion.words, opinion.mark, opinion.sources)
            card.clicked.connect(partial(self.chosen.emit, opinion.command))
            self._rows.addWidget(card)
            self.cards.append(card)
        self._rows.addStretch(1)

    def choose(self, at: int) -> None:
        """Choose one by its place."""
        if 0 <= at < len(self.cards) and self.cards[at].isEnabled():
            self.cards[at].click()
