"""A product made at the till: its barcode was scanned, four fields say the rest."""

from __future__ import annotations

from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.ui.till.amount_field import AmountField, ChoiceField, TextField
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton


class ProductSheet(Body):
    """Saves the product and sells it in the same breath."""

    title = "New product"
    width_limit = FORM_WIDTH
    help_page = "unknown_barcode"

    def __init__(self, state: TillState) -> None:
        """Ask for what the till has to know."""
        super().__init__()
        self.state = state
        self.name, self.price = TextField(), AmountField(state.counter, 20)
        self.tax, self.category = ChoiceField(), ChoiceField()
        for rate in state.unknown.tax_rates():
            self.tax.addItem(f"{state.counter.tax_name(rate.tax)} ({rate.category})", rate.category)
        self.category.setEditable(True)
        self.category.addItems(["", *state.unknown.categories()])
        self.form = Form()
        self.form.add("name", "Name", self.name, f"Barcode {state.unknown.code}")
        self.form.add("price", "Price", self.price)
        if self.tax.count():
            self.form.add("tax", "Tax", self.tax)
        self.form.add("category", "Category", self.category, "Choose one, or type a new one.")
        self.save = PrimaryButton("Save and add to the sale", "check", "F12")
        self.save.clicked.connect(self.confirm)
        self.name.returnPressed.connect(self.price.setFocus)
        self.price.returnPressed.connect(self.confirm)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setLayout(column(self.form, self.save, 1, spacing=16))

    def typing_place(self) -> QWidget:
        """Type the name first."""
        return self.name

    def begin(self) -> None:
        """Wait for the name."""
        self.name.setFocus()

    def confirm(self) -> None:
        """Save, or say what is missing."""
        errors: dict[str, str] = {}
        price = self.price.amount()
        if not self.name.text().strip():
            errors["name"] = "Type the name as it shall stand on the receipt."
        if not price:
            errors["price"] = self.price.question or "Type what one costs."
        if self.form.show_errors(errors) or price is None:
            return
        tax = str(self.tax.currentData() or "")
        self.state.unknown.save(self.name.text(), price, tax, self.category.currentText())

    def left(self) -> None:
        """Leave the barcode unknown."""
        self.state.unknown.give_up()
