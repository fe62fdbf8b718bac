"""Ways to pay, and what a payment does: cash with rounding and change, card and others to the exact amount."""

from __future__ import annotations

from enum import StrEnum

from omsdesk.domain.messages import AMOUNT, Refusal
from omsdesk.domain.records import record
from omsdesk.domain.values import Money


class TenderKind(StrEnum):
    """How a way to pay behaves."""

    CASH = "cash"
    CARD = "card"
    OTHER = "other"
    STORED = "stored"
    """Money that was paid in before: a gift card, store credit, a deposit."""
    ACCOUNT = "account"
    """The customer pays later."""
    POINTS = "points"


@record
class TenderMethod:
    """A way to pay, as the shop set it up."""

    code: str
    name: str
    kind: TenderKind = TenderKind.OTHER
    rounding_step: int = 1
    """The smallest amount that can be paid, in minor units: 5 where the smallest coin is 5 cents."""
    point_value: int = 0
    """What a point is worth, in minor units, where it is paid with points."""

    def asks(self, due: Money) -> Money:
        """What a customer pays with this method when so much is due."""
        return due.rounded_to(self.rounding_step)


@record
class Refunded:
    """What a payment that goes back to a customer gives back of one receipt, above zero."""

    sale: str
    """The ticket that was paid; empty for goods without a receipt."""
    amount: Money


@record
class Tender:
    """A payment: ``given - change = amount + rounding``."""

    tender: str
    method: str
    name: str
    kind: TenderKind
    amount: Money
    """What it pays of the ticket."""
    given: Money
    change: Money
    rounding: Money
    reference: str = ""
    """What it is found by later, such as the last digits of the card."""
    refunds: tuple[Refunded, ...] = ()
    """Of which receipts it gives money back that was paid the same way."""
    account: str = ""
    """What it was spent from, or given back onto (``account.py``)."""
    points: int = 0
    """How many points it took, where it was paid with points; below zero they were given back."""

    @property
    def spent(self) -> int:
        """What left its account: in minor units, or points."""
        return self.points if self.kind is TenderKind.POINTS else self.amount.minor


@record
class NothingDue(Refusal):
    """The ticket is paid already."""


@record
class Overpaid(Refusal):
    """Only cash gives change."""


@record
class OtherCurrency(Refusal):
    """The amount is in a currency that the shop does not take."""


FROM_ACCOUNT = frozenset({TenderKind.STORED, TenderKind.ACCOUNT, TenderKind.POINTS})


def take(tender: str, method: TenderMethod, due: Money, given: Money, account: str = "") -> Tender | Refusal:
    """Work out what a payment pays, what comes back and what rounding leaves.

    ``account`` is what it is paid from, or given back onto, where it is a payment of that kind.
    """
    nothing = Money(0, due.currency)
    if not due:
        return NothingDue("Everything is paid already.")
    if given.currency != due.currency:
        return OtherCurrency(f"This ticket is paid in {due.currency}, not in {given.currency}.")
    asked = method.asks(due)
    # Less than half of the smallest coin is rounded away: nothing is asked, so nothing is given.
    if given != asked and (given.minor == 0 or (given.minor > 0) is not (due.minor > 0)):
        return Refusal("Type the amount that was given.")
    rest = Money(abs(given.minor) - abs(asked.minor), due.currency)
    if rest.minor > 0 and (method.kind is not TenderKind.CASH or due.minor < 0):
        return Overpaid(f"{method.name} cannot give change: take {AMOUNT} at most.", (asked,))
    is_enough = rest.minor >= 0 or abs(given.minor) >= abs(due.minor)
    amount, change = due if is_enough else given, rest if rest.minor > 0 else nothing
    rounding = given - change - amount
    if method.kind not in FROM_ACCOUNT:
        return Tender(tender, method.code, method.name, method.kind, amount, given, change, rounding)
    points = _points(method, amount)
    if isinstance(points, Refusal):
        return points
    return Tender(
        tender, method.code, method.name, method.kind, amount, given, change, rounding, account=account, points=points
    )  # fmt: skip


def _points(method: TenderMethod, amount: Money) -> int | Refusal:
    if method.kind is not TenderKind.POINTS:
        return 0
    if method.point_value <= 0:
        return Refusal(f"Nobody has said yet what a point is worth. Set it in the settings, at {method.name}.")
    points = -(-abs(amount.minor) // method.point_value)
    return points if amount.minor >= 0 else -points


def quick_cash(due: Money, notes: tuple[int, ...], most: int = 3) -> tuple[Money, ...]:
    """Suggest what a customer is likely to hand over: the next round amounts above what is due.

    ``notes`` are the currency's notes in minor units.
    """
    rounded = {-(-due.minor // note) * note for note in notes}
    return tuple(Money(minor, due.currency) for minor in sorted(rounded) if minor > due.minor)[:most]
