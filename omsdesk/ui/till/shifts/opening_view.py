"""No shift is open: the drawer is counted, and the day begins."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from omsdesk.ui.theme import Tone
from omsdesk.ui.till.shifts.cash_count import CashCount
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton

WIDTH = 560


class OpeningView(QWidget):
    """Asks for the float, and opens the shift with it."""

    help_page = "open_shift"

    def __init__(self, state: TillState) -> None:
        """Begin with nothing counted."""
        super().__init__()
        self.state = state
        self.count = CashCount(state)
        self.open_button = PrimaryButton("Open the till", "lock-open", "F12")
        self.open_button.clicked.connect(self.open_shift)
        self.count.changed.connect(self._follow)
        self.count.confirmed.connect(self.open_shift)
        card = Card()
        card.setFixedWidth(WIDTH)
        card.setLayout(
            column(
                Label("Count the drawer", 22, 600),
                self._explained(),
                self.count,
                self.open_button,
                spacing=16,
                margins=(24, 20, 24, 24),
            )
        )
        self.setLayout(column(1, row(1, card, 1), 2))
        self._follow()

    def _explained(self) -> Label:
        text = Label("How much money is in the drawer before the first sale?", 16, 400, Tone.NEUTRAL)
        text.setWordWrap(True)
        return text

    def begin(self) -> None:
        """Take the focus."""
        self.count.total.setFocus()

    def _follow(self) -> None:
        amount = self.count.amount()
        self.open_button.set_amount(self.state.counter.money(amount) if amount else "")
        self.open_button.setEnabled(amount is not None)

    def open_shift(self) -> None:
        """Open the shift with what was counted; an empty drawer is typed as 0."""
        amount = self.count.amount()
        if not self.count.asks() and amount is not None:
            self.state.shift.open(amount)
