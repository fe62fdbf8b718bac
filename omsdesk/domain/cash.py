"""The drawer: shifts with a float, money in and out, the count and the close that cannot fail."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import ClassVar

from omsdesk.domain.account import AccountKind
from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.records import record
from omsdesk.domain.shop import Desk
from omsdesk.domain.ticket_kind import TicketKind
from omsdesk.domain.values import MOST_MINOR, Money, Stamp


@record
class Shift:
    """The time between two counts of a drawer."""

    shift: str
    till: str
    opened_at: Stamp
    float_counted: Money
    is_closed: bool = False


class CashReason(StrEnum):
    """Why money went into a drawer or out of it."""

    FLOAT = "float"
    SALE = "sale"
    PAY_IN = "pay_in"
    PAY_OUT = "pay_out"


@record
class TenderTotal:
    """What a way to pay came to in a shift. ``counted`` is None where nobody counts it."""

    method: str
    name: str
    count: int
    expected: Money
    counted: Money | None = None

    @property
    def difference(self) -> Money | None:
        """Counted less expected: below zero, money is missing."""
        return None if self.counted is None else self.counted - self.expected


@record
class TaxTotal:
    """What a tax came to in a shift; what has no tax is a row of its own without a rate.

    Where no goods have two taxes, net and amounts of all rows are the shift's total.
    """

    name: str
    percent: str
    net: Money
    amount: Money


@record
class LoadTotal:
    """What was paid in to accounts of a kind in a shift: the shop owes it, and it is no turnover."""

    kind: AccountKind
    count: int
    amount: Money


@record
class TicketTotal:
    """What the tickets of a kind came to in a shift, with the taxes and without what was paid in to accounts."""

    kind: TicketKind
    count: int
    amount: Money


@record
class ShiftFigures:
    """The running sums of a shift: read in an instant, however many tickets it had."""

    sale_count: int
    """Tickets that were completed, of every kind."""
    total: Money
    """What the shift turned over: sales less refunds, taxes included."""
    rounding: Money
    void_count: int
    void_total: Money
    no_sale_count: int
    pay_in: Money
    pay_out: Money
    tenders: tuple[TenderTotal, ...] = ()
    taxes: tuple[TaxTotal, ...] = ()
    first_number: str = ""
    last_number: str = ""
    held_count: int = 0
    loads: tuple[LoadTotal, ...] = ()
    refund_count: int = 0
    """Tickets on which something came back."""
    refunded: int = 0
    """What that brought, in minor units: zero or below. It is a part of the total."""
    discounted: int = 0
    """What was taken off what was sold, in minor units."""
    tickets: tuple[TicketTotal, ...] = ()
    """Every ticket by its kind: together they are the total. Older reports did not tell them apart."""


@record
class CashCommand(Command):
    """A command on a shift."""

    permission: ClassVar[str] = "cash.shift"
    shift: str

    @property
    def document(self) -> str:
        """The id of what the command makes: carried out twice, it is made once."""
        return self.shift

    @property
    def lent_for(self) -> str:
        """What it makes."""
        return self.document


@record
class OpenShift(CashCommand):
    """Begin to sell: the money in the drawer was counted."""

    float_counted: Money


@record
class MoveCash(CashCommand):
    """Put money into the drawer (above zero) or take some out (below zero); in training, nothing is booked."""

    permission: ClassVar[str] = "cash.move"
    movement: str
    amount: Money
    reason: str

    @property
    def document(self) -> str:
        """The movement."""
        return self.movement

    @property
    def size(self) -> int:
        """The amount, whichever way it goes."""
        return abs(self.amount.minor)


@record
class OpenDrawer(CashCommand):
    """Open the drawer without a sale; in training it stays shut."""

    permission: ClassVar[str] = "cash.drawer"
    opening: str
    reason: str

    @property
    def document(self) -> str:
        """The opening."""
        return self.opening


@record
class TakeXReport(CashCommand):
    """Print the figures so far; nothing is closed."""

    report: str

    @property
    def document(self) -> str:
        """The report."""
        return self.report


@record
class CloseShift(CashCommand):
    """End the shift with what was counted, whatever it is."""

    counted: tuple[Counted, ...]


@record
class Counted:
    """The money of one way to pay, as counted."""

    method: str
    amount: Money


@event("cash.shift_opened")
@record
class ShiftOpened(Event):
    """A shift began."""

    shift: str
    till: str
    at: Stamp
    float_counted: Money


@event("cash.moved")
@record
class CashMoved(Event):
    """Money went into a drawer (above zero) or out of it (below zero)."""

    movement: str
    shift: str
    till: str
    amount: Money
    reason: CashReason
    note: str = ""


@event("cash.drawer_opened")
@record
class DrawerOpened(Event):
    """The drawer was opened without a sale."""

    opening: str
    shift: str
    till: str
    reason: str


@event("cash.x_report_taken")
@record
class XReportTaken(Event):
    """The figures so far were printed."""

    report: str
    shift: str
    till: str
    at: Stamp
    figures: ShiftFigures


@event("cash.shift_closed")
@record
class ShiftClosed(Event):
    """The shift ended; the Z report is in the fact itself."""

    shift: str
    till: str
    at: Stamp
    number: int
    """The Z number: gap-free in its series."""
    figures: ShiftFigures
    series: str = ""
    """The till's series, as on its receipts: a restored till opens a new one, so no Z report's number comes twice."""

    @property
    def name(self) -> str:
        """What the Z report is called for ever: ``1A-12``."""
        return f"{self.series}-{self.number}" if self.series else str(self.number)


@record
class ShiftOpen(Refusal):
    """The till has an open shift already."""


@record
class ShiftEnded(Refusal):
    """The shift is closed, or was never opened."""


@record
class ElsewhereOpen(Refusal):
    """The shift is that of another till."""


@record
class PaidInPart(Refusal):
    """Money lies in the drawer for tickets that are not finished: counted now it would be over, and short next time."""

    sales: tuple[str, ...] = ()


@record
class CashFacts:
    """What a decision on a shift looks at beside the shift itself."""

    figures: ShiftFigures | None = None
    next_z: int = 1
    paid_in_part: tuple[str, ...] = ()
    """The till's unfinished tickets that money was taken for."""
    is_made: bool = False
    """Whether the movement, opening or report that the command makes is in the journal already."""


