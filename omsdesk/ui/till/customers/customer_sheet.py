"""The ticket's customer: found as somebody types, written down in the same field, attached by Enter."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QStackedLayout, QWidget

from omsdesk.domain.customer import Customer
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.result_list import Result, ResultList
from omsdesk.ui.widgets.search_field import SearchField

if TYPE_CHECKING:
    from collections.abc import Callable

    from PySide6.QtGui import QResizeEvent

NEW = "new"
"""The row that writes somebody down."""
_NOBODY_YET = "No customers yet. Type a name, a phone number or an e-mail address: Enter writes them down."
_CARD_FROM = 640
"""Pixels from which there is room to show who is marked beside the list."""


class CustomerSheet(Body):
    """Type a name, a number, an e-mail address; Enter takes who is marked, or writes them down."""

    title = "Customer"
    help_page = "customer"

    def __init__(self, state: TillState, edit: Callable[[Customer], None]) -> None:
        """Show who was written down last; ``edit`` opens the form of a customer."""
        super().__init__()
        self.state, self.desk, self._edit = state, state.customers, edit
        self.field = SearchField("Name, phone, e-mail or card; somebody new as well", icon="user")
        self.list = ResultList("Customers")
        self.card = _Who(state)
        self.take_off = KeyButton("No customer", "x", height=68, parent=self)
        self.change = KeyButton("Change", "pencil", height=68)
        self.attach = PrimaryButton("Choose", "check", "Enter")
        self._found: dict[str, Customer] = {}
        self._draft: Customer | None = None
        self._wire()
        listed, beside = QWidget(), row(self.list, self.card, spacing=16)
        beside.setStretch(0, 3)
        beside.setStretch(1, 2)
        listed.setLayout(beside)
        self.empty = EmptyState("user", _NOBODY_YET)
        middle = QWidget()
        self._middle = QStackedLayout(middle)
        for part in (listed, self.empty):
            self._middle.addWidget(part)
        self.setLayout(column(self.field, middle, spacing=12))
        asked, self.desk.asked_for = self.desk.asked_for, ""
        self.field.setText(asked)
        self._look_for(asked)

    def _wire(self) -> None:
        self.field.textChanged.connect(self._look_for)
        self.field.stepped.connect(self.list.step)
        self.field.returnPressed.connect(self.confirm)
        self.list.chosen.connect(self._chosen)
        self.list.selectionModel().currentChanged.connect(lambda *_: self._show_marked())
        self.take_off.clicked.connect(self._detach)
        self.change.clicked.connect(self._change)
        self.attach.clicked.connect(self.confirm)

    def buttons(self) -> Sequence[QWidget]:
        """What can be done with who is marked."""
        return (self.take_off, self.change, self.attach)

    def typing_place(self) -> QWidget:
        """Typing looks for somebody."""
        return self.field

    def begin(self) -> None:
        """Wait for typing."""
        self.field.setFocus()

    def once_more(self) -> None:
        """Go back: the key that opened it was pressed once more."""
        self.done.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show who is marked where there is room."""
        super().resizeEvent(event)
        self.card.setVisible(self.width() >= _CARD_FROM)

    # ------------------------------------------------------------------------------ who is listed

    def _look_for(self, text: str) -> None:
        rows = [listed.customer for listed in self.desk.search(text)]
        self._draft = self.desk.draft(text) if text.strip() else None
        alike = self.desk.alike(self._draft) if self._draft else []
        self._found = {customer.id: customer for customer in (*rows, *alike)}
        results = [self._result(customer) for customer in self._found.values()]
        if self._draft is not None:
            results.append(_new(self._draft, alike))
        self.list.show_results(results, text)
        self._middle.setCurrentIndex(0 if results else 1)
        self._show_marked()

    def _result(self, customer: Customer) -> Result:
        ways = (customer.company if customer.name else "", customer.phone, customer.email)
        detail = " · ".join(part for part in (*ways, self.desk.groups(customer)) if part)
        return Result(customer.id, "user", customer.title, detail)

    def _show_marked(self) -> None:
        at = self.list.currentIndex().row()
        key = self.list.key_at(at) if at >= 0 else None
        known = self._found.get(str(key))
        shown = known or (self._draft if key == NEW else None)
        self.card.show_customer(shown, is_new=key == NEW)
        self.change.setEnabled(shown is not None)
        self.attach.setEnabled(shown is not None)
        self.attach.set_label("Write down" if key == NEW else "Choose")
        self.take_off.setVisible(self.desk.attached is not None)

    # ------------------------------------------------------------------------------ what is done

    def confirm(self) -> None:
        """Take who is marked."""
        self.list.choose_current()

    def _chosen(self, key: object) -> None:
        draft = self._draft
        self.done.emit()
        if key != NEW:
            self.desk.attach(str(key))
        elif draft is not None:
            self.desk.save(draft)

    def _detach(self) -> None:
        self.done.emit()
        self.desk.detach()

    def _change(self) -> None:
        at = self.list.currentIndex().row()
        key = self.list.key_at(at) if at >= 0 else None
        shown = self._draft if key == NEW else self._found.get(str(key))
        if shown is not None:
            self._edit(shown)


def _new(draft: Customer, alike: Sequence[Customer]) -> Result:
    ways = [f"Phone {draft.phone}" if draft.phone else "", f"E-mail {draft.email}" if draft.email else ""]
    known = f"{alike[0].title} has this already" if alike else ""
    return Result(NEW, "user-plus", f"New: {draft.title}", " · ".join(part for part in (known, *ways) if part))


class _Who(Card):
    """Who is marked: how they are reached, what they are given, and what to know of them."""

    def __init__(self, state: TillState) -> None:
        super().__init__()
        self._state = state
        self.name, self.groups = Label("", 22, 600), Label("", 16, 600, Tone.ACCENT)
        self.ways, self.note = Label("", 16, 400, Tone.NEUTRAL), Label("", 16, 600, Tone.WARN)
        self.terms = Label("", 16, 400)
        parts = (self.name, self.groups, self.note, self.ways, self.terms)
        for label in parts:
            label.setWordWrap(True)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        self.setLayout(column(*parts, 1, spacing=8, margins=(24, 20, 24, 20)))

    def show_customer(self, customer: Customer | None, *, is_new: bool) -> None:
        """Show somebody, or nobody."""
        self.name.setText(customer.title if customer else "")
        desk = self._state.customers
        lines = (
            {
                self.groups: "New customer" if is_new else desk.groups(customer),
                self.note: customer.note,
                self.ways: "\n".join(_ways(customer)),
                self.terms: "\n".join(filter(None, (desk.exemption(customer), *desk.figures(customer)))),
            }
            if customer
            else dict.fromkeys((self.groups, self.note, self.ways, self.terms), "")
        )
        for label, text in lines.items():
            label.setText(text)
            label.setVisible(bool(text))


def _ways(customer: Customer) -> list[str]:
    known = {
        "": customer.company if customer.name else "",
        "Phone": customer.phone,
        "E-mail": customer.email,
        "Card": customer.card,
        "Tax number": customer.tax_number,
    }
    return [*(f"{name} {value}".strip() for name, value in known.items() if value), *customer.address]
