"""Paying with a card, and giving back onto one: its number is scanned or typed, and what it pays is seen first."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.domain.account import Account, AccountKind, display_name
from omsdesk.domain.values import Money
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import TextField
from omsdesk.ui.till.models import abs_of
from omsdesk.ui.till.sheets import FORM_WIDTH, Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.amount_label import AmountLabel
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton

_SCAN = "Scan the card, or type its number."
_NOTE = "Enter prints a new note with the amount on it. Or scan a card that it goes onto."
_THEIRS = "Enter puts it on the store credit of {}. Or scan a card that it goes onto."
_NOBODY = "Nobody knows this card here. Check the number."


class CardPaymentSheet(Body):
    """Scan, and the card pays what is due or all that is on it."""

    title = "Gift card"
    width_limit = FORM_WIDTH
    help_page = "pay_by_card"

    def __init__(self, state: TillState) -> None:
        """Wait for the card."""
        super().__init__()
        self.state = state
        self.wanted = state.cards.wanted()
        self.account: Account | None = None
        self.title = self.wanted.method.name if self.wanted else self.title
        self.is_back = state.checkout.due.minor < 0
        self.number = TextField()
        self.number.setAccessibleName("Number of the card")
        self.number.setPlaceholderText(_SCAN)
        self.number.textChanged.connect(self._typed)
        self.number.returnPressed.connect(self.confirm)
        self.theirs = [self._their(row) for row in state.cards.of_customer() if row.kind is AccountKind.STORE_CREDIT]
        self.name = Label("", 18, 600)
        self.name.setWordWrap(True)
        self.there, self.takes, self.rest = (
            AmountLabel(size=28, tone=Tone.NEUTRAL),
            AmountLabel(size=40),
            AmountLabel(size=28, tone=Tone.WARN),
        )
        self.save = PrimaryButton("Take it", "check", "Enter")
        self.save.clicked.connect(self.confirm)
        self.setLayout(self._laid_out())
        self._show(None)

    def _their(self, found: Account) -> KeyButton:
        money = self.state.counter.money(Money(found.balance, found.currency))
        button = KeyButton(f"{display_name(found.id)}: {money}", "user", height=52)
        button.clicked.connect(partial(self._show, found))
        return button

    def _laid_out(self) -> QVBoxLayout:
        card, still = Card(), "Still to give back" if self.is_back else "Still due then"
        self._sums = QWidget()
        self._sums.setLayout(
            column(
                row(Label("On it", 16, 500, Tone.NEUTRAL), 1, self.there),
                row(Label("Goes onto it" if self.is_back else "It pays", 16, 600), 1, self.takes),
                row(
                    Label(still, 16, 500, Tone.NEUTRAL),
                    1,
                    self.rest,
                ),
                spacing=4,
            )
        )
        card.setLayout(column(self.name, self._sums, spacing=8, margins=(20, 14, 20, 16)))
        made: QVBoxLayout = column(self.number, *self.theirs, card, 1, spacing=14)
        return made

    def buttons(self) -> Sequence[QWidget]:
        """Take it."""
        return (self.save,)

    def typing_place(self) -> QWidget:
        """Type the number."""
        return self.number

    def begin(self) -> None:
        """Wait for the card."""
        self.number.setFocus()

    def scanned(self, code: str) -> bool:
        """Take the card that was scanned: it is in the customer's hand, and that is what it is for."""
        self.number.setText(code.strip())
        if self.account is not None:
            self.confirm()
        return True

    def _typed(self, text: str) -> None:
        self._show(self.state.cards.find(text))

    def _show(self, found: Account | None) -> None:
        self.account = found
        counter, typed = self.state.counter, bool(self.number.text().strip())
        self._sums.setVisible(found is not None)
        self.save.setEnabled(found is not None or (self.is_back and not typed))
        self.save.set_label("Give it back" if self.is_back else "Take it")
        takes = self.state.cards.takes(found, self.wanted.wanted if self.wanted else None)
        if found is None:
            self.name.setText(_NOBODY if typed else self._where_back() if self.is_back else _SCAN)
            self.save.set_amount(counter.money(abs_of(takes)) if self.is_back and not typed else "")
            return
        self.name.setText(display_name(found.id))
        self.there.setText(counter.money(Money(found.balance, found.currency)))
        self.takes.setText(counter.money(abs_of(takes)))
        rest = self.state.checkout.due - takes
        self.rest.setText(counter.money(abs_of(rest)))
        self.rest.set_tone(Tone.WARN if rest else Tone.NEUTRAL)
        self.save.set_amount(counter.money(abs_of(takes)))

    def _where_back(self) -> str:
        sale = self.state.session.sale
        customer = sale.customer if sale else None
        return _THEIRS.format(customer.name) if customer else _NOTE

    def confirm(self) -> None:
        """Pay with the card; of money that goes back, Enter without one makes a note."""
        wanted, found = self.wanted, self.account
        if wanted is None or not self.save.isEnabled():
            return
        cards = self.state.cards
        account = found.id if found else cards.credit_account()
        self.done.emit()
        cards.pay_with(account, wanted.method, wanted.wanted)

    def left(self) -> None:
        """No card was shown after all."""
        self.state.cards.seen()
