"""How a customer is reached, typed at the till: five fields, and what they agree to."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QSizePolicy

from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from omsdesk.domain.customer import Customer
    from omsdesk.ui.till.state import TillState

_FIELDS = (
    ("name", "Name", ""),
    ("company", "Company", ""),
    ("phone", "Phone", ""),
    ("email", "E-mail", ""),
    ("card", "Card", "Scan it, or type its number."),
    ("note", "Note", "Shown to whoever serves them."),
)


class CustomerFormSheet(Body):
    """Saves a customer and makes the ticket theirs."""

    title = "Customer"
    width_limit = 2 * FORM_WIDTH
    help_page = "customer"

    def __init__(self, state: TillState, customer: Customer) -> None:
        """Show what is known."""
        super().__init__()
        self.state, self.customer = state, customer
        self.fields = {name: TextField() for name, _, _ in _FIELDS}
        self.forms = Form(), Form()
        for at, (name, label, hint) in enumerate(_FIELDS):
            self.fields[name].setText(getattr(customer, name))
            self.forms[at % 2].add(name, label, self.fields[name], hint)
            self.fields[name].returnPressed.connect(self.confirm)
        self.receipts = QCheckBox("Wants receipts by e-mail")
        self.receipts.setChecked(customer.receipts_by_email is not None)
        self.marketing = QCheckBox("Wants to hear of offers")
        self.marketing.setChecked(customer.marketing is not None)
        self.save = PrimaryButton("Save and choose", "check", "F12")
        self.save.clicked.connect(self.confirm)
        for form in self.forms:
            form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        fields = row(*self.forms, spacing=16)
        self.setLayout(column(fields, self.receipts, self.marketing, self.save, 1, spacing=12))

    def typing_place(self) -> QWidget:
        """Type the first field that is empty."""
        return next((field for field in self.fields.values() if not field.text()), self.fields["name"])

    def begin(self) -> None:
        """Wait for typing."""
        self.typing_place().setFocus()

    def scanned(self, code: str) -> bool:
        """Take a scan for their card."""
        self.fields["card"].setText(code.strip())
        return True

    def confirm(self) -> None:
        """Save, or say what is missing."""
        typed = {name: field.text().strip() for name, field in self.fields.items()}
        said = replace(
            self.customer, name=typed["name"], company=typed["company"], phone=typed["phone"], email=typed["email"],
            card=typed["card"], note=typed["note"],
        )  # fmt: skip
        wants = self.receipts.isChecked()
        errors: dict[str, str] = {}
        if not said.title:
            errors["name"] = "Type a name, or another way to know them again."
        if wants and not said.email:
            errors["email"] = "Receipts by e-mail need an address."
        owner = next((row for row in self.state.customers.alike(said) if row.card and row.card == said.card), None)
        if owner is not None:
            errors["card"] = f"{owner.title} has this card already."
        if self._show_errors(errors):
            return
        desk = self.state.customers
        self.done.emit()
        desk.save(desk.with_consent(said, receipts=wants, marketing=self.marketing.isChecked()))

    def _show_errors(self, errors: dict[str, str]) -> bool:
        for form in reversed(self.forms):
            # The first form comes last: the cursor goes to the first field that is wrong.
            form.show_errors({name: error for name, error in errors.items() if form.has(name)})
        return bool(errors)