def decide(shift: Shift | None, command: CashCommand, desk: Desk, facts: CashFacts) -> Decision:
    """Decide on a command for a shift."""
    if isinstance(command, OpenShift):
        return _open(shift, command, desk)
    if shift is None or shift.is_closed:
        return ShiftEnded("The shift is closed. Open a new one by counting the drawer.")
    if shift.till != desk.till.id:
        return ElsewhereOpen("This shift is open at another till. Go there to work on it.")
    if facts.is_made:
        return ()
    match command:
        case MoveCash():
            return _move(shift, command, desk)
        case OpenDrawer() if desk.till.is_training:
            return ()
        case OpenDrawer():
            return (DrawerOpened(command.opening, shift.shift, shift.till, command.reason.strip()),)
        case TakeXReport() if facts.figures:
            return (XReportTaken(command.report, shift.shift, shift.till, desk.at, facts.figures),)
        case CloseShift() if any(row.amount.minor < 0 for row in command.counted):
            return Refusal("A count cannot be below zero. Count again.")
        case CloseShift() if facts.paid_in_part:
            return _paid_in_part(facts.paid_in_part)
        case CloseShift() if facts.figures:
            figures = _with_counts(facts.figures, command.counted, desk)
            return (ShiftClosed(shift.shift, shift.till, desk.at, facts.next_z, figures, desk.series),)
    return Refusal("This cannot be done with a shift.")


def _paid_in_part(sales: tuple[str, ...]) -> PaidInPart:
    what = "a ticket that is" if len(sales) == 1 else f"{len(sales)} tickets that are"
    which = "it" if len(sales) == 1 else "each"
    return PaidInPart(f"Money was taken for {what} not finished. Finish {which}, or give the money back.", sales=sales)


def _open(shift: Shift | None, command: OpenShift, desk: Desk) -> Decision:
    if desk.shift or shift is not None:
        return ShiftOpen("A shift is open at this till already.")
    if command.float_counted.minor < 0:
        return Refusal("The float cannot be below zero. Count again.")
    fault = _amount_fault(command.float_counted, desk)
    if fault is not None:
        return fault
    at, amount = desk.at, command.float_counted
    opened = ShiftOpened(command.shift, desk.till.id, at, amount)
    return (opened, CashMoved(f"{command.shift}:float", command.shift, desk.till.id, amount, CashReason.FLOAT))


def _amount_fault(amount: Money, desk: Desk) -> Refusal | None:
    if amount.currency != desk.shop.currency:
        return Refusal(f"The drawer holds {desk.shop.currency}, not {amount.currency}.")
    if abs(amount.minor) > MOST_MINOR:
        return Refusal("This is more than a drawer holds. Was a barcode typed as the amount?")
    return None


def _move(shift: Shift, command: MoveCash, desk: Desk) -> Decision:
    fault = _amount_fault(command.amount, desk)
    if fault is not None:
        return fault
    if not command.amount:
        return Refusal("Type an amount.")
    if not command.reason.strip():
        return Refusal("Say why the money moves.")
    if desk.till.is_training:
        return ()
    reason = CashReason.PAY_IN if command.amount.minor > 0 else CashReason.PAY_OUT
    return (CashMoved(command.movement, shift.shift, shift.till, command.amount, reason, command.reason.strip()),)


def _with_counts(figures: ShiftFigures, counted: tuple[Counted, ...], desk: Desk) -> ShiftFigures:
    amounts = {row.method: row.amount for row in counted}
    rows = [replace(row, counted=amounts.pop(row.method, row.counted)) for row in figures.tenders]
    # What was counted though nothing was expected is a difference like any other.
    names = {method.code: method.name for method in desk.shop.tender_methods}
    nothing = Money(0, desk.shop.currency)
    rows += [TenderTotal(code, names.get(code, code), 0, nothing, amount) for code, amount in amounts.items() if amount]
    return replace(figures, tenders=tuple(rows))


def evolve(shift: Shift | None, fact: Event) -> Shift | None:
    """Apply one fact to a shift."""
    match fact:
        case ShiftOpened():
            return Shift(fact.shift, fact.till, fact.at, fact.float_counted)
        case ShiftClosed() if shift is not None:
            return replace(shift, is_closed=True)
    return shift


def z_series(series: str) -> str:
    """Name the counter of the Z reports of a till's series."""
    return f"Z {series}"
