"""Accounts: what a shop owes to whoever holds a card, and what a customer owes. A balance is a sum of movements.

One ledger for gift cards, store credit, deposits, points and the debts of customers. What an account is stands in its
id, so that two tills that open one while apart have opened the same.
"""

from __future__ import annotations

from enum import StrEnum
from typing import ClassVar

from omsdesk.domain import card_number
from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.records import record
from omsdesk.domain.tender import TenderKind


class AccountKind(StrEnum):
    """What an account is."""

    GIFT_CARD = "gift_card"
    """Money on a card. Whoever has the card has the money."""
    STORE_CREDIT = "store_credit"
    """What was given back and not paid out: a customer's, or on a note with a number like that of a card."""
    CREDIT = "credit"
    """What a customer may pay later. Below zero it is what they owe, down to their limit."""
    POINTS = "points"
    """Whole points of a customer."""
    DEPOSIT = "deposit"
    """What was paid on an order before its goods were handed over."""


CARDS = frozenset({AccountKind.GIFT_CARD, AccountKind.STORE_CREDIT})
"""What can have a number that is scanned."""
STORED = CARDS | {AccountKind.DEPOSIT}
"""Where money was paid in that can be spent once."""
PAID_WITH = {
    **dict.fromkeys(STORED, TenderKind.STORED),
    AccountKind.CREDIT: TenderKind.ACCOUNT,
    AccountKind.POINTS: TenderKind.POINTS,
}
NAMES = {
    AccountKind.GIFT_CARD: "Gift card",
    AccountKind.STORE_CREDIT: "Store credit",
    AccountKind.CREDIT: "Customer account",
    AccountKind.POINTS: "Points",
    AccountKind.DEPOSIT: "Deposit",
}


def account_id(kind: AccountKind, owner: str) -> str:
    """Name an account: by the number of its card, else by the customer or order it belongs to."""
    return f"{kind}:{owner}"


def kind_of(account: str) -> AccountKind:
    """Tell what an account is.

    Raises:
        ValueError: this is the id of no account.

    """
    return AccountKind(account.partition(":")[0])


def owner_of(account: str) -> str:
    """Tell whose an account is: the number of a card, a customer, an order."""
    return account.partition(":")[2]


def display_name(account: str) -> str:
    """Call an account as it stands on paper: what it is, and of a card the end of its number."""
    name = NAMES[kind_of(account)]
    return f"{name} {card_number.masked(owner_of(account))}" if has_number(account) else name


def has_number(account: str) -> bool:
    """Tell whether an account is that of a card or note: whoever shows its number has it."""
    return kind_of(account) is AccountKind.GIFT_CARD or card_number.is_number(owner_of(account))


@record
class Account:
    """An account as it is known here."""

    id: str
    currency: str = ""
    """Empty where it holds points."""
    balance: int = 0
    """What the shop owes on it, in minor units, or points. Below zero it is owed to the shop, or overspent."""
    limit: int = 0
    """How far it may go below zero."""
    expires: str = ""
    """The last day on which it can be spent, ISO 8601; empty for ever."""
    is_blocked: bool = False
    block_turn: int = 0
    is_known: bool = True
    """Whether anything was ever heard of it here."""

    @property
    def kind(self) -> AccountKind:
        """What it is."""
        return kind_of(self.id)

    @property
    def available(self) -> int:
        """What can be spent of it."""
        return self.balance + self.limit

    def has_expired(self, day: str) -> bool:
        """Tell whether its last day is over."""
        return bool(self.expires) and self.expires < day


@record
class Ledger:
    """What is known here of the accounts that a command is about."""

    accounts: tuple[Account, ...] = ()
    unconfirmed: int = 0
    """What this till gave out of stored value and the service is not known to have told the others, in minor units."""
    is_alone: bool = True
    """Whether there is no service: then nobody else can spend the same."""

    def account(self, account: str) -> Account:
        """Find an account; one that was never heard of is empty."""
        found = next((row for row in self.accounts if row.id == account), None)
        return found or Account(account, is_known=False)


NO_LEDGER = Ledger()
"""Of commands that are about no account."""


class MoveReason(StrEnum):
    """Why an account moved."""

    LOADED = "loaded"
    """Paid in: a card that was sold or topped up, a deposit, a debt that was paid."""
    SPENT = "spent"
    REFUNDED = "refunded"
    """Given back onto it."""
    TAKEN_BACK = "taken_back"
    """What was paid in was paid out again: a card that was returned."""
    EARNED = "earned"
    UNEARNED = "unearned"
    """Points of goods that came back."""
    CORRECTED = "corrected"


@event("account.opened")
@record
class AccountOpened(Event):
    """An account came to be. One that moves without it exists as well, and never expires."""

    id: str
    currency: str
    till: str
    document: str
    expires: str = ""


@event("account.moved")
@record
class AccountMoved(Event):
    """Something went onto an account (above zero) or off it (below zero)."""

    id: str
    movement: str
    """Its own id."""
    amount: int
    """In minor units, or points."""
    currency: str
    """Empty for points."""
    reason: MoveReason
    till: str
    document: str
    """The ticket, or what else it belongs to."""
    number: str = ""
    """The number of the receipt."""
    worth: int = 0
    """Of points, what they were worth in money when they were spent, in minor units."""


@event("account.blocked")
@record
class AccountBlocked(Event):
    """A card was lost, or was found again. Of several such facts the one of the greatest turn holds."""

    id: str
    is_blocked: bool
    turn: int
    till: str
    reason: str = ""


@record
class BlockAccount(Command):
    """Let nobody spend what is on an account any more, or let them again."""

    permission: ClassVar[str] = "sale.block_card"
    account: str
    is_blocked: bool
    till: str
    reason: str = ""


def decide(command: BlockAccount, account: Account) -> Decision:
    """Decide on blocking; ``account`` is what is known of it."""
    if not account.is_known:
        return Refusal("This card is not known here. Check the number.")
    if account.is_blocked is command.is_blocked:
        return ()
    return (
        AccountBlocked(
            account.id, command.is_blocked, account.block_turn + 1, command.till, command.reason.strip()
        ),
    )  # fmt: skip
