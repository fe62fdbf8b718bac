"""The address that a receipt goes to, typed once: what to ask the customer, and what becomes of the address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QCheckBox, QSizePolicy

from omsdesk.domain.mailing import is_address
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from omsdesk.ui.till.receipts.mails import MailWanted
    from omsdesk.ui.till.state import TillState

_ASK = "Ask: “May we send this receipt to your e-mail address?”"
_ONCE = "It is used for this receipt alone, and forgotten when the receipt is sent."


class MailSheet(Body):
    """Sends a receipt to the address that is typed; Esc sends nothing."""

    width_limit = FORM_WIDTH
    help_page = "email"

    def __init__(self, state: TillState, wanted: MailWanted) -> None:
        """Ask for the address, or for a better one."""
        super().__init__()
        self.state, self.wanted = state, wanted
        self.title = f"E-mail receipt {wanted.number}"
        self.address = TextField()
        self.address.setText(state.mails.address_of(wanted))
        self.form = Form()
        self.form.add("address", "E-mail address", self.address, _ONCE)
        self.form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        ask = Label(_ASK, 18, 600)
        ask.setWordWrap(True)
        name = wanted.customer.title if wanted.customer else ""
        self.always = QCheckBox(f"{name} wants receipts by e-mail from now on")
        is_offered = wanted.customer is not None and not wanted.job and self._may_note()
        self.always.setVisible(is_offered)
        who = Label(f"For {name}" if name else "", 16, 400, Tone.NEUTRAL)
        who.setVisible(bool(name))
        self.send = PrimaryButton("Send", "mail", "Enter")
        self.send.clicked.connect(self.confirm)
        self.address.returnPressed.connect(self.confirm)
        rows = [ask, who, self.form, *([self.always] if is_offered else []), self.send]
        self.setLayout(column(*rows, 1, spacing=16))

    def _may_note(self) -> bool:
        person = self.state.counter.person
        return person is not None and person.may("sale.customer")

    def typing_place(self) -> QWidget:
        """Type the address."""
        return self.address

    def begin(self) -> None:
        """Wait for the address."""
        self.address.setFocus()
        self.address.selectAll()

    def confirm(self) -> None:
        """Send, or say what is wrong with the address."""
        address = self.address.text().strip()
        wrong = "" if is_address(address) else "Type an e-mail address like name@example.org."
        if self.form.show_errors({"address": wrong} if wrong else {}):
            return
        self.done.emit()
        self.state.mails.send_to(self.wanted, address, always=self.always.isChecked())

    def left(self) -> None:
        """Ask no more."""
        self.state.session.intake.give_up(self.wanted)
