"""Numbers that are kept with a sale: one for each unit, or that of the lot. They are scanned or typed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from omsdesk.domain.values import MICRO
from omsdesk.ui.days import day_text, example, read_day
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.goods.incoming import LotWanted, SerialsWanted, with_serial
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget


class SerialSheet(Body):
    """Asks for the number of each unit, one after another."""

    title = "Scan the serial number"
    width_limit = FORM_WIDTH
    help_page = "serial_numbers"

    def __init__(self, state: TillState, demand: SerialsWanted) -> None:
        """Say which unit is meant."""
        super().__init__()
        self.state, self.demand = state, demand
        coming = demand.coming
        count, known = coming.quantity.micro // MICRO, len(coming.serials)
        what = f"“{coming.article.name}”" if count == 1 else f"“{coming.article.name}”, {known + 1} of {count}"
        name = Label(what, 18, 600, Tone.NEUTRAL)
        name.setWordWrap(True)
        self.field = TextField()
        self.field.returnPressed.connect(self.confirm)
        self.form = Form()
        self.form.add("serial", "Serial number", self.field, "It stands on the box or on the back of the article.")
        self.save = PrimaryButton("Take the number", "check", "Enter")
        self.save.clicked.connect(self.confirm)
        self.setLayout(column(name, self.form, self.save, 1, spacing=16))

    def typing_place(self) -> QWidget:
        """Type the number."""
        return self.field

    def begin(self) -> None:
        """Wait for the number."""
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        """Take the number that was scanned."""
        from omsdesk.devices import gs1

        label = gs1.read(code, self.state.counter.shop.currency)
        self.field.setText(label.serial if label and label.serial else code)
        self.confirm()
        return True

    def confirm(self) -> None:
        """Take the number, unless it is the article's own or was scanned before."""
        serial, coming = self.field.text().strip(), self.demand.coming
        error = ""
        if not serial:
            error = "Scan or type the number."
        elif serial in coming.serials or serial in self._on_the_ticket():
            error = f"{serial} is on this sale already. Scan the number of the other one."
        elif self._is_an_article(serial):
            error = "This is the barcode of an article. Scan the serial number beside it."
        if error:
            self.form.show_errors({"serial": error})
            self.field.selectAll()
            return
        self.state.session.intake.answer(with_serial(coming, serial))

    def _on_the_ticket(self) -> set[str]:
        product = self.demand.coming.article.product
        rows = (row for row in self.state.session.lines if row.article.product == product and row.returned is None)
        return {serial for row in rows for serial in row.serials}

    def _is_an_article(self, code: str) -> bool:
        found = self.state.session.intake.look_up(code)
        return found is not None

    def left(self) -> None:
        """Leave the article out where no number was said."""
        self.state.session.intake.give_up(self.demand)


class LotSheet(Body):
    """Asks for the lot, and its last day where it has one."""

    title = "Which lot is it?"
    width_limit = FORM_WIDTH
    help_page = "serial_numbers"

    def __init__(self, state: TillState, demand: LotWanted) -> None:
        """Ask for the lot of the article."""
        super().__init__()
        self.state, self.demand = state, demand
        self._locale = state.counter.shop.locale
        name = Label(f"“{demand.coming.article.name}”", 18, 600, Tone.NEUTRAL)
        name.setWordWrap(True)
        self.lot, self.expiry = TextField(), TextField()
        self.expiry.setText(day_text(demand.coming.expiry, self._locale))
        self.form = Form()
        self.form.add("lot", "Lot (batch)", self.lot, "It stands beside the day on the package.")
        self.form.add("expiry", "Last day, if it has one", self.expiry, f"As {example(self._locale)}")
        self.lot.returnPressed.connect(self.expiry.setFocus)
        self.expiry.returnPressed.connect(self.confirm)
        self.save = PrimaryButton("Take the lot", "check", "F12")
        self.save.clicked.connect(self.confirm)
        self.setLayout(column(name, self.form, self.save, 1, spacing=16))

    def typing_place(self) -> QWidget:
        """Type the lot."""
        return self.lot

    def begin(self) -> None:
        """Wait for the lot."""
        self.lot.setFocus()

    def scanned(self, code: str) -> bool:
        """Take the lot that was scanned, and what else the code says."""
        from omsdesk.devices import gs1

        label = gs1.read(code, self.state.counter.shop.currency)
        self.lot.setText(label.lot if label and label.lot else code)
        if label and label.expiry:
            self.expiry.setText(day_text(label.expiry, self._locale))
        if label and label.lot:
            self.confirm()
        return True

    def confirm(self) -> None:
        """Take the lot, or say what is missing."""
        lot, expiry, errors = self.lot.text().strip(), "", {}
        if not lot:
            errors["lot"] = "Scan or type the lot."
        try:
            expiry = read_day(self.expiry.text(), self._locale, self.state.counter.day)
        except ValueError as fault:
            errors["expiry"] = str(fault)
        if not self.form.show_errors(errors):
            self.state.session.intake.answer(replace(self.demand.coming, lot=lot, expiry=expiry))

    def left(self) -> None:
        """Leave the article out where no lot was said."""
        self.state.session.intake.give_up(self.demand)
