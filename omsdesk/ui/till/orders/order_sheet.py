"""The sale in work becomes an order: what kind, for whom, what is paid now, and until when it holds."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QSizePolicy, QWidget

from omsdesk.domain.order import Purpose
from omsdesk.store.queries.in_stores import InStore
from omsdesk.ui.days import day_text, example
from omsdesk.ui.order_words import ICONS, NAMES
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import AmountField, ChoiceField, TextField
from omsdesk.ui.till.goods.other_stores import OtherShelves, share_words, wanted_of
from omsdesk.ui.till.orders.order_draft import Draft, proposed, read_until
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.form import Form
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from collections.abc import Callable

_PURPOSES = tuple(NAMES)
_MOST_PARTS = 12


class OrderSheet(Body):
    """Ctrl+O: a layaway; once more, a pick-up, a delivery, a quotation. F12 places it."""

    title = "Order"
    width_limit = 2 * FORM_WIDTH
    needs_width = 700
    help_page = "order"

    def __init__(self, state: TillState, show_orders: Callable[[], None]) -> None:
        """Propose a layaway; ``show_orders`` opens the list of orders."""
        super().__init__()
        self.state, self.desk = state, state.orders
        self.draft: Draft = self.desk.draft()
        self.kinds = {
            purpose: KeyButton(NAMES[purpose], ICONS[purpose], height=52) for purpose in _PURPOSES
        }  # fmt: skip
        self.list = KeyButton("Open orders", "clipboard-list", height=68)
        self.name, self.phone, self.address, self.until = TextField(), TextField(), TextField(), TextField()
        self.deposit, self.parts, self.store = AmountField(state.counter), ChoiceField(), ChoiceField()
        self.who, self.how = Form(), Form()
        self.summary = Label("", 16, 500, Tone.NEUTRAL)
        self.summary.setWordWrap(True)
        self.save = PrimaryButton("Order", "check", "F12")
        self._is_filling = False
        self._fill_forms()
        self._wire(show_orders)
        kinds = row(*self.kinds.values())
        for at in range(len(self.kinds)):
            kinds.setStretch(at, 1)
        forms = row(column(self.who, 1), column(self.how, 1), spacing=16)
        for form in (self.who, self.how):
            form.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.setLayout(column(kinds, forms, self.summary, 1, spacing=14))
        self._show_party()
        self._show_draft()
        self.shelves = OtherShelves(state.counter)
        self._look_into_stores()

    def _fill_forms(self) -> None:
        self.who.add("name", "Name", self.name)
        self.who.add("phone", "Phone", self.phone, "The order is found by either.")
        self.who.add("address", "Sent to", self.address, "Street, postcode and town, with commas between them.")
        for shop in self.desk.stores():
            self.store.addItem(shop.name, shop.id)
        for count in range(_MOST_PARTS + 1):
            self.parts.addItem("All that is left at once" if count == 0 else f"{count} × monthly", count)
        self.how.add("deposit", "Paid now", self.deposit)
        self.how.add("parts", "The rest is paid", self.parts)
        self.how.add(
            "until",
            "Until",
            self.until,
            f"A day such as {example(self.draft.shop.locale)}, or a number of days. Empty is for ever.",
        )
        self.how.add("store", "The goods come from", self.store)

    def _look_into_stores(self) -> None:
        """Say beside each store how much of the goods it has."""
        wanted = wanted_of(self.state.session.sale)
        if not wanted or not self.shelves.can_ask:
            return

        def told(found: list[InStore]) -> None:
            for at, shop in enumerate(self.desk.stores()):
                self.store.setItemText(at, f"{shop.name} · {share_words(wanted, found, shop.id)}")

        # Who cannot be asked says so nowhere: the order is written down without it.
        self.shelves.ask(wanted, told, lambda _: None)

    def left(self) -> None:
        """Nobody looks any more."""
        self.shelves.cancel()

    def _wire(self, show_orders: Callable[[], None]) -> None:
        for purpose, button in self.kinds.items():
            button.setCheckable(True)
            button.clicked.connect(partial(self.choose, purpose))
        for field in (self.name, self.phone, self.address, self.until):
            field.textChanged.connect(self._typed)
            field.returnPressed.connect(self.confirm)
        self.deposit.changed.connect(self._typed)
        self.deposit.returnPressed.connect(self.confirm)
        self.parts.currentIndexChanged.connect(self._typed)
        self.store.currentIndexChanged.connect(self._typed)
        self.save.clicked.connect(self.confirm)
        self.list.clicked.connect(show_orders)

    def buttons(self) -> Sequence[QWidget]:
        """Look at the others, or place this one."""
        return (self.list, self.save)

    def typing_place(self) -> QWidget:
        """Type who orders, as far as it is not known."""
        return self.name if not self.name.text() else self.deposit

    def begin(self) -> None:
        """Wait for typing."""
        self.typing_place().setFocus()

    def once_more(self) -> None:
        """Go on to the next kind of order."""
        at = _PURPOSES.index(self.draft.purpose)
        self.choose(_PURPOSES[(at + 1) % len(_PURPOSES)])

    # ------------------------------------------------------------------------------ what is shown

    def choose(self, purpose: Purpose) -> None:
        """Make it another kind of order, with what is usual for it."""
        self.draft = proposed(self.draft, purpose)
        self._show_draft()
        self.typing_place().setFocus()

    def _show_party(self) -> None:
        party, self._is_filling = self.draft.party, True
        self.name.setText(party.name)
        self.phone.setText(party.phone)
        self.address.setText(", ".join(party.address))
        self._is_filling = False

    def _show_draft(self) -> None:
        draft, self._is_filling = self.draft, True
        for purpose, button in self.kinds.items():
            button.setChecked(purpose is draft.purpose)
        self.deposit.set_amount(draft.paid_now)
        self.parts.setCurrentIndex(draft.instalments)
        self.until.setText(day_text(draft.until, draft.shop.locale))
        self.store.setCurrentIndex(max(self.store.findData(draft.store), 0))
        is_order = draft.purpose is not Purpose.QUOTATION
        self.who.set_shown("address", is_shown=draft.purpose is Purpose.DELIVERY)
        self.how.set_shown("deposit", is_shown=is_order)
        self.how.set_shown("parts", is_shown=draft.purpose is Purpose.LAYAWAY)
        self.how.set_shown("store", is_shown=is_order and self.store.count() > 1)
        self._is_filling = False
        self._follow()

    def _typed(self) -> None:
        if self._is_filling:
            return
        known = self.draft.party
        lines = tuple(part.strip() for part in self.address.text().split(",") if part.strip())
        party = replace(known, name=self.name.text().strip(), phone=self.phone.text().strip(), address=lines)
        until = read_until(self.until.text(), self.draft)
        self.draft = replace(
            self.draft, party=party if party != known else known, deposit=self.deposit.amount(),
            instalments=self.parts.currentData() or 0, until=self.draft.until if until is None else until,
            store=self.store.currentData() or self.draft.store,
        )  # fmt: skip
        self._follow()

    def _follow(self) -> None:
        draft, counter = self.draft, self.state.counter
        money = counter.money
        said = [f"In all {money(draft.total)}."]
        said += [f"{money(part.amount)} by {day_text(part.day, draft.shop.locale)}." for part in draft.terms.plan]
        if draft.until:
            kept = "The prices hold" if draft.purpose is Purpose.QUOTATION else "The goods are kept"
            said.append(f"{kept} until {day_text(draft.until, draft.shop.locale)}.")
        fee = draft.terms.fee.of(draft.total)
        if fee:
            said.append(f"Giving it up costs {money(fee)}.")
        self.summary.setText(" ".join(said))
        is_paid_now = bool(draft.paid_now)
        self.save.set_label("Order, and take" if is_paid_now else f"Write the {NAMES[draft.purpose].lower()} down")
        self.save.set_amount(money(draft.paid_now) if is_paid_now else "")
        self.save.updateGeometry()

    # ------------------------------------------------------------------------------ what is done

    def confirm(self) -> None:
        """Place the order, or say what is missing."""
        field, fault = self.draft.fault
        if read_until(self.until.text(), self.draft) is None:
            field, fault = "until", f"Type a day such as {example(self.draft.shop.locale)}, or a number of days."
        if self.deposit.question and self.draft.purpose is not Purpose.QUOTATION:
            field, fault = "deposit", self.deposit.question
        errors = {field: fault} if fault else {}
        for form in (self.how, self.who):
            form.show_errors({name: error for name, error in errors.items() if form.has(name)})
        if not errors:
            self.done.emit()
            self.desk.place(self.draft)
