"""Gift cards, store credit and customers' accounts at the till: found by a code, sold, topped up, spent."""

from __future__ import annotations

import os
from collections.abc import Callable

from omsdesk.domain import card_number
from omsdesk.domain.account import Account, AccountKind, BlockAccount, account_id, display_name
from omsdesk.domain.records import record
from omsdesk.domain.tender import TenderKind, TenderMethod
from omsdesk.domain.values import Money, minor_digits
from omsdesk.store.queries import account as queries
from omsdesk.ui.till.checkout import CardWanted, Checkout
from omsdesk.ui.till.counter import Aspect, Counter, Tone
from omsdesk.ui.till.goods.incoming import Demand, GiftCardWanted
from omsdesk.ui.till.session import TillSession

_QUICK = (10, 20, 25, 50, 100)
_ENTROPY_BYTES = 16
_UNKNOWN = (
    "The card {} is not known here. One that was sold a moment ago at another till is heard of as soon as both are "
    "online."
)


@record
class CardShown(Demand):
    """A card was scanned: what is on it, and what is to be done with it."""

    account: str


class Cards:
    """What a cashier can do with accounts, without a widget."""

    def __init__(
        self, counter: Counter, session: TillSession, checkout: Checkout, entropy: Callable[[int], bytes] = os.urandom
    ) -> None:
        """Take the ticket and its payments; ``entropy`` gives the bytes that numbers are made of."""
        self.counter = counter
        self.session = session
        self.checkout = checkout
        self._entropy = entropy
        session.intake.finders.append(self._find)

    # ------------------------------------------------------------------------------ found

    def find(self, text: str) -> Account | None:
        """Find the account of a card by its number, scanned or typed."""
        number = card_number.read(text)
        return queries.card(self.counter.reader, number) if number else None

    def account(self, wanted: str) -> Account:
        """Read an account; one that nothing is known of is empty."""
        return queries.account(self.counter.reader, wanted) or Account(wanted, is_known=False)

    def of_customer(self) -> tuple[Account, ...]:
        """List the accounts of the ticket's customer on which anything stands, what they owe among them."""
        sale = self.session.sale
        if sale is None or sale.customer is None:
            return ()
        kinds = (AccountKind.STORE_CREDIT, AccountKind.CREDIT)
        found = (self.account(account_id(kind, sale.customer.id)) for kind in kinds)
        return tuple(row for row in found if row.balance)

    def _find(self, code: str) -> bool:
        found, number = self.find(code), card_number.read(code)
        if found is not None and self.checkout.is_open:
            self.pay_with(found.id)
        elif found is not None:
            self.session.intake.ask(CardShown(found.id))
        elif card_number.is_number(number):
            self.counter.say(Tone.WARN, _UNKNOWN.format(card_number.masked(number)))
        else:
            return False
        return True

    # ------------------------------------------------------------------------------ paid in

    def new_account(self, kind: AccountKind = AccountKind.GIFT_CARD) -> str:
        """Make a card with a number of its own."""
        return account_id(kind, card_number.new_number(self._entropy(_ENTROPY_BYTES)))

    def credit_account(self) -> str:
        """Name the account that money goes back onto: the store credit of the ticket's customer, else a new note."""
        sale = self.session.sale
        if sale is not None and sale.customer is not None:
            return account_id(AccountKind.STORE_CREDIT, sale.customer.id)
        return self.new_account(AccountKind.STORE_CREDIT)

    def quick_amounts(self) -> tuple[Money, ...]:
        """Suggest what cards are sold for."""
        currency = self.counter.shop.currency
        return tuple(Money(whole * 10 ** minor_digits(currency), currency) for whole in _QUICK)

    def load(self, account: str, amount: Money, *, is_new: bool) -> None:
        """Take money for an account: it is paid in when the ticket is completed."""
        self.session.load(account, amount, is_new=is_new)

    def block(self, account: Account, *, is_blocked: bool, then: Callable[[], None]) -> None:
        """Let nobody spend what is on a card any more, or let them again."""

        def done(_: object) -> None:
            word = "blocked" if is_blocked else "free again"
            self.counter.say(Tone.OK, f"{display_name(account.id)} is {word}.")
            then()

        self.counter.change(BlockAccount(account.id, is_blocked, self.counter.till.id), then=done)

    # ------------------------------------------------------------------------------ spent

    @property
    def method(self) -> TenderMethod | None:
        """The shop's first way to pay with a card."""
        return next((row for row in self.checkout.methods if row.kind is TenderKind.STORED), None)

    def can_pay_with(self, account: Account) -> bool:
        """Tell whether something is due, and something on the card."""
        is_due = self.checkout.due.minor > 0 and self.method is not None
        return is_due and account.balance > 0 and not account.is_blocked

    def takes(self, account: Account | None, wanted: Money | None = None) -> Money:
        """Work out what a card pays: what is due, or what was typed, and no more than is on it."""
        due = self.checkout.due
        if due.minor <= 0:
            return due if wanted is None or wanted.minor > 0 else wanted
        there = max(account.available, 0) if account is not None else 0
        return min(due, wanted or due, Money(there, due.currency))

    def pay_with(self, account: str, method: TenderMethod | None = None, wanted: Money | None = None) -> None:
        """Pay with a card, or give back onto it."""
        method, amount = method or self.method, self.takes(self.account(account), wanted)
        if method is None:
            self.counter.say(Tone.WARN, "This shop takes no gift cards yet. A manager adds them to the ways to pay.")
        elif not amount:
            self.counter.say(Tone.WARN, f"Nothing is left on {display_name(account)}. Choose another way to pay.")
        else:
            self.checkout.pay(method, amount, account=account)

    def wanted(self) -> CardWanted | None:
        """What a card is asked for, where one is."""
        demand = self.session.intake.demand
        return demand if isinstance(demand, CardWanted) else None

    def seen(self) -> None:
        """Go on after a card was looked at, or was not shown after all."""
        if isinstance(self.session.intake.demand, CardShown | CardWanted | GiftCardWanted):
            # Each card has a number of its own: they are sold one by one.
            self.session.intake.multiplier = None
            self.session.intake.answered()
            self.counter.tell(Aspect.CART)
