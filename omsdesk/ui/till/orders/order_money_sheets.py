"""A payment on an order of any amount, and giving an order up: what is kept, and what goes back."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.domain.values import Money
from omsdesk.store.queries.orders import Known
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import AmountField, TextField
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton


class PaymentSheet(Body):
    """How much is paid on an order now."""

    width_limit = FORM_WIDTH
    help_page = "orders"

    def __init__(self, state: TillState, known: Known) -> None:
        """Propose what is due next."""
        super().__init__()
        self.state, self.known = state, known
        self.title = f"Payment for {known.order.number}"
        money = state.counter.money
        self.amount = AmountField(state.counter, 32)
        self.form = Form()
        self.form.add("amount", "Paid now", self.amount, f"{money(known.due)} is still to be paid.")
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.save = PrimaryButton("Take", "coins", "Enter")
        self.save.clicked.connect(self.confirm)
        self.amount.changed.connect(self._follow)
        self.amount.returnPressed.connect(self.confirm)
        self.setLayout(column(self.form, self.save, 1, spacing=16))
        self.amount.set_amount(known.next_payment)
        self._follow()

    def _follow(self) -> None:
        amount = self.amount.amount()
        self.save.set_amount(self.state.counter.money(amount) if amount else "")

    def typing_place(self) -> QWidget:
        """Type the amount."""
        return self.amount

    def begin(self) -> None:
        """Wait for the amount."""
        self.amount.setFocus()
        self.amount.selectAll()

    def confirm(self) -> None:
        """Take it, or say what is wrong with it."""
        amount, due = self.amount.amount(), self.known.due
        error = self.amount.question or "Type an amount above zero." if not amount else ""
        if amount and amount > due:
            error = f"Only {self.state.counter.money(due)} is still to be paid."
        self.form.show_errors({"amount": error} if error else {})
        if amount and not error:
            self.done.emit()
            self.state.orders.take_payment(self.known, amount)


class GiveUpSheet(Body):
    """What is kept as a fee, what goes back, and why."""

    width_limit = FORM_WIDTH
    help_page = "orders"

    def __init__(self, state: TillState, known: Known) -> None:
        """Propose the fee that was agreed on."""
        super().__init__()
        self.state, self.known = state, known
        self.title = f"Give {known.order.number} up"
        self.agreed = state.orders.fee(known)
        self.fee, self.reason = AmountField(state.counter, 32), TextField()
        self.form = Form()
        hint = f"{state.counter.money(self.agreed)} was agreed on." if self.agreed else "No fee was agreed on."
        self.form.add("fee", "Kept as a fee", self.fee, hint)
        self.form.add("reason", "Why", self.reason)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.back = Label("", 20, 600)
        self.note = Label("Its goods are free for others again.", 16, 400, Tone.NEUTRAL)
        self.save = PrimaryButton("Give the order up", "x", "F12")
        self.save.clicked.connect(self.confirm)
        self.fee.changed.connect(self._follow)
        self.fee.returnPressed.connect(self.reason.setFocus)
        self.reason.returnPressed.connect(self.confirm)
        self.setLayout(column(self.form, self.back, self.note, self.save, 1, spacing=16))
        if known.held:
            self.fee.set_amount(self.agreed)
        else:
            self.form.set_shown("fee", is_shown=False)
        self._follow()

    def _amount(self) -> Money:
        return self.fee.amount() or Money(0, self.known.order.currency)

    def _follow(self) -> None:
        back, money = self.known.held - self._amount(), self.state.counter.money
        self.back.setText(f"{money(back)} goes back to the customer." if self.known.held else "Nothing was paid.")

    def typing_place(self) -> QWidget:
        """Type why."""
        return self.reason

    def begin(self) -> None:
        """Wait for the reason."""
        self.reason.setFocus()

    def confirm(self) -> None:
        """Give it up, or say what is wrong."""
        error = self.fee.question
        if self._amount() > self.known.held:
            error = f"Only {self.state.counter.money(self.known.held)} was paid: no more can be kept."
        self.form.show_errors({"fee": error} if error else {})
        if not error:
            self.done.emit()
            self.state.orders.cancel(self.known, self._amount(), self.reason.text())
