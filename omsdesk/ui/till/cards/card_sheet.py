"""A gift card in the hand: what is on it, money put onto it, or a new one sold."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QVBoxLayout, QWidget

from omsdesk.documents.formats import format_day
from omsdesk.domain import card_number
from omsdesk.domain.account import CARDS, Account, AccountKind, BlockAccount, account_id, display_name, owner_of
from omsdesk.domain.values import Money
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.amount_field import AmountField, TextField
from omsdesk.ui.till.counter import Tone as NoticeTone
from omsdesk.ui.till.sheets import Body
from omsdesk.ui.till.state import TillState
from omsdesk.ui.widgets.card import Card
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.layouts import clear, column, row
from omsdesk.ui.widgets.primary_button import PrimaryButton

WIDEST = 640
_NEW = "A new card. Its number is made now, and comes out as a slip with the receipt."
_PRINTED = "This card is not in use yet. It is sold as a new one."
_WRONG = "This is no card's number. Scan the card, or type its number again."
_STRANGE = "Nobody knows this card here. It may have been sold at another till a moment ago."


class CardSheet(Body):
    """Scan or type a number, or leave it empty for a new card; then an amount. Enter goes on, F12 pays with it."""

    title = "Gift card"
    width_limit = WIDEST
    help_page = "gift_card"

    def __init__(self, state: TillState, account: str = "", proposed: Money | None = None) -> None:
        """Show the card that was scanned, or wait for one; ``proposed`` is what such a card usually costs."""
        super().__init__()
        self.state = state
        self.account: Account | None = None
        self.number = TextField()
        self.number.setPlaceholderText("Scan the card, or type its number. Empty: a new card")
        self.number.setAccessibleName("Number of the card")
        self.name, self.balance, self.facts = Label("", 18, 600), Label("", 48, 700), Label("", 16, 400, Tone.NEUTRAL)
        self.facts.setWordWrap(True)
        self.theirs = QVBoxLayout()
        self.theirs.setSpacing(8)
        self.theirs.setContentsMargins(0, 0, 0, 0)
        self._of_customer = QWidget()
        self._of_customer.setLayout(self.theirs)
        self.amount = AmountField(state.counter, 32)
        self.amount.setAccessibleName("Amount")
        self.quick = [KeyButton(state.counter.money(value), height=52) for value in state.cards.quick_amounts()]
        self.block = KeyButton("Block", "lock", face=Face.DANGER, height=52)
        self.spend = KeyButton("Pay with it", "wallet", "F12", height=68)
        self.save = PrimaryButton("Sell the card", "gift", "Enter")
        self._wire()
        self.setLayout(self._laid_out())
        self._show_theirs()
        self._show(account)
        if proposed:
            self.amount.set_amount(proposed)

    def _wire(self) -> None:
        self.number.textChanged.connect(self._typed)
        self.number.returnPressed.connect(self._entered)
        self.amount.changed.connect(self._follow)
        self.amount.returnPressed.connect(self.load)
        for value, button in zip(self.state.cards.quick_amounts(), self.quick, strict=True):
            button.clicked.connect(partial(self._quickly, value))
        self.block.clicked.connect(self._block)
        self.spend.clicked.connect(self.confirm)
        self.save.clicked.connect(self.load)

    def _laid_out(self) -> QVBoxLayout:
        card = Card()
        head = row(self.name, 1, self.block)
        card.setLayout(column(head, self.balance, self.facts, spacing=6, margins=(20, 14, 20, 16)))
        quick = row(*self.quick)
        for at in range(quick.count()):
            quick.setStretch(at, 1)
        self._question = Label("How much?", 16, 600)
        made: QVBoxLayout = column(
            self.number, self._of_customer, card, self._question, self.amount, quick, 1, spacing=14
        )
        return made

    def buttons(self) -> Sequence[QWidget]:
        """Pay with it, or pay in."""
        return (self.spend, self.save)

    def typing_place(self) -> QWidget:
        """Type the number, or the amount once there is a card."""
        return self.amount if self.amount.hasFocus() else self.number

    def begin(self) -> None:
        """Wait for the card, or for the amount."""
        (self.amount if self.account else self.number).setFocus()

    def scanned(self, code: str) -> bool:
        """Take the card that was scanned; an article goes onto the ticket."""
        if self.state.session.intake.look_up(code) is not None:
            self.done.emit()
            return False
        self.number.setText(code.strip())
        self._entered()
        return True

    # ------------------------------------------------------------------------------ what is shown

    def _typed(self) -> None:
        found = self.state.cards.find(self.number.text())
        self._show(found.id if found else "")

    def _entered(self) -> None:
        if self.target():
            self.amount.setFocus()

    def _show_theirs(self) -> None:
        clear(self.theirs)
        for found in self.state.cards.of_customer():
            money = self.state.counter.money(Money(abs(found.balance), found.currency))
            what = f"Owes {money}" if found.balance < 0 else f"{display_name(found.id)}: {money}"
            button = KeyButton(what, "user", height=52)
            button.clicked.connect(partial(self._choose, found))
            self.theirs.addWidget(button)

    def _choose(self, found: Account) -> None:
        self._show(found.id)
        if found.balance < 0:
            self.amount.set_amount(Money(-found.balance, found.currency))
        self.amount.setFocus()

    def _show(self, account: str) -> None:
        self.account = self.state.cards.account(account) if account else None
        found, counter = self.account, self.state.counter
        self.balance.setVisible(found is not None)
        self._of_customer.setVisible(found is None and self.theirs.count() > 0)
        self.block.setVisible(found is not None and found.kind in CARDS and self._may_block())
        self.spend.setVisible(found is not None and self.state.cards.can_pay_with(found))
        if found is None:
            self.name.setText("New gift card")
            self.facts.setText(self._about_nobody())
        else:
            self.name.setText(display_name(found.id))
            currency = found.currency or counter.shop.currency
            self.balance.setText(counter.money(Money(abs(found.balance), currency)))
            self.facts.setText(self._facts(found))
            self.block.set_label("Free it again" if found.is_blocked else "Block")
        self._follow()

    def _about_nobody(self) -> str:
        text = self.number.text().strip()
        number = card_number.read(text)
        if not text:
            return _NEW
        if not number:
            return _WRONG
        return _STRANGE if card_number.is_number(number) else _PRINTED

    def _facts(self, found: Account) -> str:
        facts = ["Owed to the shop" if found.balance < 0 else "On it now"]
        if found.expires:
            over = "It ended on" if found.has_expired(self.state.counter.day) else "Can be spent until"
            facts.append(f"{over} {format_day(found.expires, self.state.counter.shop.locale)}")
        if found.is_blocked:
            facts.append("Blocked: nobody can spend it")
        return " · ".join(facts)

    def _may_block(self) -> bool:
        person = self.state.counter.person
        return person is not None and person.may(BlockAccount.permission)

    def target(self) -> str:
        """Name the account that money would go to; empty where there is none."""
        if self.account is not None:
            return "" if self.account.is_blocked else self.account.id
        text = self.number.text().strip()
        number = card_number.read(text)
        if not text:
            return account_id(AccountKind.GIFT_CARD, "new")
        return account_id(AccountKind.GIFT_CARD, number) if number and not card_number.is_number(number) else ""

    def _follow(self) -> None:
        amount, found = self.amount.amount(), self.account
        is_debt = found is not None and found.kind is AccountKind.CREDIT
        self.save.set_label("Sell the card" if found is None else "Pay the debt" if is_debt else "Top up")
        self.save.set_amount(self.state.counter.money(amount) if amount else "")
        self.save.setEnabled(bool(self.target()))

    # ------------------------------------------------------------------------------ what is done

    def _quickly(self, value: Money) -> None:
        self.amount.set_amount(value)
        self.amount.setFocus()

    def load(self) -> None:
        """Put the amount on the ticket, for the card."""
        amount, target = self.amount.amount(), self.target()
        if self.amount.asks() or not target:
            return
        if not amount:
            self.state.counter.say(NoticeTone.WARN, "Type how much goes onto the card.")
            self.amount.setFocus()
            return
        cards, is_new = self.state.cards, self.account is None
        account = cards.new_account() if owner_of(target) == "new" else target
        self.done.emit()
        cards.load(account, amount, is_new=is_new)

    def confirm(self) -> None:
        """F12: pay with the card where something is due, else put the amount on the ticket."""
        found = self.account
        if found is None or not self.state.cards.can_pay_with(found):
            self.load()
            return
        self.done.emit()
        self.state.cards.pay_with(found.id)

    def _block(self) -> None:
        found = self.account
        if found is not None:
            self.state.cards.block(found, is_blocked=not found.is_blocked, then=partial(self._show, found.id))

    def left(self) -> None:
        """The card was looked at: what was scanned meanwhile comes in."""
        self.state.cards.seen()
