"""Money that goes onto accounts and comes off them on a ticket: cards that are sold and spent, debts, deposits, points.

Nothing moves before the ticket is completed. What was given out while the service could not be asked is bounded: two
tills may redeem one card without hearing of each other, and together they lose no more than what each is allowed.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from omsdesk.domain.account import (
    CARDS,
    NAMES,
    PAID_WITH,
    Account,
    AccountKind,
    AccountMoved,
    AccountOpened,
    Ledger,
    MoveReason,
    display_name,
    kind_of,
)
from omsdesk.domain.catalogue import Article
from omsdesk.domain.line import Line, SoldLine
from omsdesk.domain.messages import AMOUNT, Decision, Event, Refusal
from omsdesk.domain.period import months_later
from omsdesk.domain.pricing import PriceBreak
from omsdesk.domain.records import record
from omsdesk.domain.sale import LineAdded, Sale, SaleCompleted
from omsdesk.domain.sale_command import CompleteSale, LoadAccount, SaleCommand, TakeTender
from omsdesk.domain.shop import Desk
from omsdesk.domain.tender import FROM_ACCOUNT, Tender, TenderKind
from omsdesk.domain.values import MOST_MINOR, ONE, Money, Quantity

OFFLINE_VALUE, CREDIT, EXPIRED_VALUE = "sale.offline_value", "sale.credit", "sale.expired_value"
"""The rights to go beyond what this till may give out by itself, a customer's limit, and the last day of a card."""


@record
class NotEnough(Refusal):
    """There is less on the account than should be paid with it."""


@record
class UnknownCard(Refusal):
    """Nothing is known here of the card, or it is blocked."""


@record
class CardInUse(Refusal):
    """A card that is to be sold was sold before."""


# ------------------------------------------------------------------------------------------------ lines


def decide(sale: Sale, command: LoadAccount, desk: Desk) -> Decision:
    """Decide on a line whose money goes onto an account."""
    return _load_fault(sale, command, desk.ledger) or (LineAdded(sale.sale, _load(command)),)


def _load_fault(sale: Sale, command: LoadAccount, ledger: Ledger) -> Refusal | None:
    account, amount = ledger.account(command.account), command.amount
    if sale.line(command.line) is not None:
        return Refusal("This line is on the ticket already.")
    if account.kind is AccountKind.POINTS:
        return Refusal("Points are not sold.")
    if amount.currency != sale.currency or account.currency not in {"", amount.currency}:
        return Refusal(f"This account is in {account.currency or sale.currency}. Type the amount in that currency.")
    if not 0 < amount.minor <= MOST_MINOR:
        return Refusal("Type an amount above zero.")
    if account.is_blocked:
        return _blocked(account)
    is_here = any(row.loads == command.account for row in sale.lines)
    if account.kind in CARDS and command.is_new and (account.is_known or is_here):
        return CardInUse("This card is in use already. Take another one, or top this one up.")
    if account.kind in CARDS and not command.is_new and not account.is_known:
        return UnknownCard("This card is not known here. Sell it as a new card, or check the number.")
    return None


def _load(command: LoadAccount) -> Line:
    name = command.name.strip() or display_name(command.account)
    article = Article("", name, prices=(PriceBreak(Quantity(0), command.amount),), is_tracked=False)
    return Line(command.line, article, ONE, loads=command.account)


def _blocked(account: Account) -> UnknownCard:
    return UnknownCard(f"{display_name(account.id)} is blocked: somebody said it was lost. Ask a supervisor.")


# --------------------------------------------------------------------------------------------- payments


def spent_on(sale: Sale) -> dict[str, int]:
    """Tell what a ticket takes off each account, in minor units or points: below zero it gives something back."""
    spent: dict[str, int] = {}
    for tender in sale.tenders:
        if tender.account:
            spent[tender.account] = spent.get(tender.account, 0) + tender.spent
    for row in sale.lines:
        if row.loads and row.returned is not None:
            spent[row.loads] = spent.get(row.loads, 0) + row.returned.amount.minor
    return spent


def tender_fault(tender: Tender) -> Refusal | None:
    """Say why a payment cannot come from its account, whatever is on it."""
    if tender.kind not in FROM_ACCOUNT:
        return None
    if not tender.account:
        what = "card" if tender.kind is TenderKind.STORED else "customer"
        return Refusal(f"Scan or type the number of the {what} first.")
    if PAID_WITH[kind_of(tender.account)] is not tender.kind:
        return Refusal(f"{NAMES[kind_of(tender.account)]} is no {tender.name}. Choose another way to pay.")
    return None


