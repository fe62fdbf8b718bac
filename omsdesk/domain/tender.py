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


@record
class TenderMethod:
    """A way to pay, as the shop set it up."""

    code: str
    name: str
    kind: TenderKind = TenderKind.OTHER
    rounding_step: int = 1
    """The smallest amount that can be paid, in minor units: 5 where the smallest coin is 5 cents."""

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


@record
class NothingDue(Refusal):
    """The ticket is paid already."""


@record
class Overpaid(Refusal):
    """Only cash gives change."""


@record
class OtherCurrency(Refusal):
    """The amount is in a currency that the shop does not take."""


def take(tender: str, method: TenderMethod, due: Money, given: Money) -> Tender | Refusal:
    """Work out what a payment pays, what comes back and what rounding leaves."""
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
    return Tender(tender, method.code, method.name, method.kind, amount, given, change, given - change - amount)


def quick_cash(due: Money, notes: tuple[int, ...], most: int = 3) -> tuple[Money, ...]:
    """Suggest what a customer is likely to hand over: the next round amounts above what is due.

    ``notes`` are the currency's notes in minor units.
    """
    rounded = {-(-due.minor // note) * note for note in notes}
    return tuple(Money(minor, due.currency) for minor in sorted(rounded) if minor > due.minor)[:most]
