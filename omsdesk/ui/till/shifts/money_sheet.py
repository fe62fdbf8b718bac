"""Money that goes into the drawer or out of it without a sale: how much, and why."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.ui.till.amount_field import AmountField, TextField
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton

_REASONS = {True: "Such as: change from the bank", False: "Such as: window cleaner, or cash to the bank"}


class MoneySheet(Body):
    """Pay in or pay out."""

    width_limit = FORM_WIDTH
    help_page = "pay_in_and_out"

    def __init__(self, state: TillState, is_in: bool) -> None:
        """Ask how much goes which way."""
        super().__init__()
        self.state = state
        self.is_in = is_in
        self.title = "Pay in" if is_in else "Pay out"
        self.amount, self.reason = AmountField(state.counter, 32), TextField()
        self.form = Form()
        self.form.add("amount", "Amount put into the drawer" if is_in else "Amount taken from the drawer", self.amount)
        self.form.add("reason", "Why", self.reason, _REASONS[is_in])
        self.save = PrimaryButton(self.title, "arrow-up-down", "Enter")
        self.save.clicked.connect(self.confirm)
        self.amount.changed.connect(self._follow)
        self.amount.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self.confirm)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setLayout(column(self.form, self.save, 1, spacing=16))

    def _follow(self) -> None:
        amount = self.amount.amount()
        self.save.set_amount(self.state.counter.money(amount) if amount else "")

    def typing_place(self) -> QWidget:
        """Type the amount first."""
        return self.amount

    def begin(self) -> None:
        """Wait for the amount."""
        self.amount.setFocus()

    def confirm(self) -> None:
        """Move the money, or say what is missing."""
        amount, reason = self.amount.amount(), self.reason.text().strip()
        errors = {} if amount else {"amount": self.amount.question or "Type an amount above zero."}
        if not reason:
            errors["reason"] = "Say why, so that the count at the end of the day can be explained."
        if self.form.show_errors(errors) or amount is None:
            return
        move = self.state.shift.pay_in if self.is_in else self.state.shift.pay_out
        move(amount, reason)
        self.done.emit()
