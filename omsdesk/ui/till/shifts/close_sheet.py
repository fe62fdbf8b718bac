"""The end of the shift: what is counted, and in words how far it is from what should be there."""

from __future__ import annotations

from typing import TYPE_CHECKING

from omsdesk.domain.cash import Counted, TenderTotal
from omsdesk.domain.tender import TenderKind
from omsdesk.domain.values import Money
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import AmountField
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.shifts.cash_count import CashCount
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from collections.abc import Sequence

    from PySide6.QtWidgets import QWidget


class CloseSheet(Body):
    """A card per way to pay. Cash has to be counted; what else is left empty is taken as expected."""

    title = "Close the shift"
    width_limit = 640
    help_page = "close_shift"

    def __init__(self, state: TillState) -> None:
        """Ask for each count."""
        super().__init__()
        self.state = state
        figures = state.shift.figures()
        kinds = {method.code: method.kind for method in state.checkout.methods}
        tenders = figures.tenders if figures else ()
        self.counts = [_Count(state, row_, kinds.get(row_.method) is TenderKind.CASH) for row_ in tenders]
        self.close_button = PrimaryButton("Close the shift", "lock", "F12")
        self.close_button.clicked.connect(self.confirm)
        self.held = Label("", 16, 600, Tone.WARN)
        held = figures.held_count if figures else 0
        self.held.setText(f"{held} held {'sale stays' if held == 1 else 'sales stay'} for the next shift.")
        if not held:
            self.held.hide()
        self.setLayout(column(*self.counts, self.held, 1, spacing=16))
        for count, following in zip(self.counts, [*self.counts[1:], None], strict=True):
            count.changed_to(self._follow)
            count.confirmed_to(following.begin if following else self.confirm)
        self._follow()

    def buttons(self) -> Sequence[QWidget]:
        """Close."""
        return (self.close_button,)

    def typing_place(self) -> QWidget:
        """Type the first count."""
        return self.counts[0].field if self.counts else self

    def begin(self) -> None:
        """Wait for the first count."""
        if self.counts:
            self.counts[0].begin()

    def _follow(self) -> None:
        self.close_button.setEnabled(all(count.is_enough for count in self.counts))

    def confirm(self) -> None:
        """Close with what was counted, whatever it is."""
        if any(count.field.asks() for count in self.counts) or not self.close_button.isEnabled():
            return
        amounts = [(count.tender.method, count.amount) for count in self.counts]
        counted = tuple(Counted(method, amount) for method, amount in amounts if amount is not None)
        self.done.emit()
        self.state.shift.close(counted)


class _Count(Card):
    """What is counted of one way to pay."""

    def __init__(self, state: TillState, tender: TenderTotal, is_cash: bool) -> None:
        super().__init__()
        self.state = state
        self.tender = tender
        self.is_cash = is_cash
        counter, is_blind = state.counter, state.shift.is_blind
        self.cash = CashCount(state) if is_cash else None
        self.field = self.cash.total if self.cash else AmountField(counter, 24)
        if not is_cash and not is_blind:
            self.field.suggest(tender.expected)
        self.field.setAccessibleName(f"Counted: {tender.name}")
        expected = "" if is_blind else f"{counter.money(tender.expected)} should be there"
        self.verdict = Label(" ", 16, 600)
        head = row(Label(tender.name, 18, 600), 1, Label(expected, 16, 400, Tone.NEUTRAL))
        self.setLayout(column(head, self.cash or self.field, self.verdict, spacing=8, margins=(20, 16, 20, 16)))
        self.field.changed.connect(self._judge)
        self._judge()

    def begin(self) -> None:
        self.field.setFocus()

    def changed_to(self, act: object) -> None:
        self.field.changed.connect(act)

    def confirmed_to(self, act: object) -> None:
        if self.cash is not None:
            self.cash.confirmed.connect(act)
        else:
            self.field.returnPressed.connect(act)

    @property
    def amount(self) -> Money | None:
        return self.field.amount()

    @property
    def is_enough(self) -> bool:
        return self.amount is not None or not (self.is_cash or self.field.question)

    def _judge(self) -> None:
        amount, counter = self.amount, self.state.counter
        if self.state.shift.is_blind or amount is None:
            self.verdict.setText(" ")
            return
        difference = amount - self.tender.expected
        if not difference:
            self.verdict.setText("It adds up.")
            self.verdict.set_tone(Tone.OK)
        elif difference.minor < 0:
            self.verdict.setText(f"{counter.money(-difference)} is missing.")
            self.verdict.set_tone(Tone.BAD)
        else:
            self.verdict.setText(f"{counter.money(difference)} too much.")
            self.verdict.set_tone(Tone.WARN)
