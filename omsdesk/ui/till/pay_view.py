"""Paying: a pad for what was given, the ways to pay, and in large digits what is due and what comes back."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QRegularExpression
from PySide6.QtGui import QRegularExpressionValidator
from PySide6.QtWidgets import QBoxLayout, QGridLayout, QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from omsdesk.domain.tender import Tender, TenderKind, TenderMethod
from omsdesk.domain.values import Money, minor_digits
from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import AmountField, TextField
from omsdesk.ui.till.state import TillState
from omsdesk.ui.typed_amount import decimal_sign
from omsdesk.ui.widgets.amount_label import AmountLabel
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row
from omsdesk.ui.widgets.number_pad import NumberPad
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from PySide6.QtGui import QResizeEvent

NARROW = 720
"""Pixels below which the large amounts stand above the pad instead of beside it."""

_ICONS = {
    TenderKind.CASH: "banknote",
    TenderKind.CARD: "credit-card",
    TenderKind.OTHER: "wallet",
    TenderKind.STORED: "gift",
    TenderKind.ACCOUNT: "user",
    TenderKind.POINTS: "star",
}
_MOST_PARTS = 6
_TALLEST_PAD = 420
_UNCLEAR = "?"
_DIGITS = r"\d{0,4}"


class PayView(QWidget):
    """One ticket, one tender at a time, until nothing is due."""

    help_page = "pay"

    def __init__(self, state: TillState) -> None:
        """Prepare the view; ``begin`` shows a ticket."""
        super().__init__()
        self.state = state
        self.method: TenderMethod | None = None
        self._parts = 1
        self._shown_tenders: tuple[Tender, ...] | None = None
        self.given = AmountField(state.counter, 32)
        self.given.changed.connect(self._show_change)
        self.given.returnPressed.connect(self.take)
        self.given.setAccessibleName("Given")
        self.pad = NumberPad(
            decimal_sign(state.counter.shop.locale), has_decimal=bool(minor_digits(state.counter.shop.currency))
        )
        self.pad.setMaximumHeight(_TALLEST_PAD)
        self.pad.keyed.connect(self.given.press)
        self.due, self.change = AmountLabel(size=48), AmountLabel(size=48, tone=Tone.OK)
        self.due_name, self.given_name, self.change_name = (
            Label(name, 16, 600, Tone.NEUTRAL) for name in ("Due", "Given", "Change")
        )
        self.take_button = PrimaryButton("Take", "check", "F12")
        self.take_button.clicked.connect(self.take)
        self.methods = self._method_buttons()
        self.split = KeyButton("Split", "split", "Alt 0", height=56)
        self.split.clicked.connect(self.split_due)
        self.digits = TextField()
        self.digits.setPlaceholderText("Last digits of the card")
        self.digits.setAccessibleName("Last digits of the card")
        self.digits.setValidator(QRegularExpressionValidator(QRegularExpression(_DIGITS), self.digits))
        self.digits.returnPressed.connect(self.take)
        self._tenders = QVBoxLayout()
        self._tenders.setSpacing(4)
        self._middle = QWidget()
        self._methods = QGridLayout()
        self._methods.setSpacing(8)
        self._middle.setLayout(column(self._methods, self.digits, self._tenders, 1))
        self._middle.setMaximumHeight(_TALLEST_PAD)
        self._cards = self._make_cards()
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setSpacing(16)
        self._grid.addLayout(self._head(), 0, 0, 1, 3)
        self._grid.addWidget(self.take_button, 4, 0, 1, 3)
        self._grid.setRowStretch(2, 1000)
        self._grid.setRowStretch(3, 1)
        self._is_narrow = True
        self._arrange(False)

    def _head(self) -> QHBoxLayout:
        back = KeyButton("Back to the sale", "arrow-left", "Esc")
        back.clicked.connect(self.state.checkout.close)
        self.title = Label("Payment", 22, 600)
        self.title.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Preferred)
        self.origin = Label("", 16, 500, Tone.NEUTRAL)
        return row(back, self.title, self.origin, 1, spacing=16)

    def _method_buttons(self) -> dict[str, KeyButton]:
        made: dict[str, KeyButton] = {}
        for number, method in enumerate(self.state.checkout.methods, 1):
            button = KeyButton(method.name, _ICONS[method.kind], f"Alt {number}", height=56)
            button.setCheckable(True)
            button.clicked.connect(partial(self.choose, method))
            made[method.code] = button
        return made

    def _make_cards(self) -> QWidget:
        self._direction = QBoxLayout(QBoxLayout.Direction.TopToBottom)
        self._direction.setContentsMargins(0, 0, 0, 0)
        self._direction.setSpacing(8)
        for name, amount in (
            (self.due_name, self.due),
            (self.given_name, self.given),
            (self.change_name, self.change),
        ):
            card = Card()
            card.setLayout(column(name, amount, 1, spacing=2, margins=(16, 10, 16, 10)))
            self._direction.addWidget(card, 1)
        cards = QWidget()
        cards.setMaximumHeight(_TALLEST_PAD)
        cards.setLayout(self._direction)
        return cards

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the amounts where there is room for them."""
        super().resizeEvent(event)
        self._arrange(self.width() < theme.current().px(NARROW))

    def _arrange(self, is_narrow: bool) -> None:
        if is_narrow == self._is_narrow:
            return
        self._is_narrow = is_narrow
        ways = QBoxLayout.Direction
        self._direction.setDirection(ways.LeftToRight if is_narrow else ways.TopToBottom)
        for part in (self._cards, self.pad, self._middle):
            self._grid.removeWidget(part)
        if is_narrow:
            self._grid.addWidget(self._cards, 1, 0, 1, 3)
        else:
            self._grid.addWidget(self._cards, 2, 2)
        self._grid.addWidget(self.pad, 2, 0)
        self._grid.addWidget(self._middle, 2, 1, 1, 2 if is_narrow else 1)
        for number, button in enumerate((*self.methods.values(), self.split)):
            self._methods.addWidget(button, *divmod(number, 2 if is_narrow else 1))
        for across, share in enumerate((5, 4, 0 if is_narrow else 5)):
            self._grid.setColumnStretch(across, share)

    # ------------------------------------------------------------------------------ what is shown

    def begin(self) -> None:
        """Show the ticket from the start: the shop's first way to pay, and nothing given yet."""
        self._choose_first()
        self._shown_tenders = None
        self.refresh()
        self.given.setFocus()

    def _choose_first(self) -> None:
        """Begin with the shop's first way to pay; money goes back the way it was paid."""
        checkout = self.state.checkout
        ways = checkout.ways()
        self.method = ways[0].method if ways else next(filter(checkout.can_pay_by, checkout.methods), None)

    def refresh(self) -> None:
        """Show what is due now, and what was taken so far."""
        counter, checkout = self.state.counter, self.state.checkout
        is_refund = checkout.is_refund
        if self.method is not None and not checkout.can_pay_by(self.method):
            self._choose_first()
        self.title.setText("Refund" if is_refund else "Payment")
        self.due_name.setText("To give back" if is_refund else "Due")
        self.given_name.setText("Given back" if is_refund else "Given")
        paid = (
            f"{way.method.name} {counter.money(self._money(way.suggested))}" for way in checkout.ways() if way.suggested
        )
        self.origin.setText(" + ".join(paid))
        self.due.setText(counter.money(self._size(self._asked())))
        self.given.suggest(self._size(checkout.asked(self.method)))
        sale = checkout.sale
        tenders = sale.tenders if sale else ()
        if self._shown_tenders != tenders:
            # What was typed was taken; a scan in between leaves it as it is.
            self._shown_tenders = tenders
            self._parts = 1
            if is_refund and tenders:
                self._choose_first()
                self.given.suggest(self._size(checkout.asked(self.method)))
            self.split.set_label("Split")
            self.given.clear()
            self.digits.clear()
        for code, button in self.methods.items():
            button.setChecked(self.method is not None and code == self.method.code)
        # By them its receipt is found when nobody has it any more.
        self.digits.setVisible(self.method is not None and self.method.kind is TenderKind.CARD and not is_refund)
        self._show_tenders()
        self._show_change()

    def _money(self, minor: int) -> Money:
        return Money(minor, self.state.counter.shop.currency)

    def _size(self, amount: Money) -> Money:
        """Leave the sign out: the words say which way money goes."""
        return amount if amount.minor >= 0 else -amount

    def _asked(self) -> Money:
        due = self.state.checkout.due
        return self.method.asks(due) if self.method else due

    def _show_tenders(self) -> None:
        clear(self._tenders)
        sale = self.state.checkout.sale
        for tender in sale.tenders if sale else ():
            self._tenders.addWidget(_Taken(self.state, tender))

    def _show_change(self) -> None:
        counter, checkout = self.state.counter, self.state.checkout
        due = self._size(self._asked())
        given = self.given.amount() or self._size(checkout.asked(self.method))
        rest = given - due
        still = "Still to give back" if checkout.is_refund else "Still due after this"
        self.change_name.setText("Change" if rest.minor >= 0 else still)
        self.change.set_tone(Tone.OK if rest.minor >= 0 else Tone.WARN)
        is_clear = not self.given.question
        self.change.setText(counter.money(rest if rest.minor >= 0 else -rest) if is_clear else _UNCLEAR)
        name = self.method.name if self.method else "Take"
        self.take_button.set_label(f"Give back: {name}" if checkout.is_refund else name)
        self.take_button.set_amount(counter.money(given) if is_clear else _UNCLEAR)
        self.take_button.setEnabled(self.method is not None)

    # ------------------------------------------------------------------------------ what is done

    def choose(self, method: TenderMethod) -> None:
        """Pay with this method: choosing the one that is chosen takes the money."""
        if method == self.method:
            self.take()
        elif self.state.checkout.can_pay_by(method):
            self.method = method
            self.refresh()
        else:
            self.refresh()
            self.state.checkout.pay(method)

    def choose_number(self, number: int) -> None:
        """Choose a method by its place, counted from 0."""
        methods = self.state.checkout.methods
        if number < len(methods):
            self.choose(methods[number])

    def split_due(self) -> None:
        """Fill in an equal part of what is due: a half, a third, a quarter."""
        self._parts = self._parts + 1 if self._parts < _MOST_PARTS else 2
        part = self._size(self._asked()).share((1,) * self._parts)[0]
        self.given.set_amount(part)
        self.split.set_label(f"Split by {self._parts}")

    def take(self) -> None:
        """Take what was given, or what is due where nothing was typed."""
        if self.method is not None and not self.given.asks():
            given, is_refund = self.given.amount(), self.state.checkout.is_refund
            digits = self.digits.text() if self.digits.isVisible() else ""
            self.state.checkout.pay(self.method, -given if given and is_refund else given, digits)


class _Taken(Card):
    """A payment that was taken, and the way to give it back."""

    def __init__(self, state: TillState, tender: Tender) -> None:
        super().__init__()
        remove = KeyButton(f"Give {tender.name} back", "x", height=48)
        remove.show_icon_only()
        remove.clicked.connect(lambda: state.checkout.give_back(tender))
        paid = tender.amount + tender.rounding
        remove.setToolTip(f"Take {tender.name} back" if paid.minor < 0 else f"Give {tender.name} back")
        amount = Label(state.counter.money(-paid if paid.minor < 0 else paid), 16, 600)
        line = row(Label(tender.name, 16, 500), 1, amount, remove)
        line.setContentsMargins(14, 2, 2, 2)
        self.setLayout(line)