def fault(sale: Sale, desk: Desk) -> Refusal | None:
    """Say why a ticket cannot take off the accounts what it takes off them, as they are known here."""
    ledger, spent = desk.ledger, spent_on(sale)
    for account_id, amount in spent.items():
        found = _account_fault(sale, ledger.account(account_id), amount, desk)
        if found is not None:
            return found
    out = _given_out(sale, spent)
    if ledger.is_alone or out <= 0 or out + ledger.unconfirmed <= desk.shop.offline_value:
        return None
    what = "redeem so much while the other tills cannot hear of it"
    return desk.lacks(OFFLINE_VALUE, out + ledger.unconfirmed, sale.sale, what)


def _given_out(sale: Sale, spent: dict[str, int]) -> int:
    """Tell what a ticket gives out of stored value, in money."""
    # A deposit is spent for goods that are handed over once; what is paid out of it in money can be paid out twice.
    paid_out = {row.loads for row in sale.lines if row.returned is not None}
    stored = sum(spent[account] for account in spent if kind_of(account) in CARDS or account in paid_out)
    return stored + sum(row.amount.minor for row in sale.tenders if row.kind is TenderKind.POINTS)


def _account_fault(sale: Sale, account: Account, amount: int, desk: Desk) -> Refusal | None:
    if account.is_blocked:
        return _blocked(account)
    if amount <= 0:
        return None
    if not account.is_known and account.kind is not AccountKind.CREDIT:
        return UnknownCard("This card is not known here. Check the number; it may have been sold a moment ago.")
    if account.currency not in {"", sale.currency}:
        return Refusal(f"This account is in {account.currency}, and this ticket is in {sale.currency}.")
    if amount > account.available:
        return _too_much(sale, account, amount, desk)
    if account.has_expired(desk.at.day):
        return desk.lacks(EXPIRED_VALUE, amount, sale.sale, f"take a card that ended on {account.expires}")
    return None


def _too_much(sale: Sale, account: Account, amount: int, desk: Desk) -> Refusal | None:
    if account.kind is AccountKind.CREDIT:
        return desk.lacks(CREDIT, amount - account.balance, sale.sale, "let this customer owe more than their limit")
    if account.kind is AccountKind.POINTS:
        return NotEnough(f"There are only {account.available} points. Take the rest in another way.")
    left = Money(max(account.available, 0), sale.currency)
    return NotEnough(f"There is only {AMOUNT} on this card. Take the rest in another way.", (left,))


# ------------------------------------------------------------------------------------------- what follows


def opened(sale: Sale, desk: Desk) -> tuple[Event, ...]:
    """Open the accounts that a ticket pays into and nobody has heard of."""
    if sale.is_training:
        return ()
    paid_in = [row.loads for row in sale.lines if row.loads and row.returned is None]
    paid_in += [row.account for row in sale.tenders if row.account and row.spent < 0]
    unknown = [account for account in dict.fromkeys(paid_in) if not desk.ledger.account(account).is_known]
    return tuple(
        AccountOpened(
            account, "" if kind_of(account) is AccountKind.POINTS else sale.currency, desk.till.id, sale.sale,
            _last_day(desk) if kind_of(account) in CARDS else "",
        )
        for account in unknown
    )  # fmt: skip


def _last_day(desk: Desk) -> str:
    return months_later(desk.at.day, desk.shop.card_months) if desk.shop.card_months else ""


def movements(sale: SaleCompleted) -> Iterator[AccountMoved]:
    """List what a completed ticket moves on accounts."""
    base = AccountMoved("", "", 0, sale.total.currency, MoveReason.LOADED, sale.till, sale.sale, sale.number)
    for row in sale.lines:
        if row.loads:
            reason = MoveReason.LOADED if row.returned is None else MoveReason.TAKEN_BACK
            yield replace(
                base, id=row.loads, movement=f"{sale.sale}:{row.line}", amount=row.amount.minor, reason=reason
            )
    for tender in sale.tenders:
        if tender.account and tender.spent:
            is_points = tender.kind is TenderKind.POINTS
            yield replace(
                base, id=tender.account, movement=f"{sale.sale}:{tender.tender}", amount=-tender.spent,
                reason=MoveReason.SPENT if tender.spent > 0 else MoveReason.REFUNDED,
                currency="" if is_points else base.currency, worth=-tender.amount.minor if is_points else 0,
            )  # fmt: skip


def accounts_of(command: SaleCommand, sale: Sale | None, sold: Iterable[SoldLine] = ()) -> tuple[str, ...]:
    """Name the accounts that a decision on a command looks at; ``sold`` are the lines of receipts that it is about."""
    match command:
        case LoadAccount(account=account):
            return (account,)
        case TakeTender(account=account) if account and sale is not None:
            return tuple({account: 0, **spent_on(sale)})
        case CompleteSale() if sale is not None:
            return tuple({**spent_on(sale), **{row.loads: 0 for row in sale.lines if row.loads}})
    return tuple({row.loads: 0 for row in sold if row.loads})
