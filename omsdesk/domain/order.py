"""The order: what somebody is to get and pay later, from a till, a web shop or a marketplace.

An order is the sum of its facts, in whatever order they are heard: what it is, is worked out from them (law 5). What
was paid on it and not spent yet lies on its account (``account.py``) and is handed in as ``held``.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from enum import StrEnum
from hashlib import sha256
from typing import TypeVar

from omsdesk.domain.body import to_body
from omsdesk.domain.line import SoldLine
from omsdesk.domain.messages import Event, event
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.records import record
from omsdesk.domain.tax import TaxTerms
from omsdesk.domain.values import Money, Quantity, Stamp, divide


class Origin(StrEnum):
    """Where an order came from."""

    TILL = "till"
    WEB = "web"
    MARKETPLACE = "marketplace"


class Purpose(StrEnum):
    """What an order is to become."""

    QUOTATION = "quotation"
    """Prices that hold until a day; nothing is kept for anybody."""
    LAYAWAY = "layaway"
    """Goods are kept until they are paid, in parts."""
    PICK_UP = "pick_up"
    DELIVERY = "delivery"


class Status(StrEnum):
    """What an order is now."""

    QUOTATION = "quotation"
    OPEN = "open"
    PARTLY_PAID = "partly_paid"
    PAID = "paid"
    READY = "ready"
    """Its goods stand together and wait for the customer."""
    HANDED_OVER = "handed_over"
    CANCELLED = "cancelled"
    EXPIRED = "expired"


ENDED = frozenset({Status.HANDED_OVER, Status.CANCELLED, Status.EXPIRED})


@record
class Party:
    """Who ordered: a copy of what was known then. Nothing of it is needed."""

    id: str = ""
    """The customer, where it is one who is known."""
    name: str = ""
    phone: str = ""
    email: str = ""
    address: tuple[str, ...] = ()
    country: str = ""


@record
class Portion:
    """So much of a line of an order; ``amount`` is what was paid for it, where it was handed over."""

    line: str
    quantity: Quantity
    amount: Money | None = None


# --------------------------------------------------------------------------------------------- events


@event("order.placed")
@record
class OrderPlaced(Event):
    """Somebody ordered, or was quoted a price."""

    order: str
    number: str
    purpose: Purpose
    store: str
    """The shop that its goods come from."""
    at: Stamp
    currency: str
    rows: tuple[SoldLine, ...]
    tax_terms: TaxTerms = TaxTerms()
    party: Party = Party()
    terms: Terms = Terms()
    origin: Origin = Origin.TILL
    reference: str = ""
    """What the web shop or marketplace calls it."""
    till: str = ""
    note: str = ""
    sale: str = ""
    """The ticket that became this order."""
    prints: bool = False


@event("order.accepted")
@record
class QuotationAccepted(Event):
    """A customer wants what a quotation says, at its prices."""

    order: str
    purpose: Purpose
    store: str
    at: Stamp
    terms: Terms
    party: Party


@event("order.changed")
@record
class OrderChanged(Event):
    """Lines and terms are others now. Of several changes the one with the greatest revision holds."""

    order: str
    revision: int
    rows: tuple[SoldLine, ...]
    terms: Terms
    at: Stamp


@event("order.readied")
@record
class GoodsReadied(Event):
    """Goods of an order were put together for their customer."""

    order: str
    rows: tuple[Portion, ...]
    at: Stamp


@event("order.cancelled")
@record
class OrderCancelled(Event):
    """Goods of an order are not wanted any more, or were not fetched in time."""

    order: str
    rows: tuple[Portion, ...]
    at: Stamp
    fee: Money
    """What is kept of what was paid."""
    reason: str = ""
    has_expired: bool = False


@event("order.handed_over")
@record
class GoodsHandedOver(Event):
    """A ticket at a till gave goods of an order to their customer, or kept the fee for it."""

    order: str
    sale: str
    number: str
    till: str
    rows: tuple[Portion, ...]
    fee: Money | None = None


@event("order.settled")
@record
class OrderSettled(Event):
    """Somebody who saw all sides said which cancellations hold. What was handed over and paid stays as it happened.

    Of several the one with the greatest revision holds.
    """

    order: str
    revision: int
    at: Stamp
    seen: tuple[str, ...]
    """What was cancelled and handed over as far as they knew, by ``name_of``."""
    withdrawn: tuple[str, ...] = ()
    """The cancellations that do not hold: those goods were wanted after all, and no fee is kept for them."""


# ---------------------------------------------------------------------------------------------- state


@record
class Order:
    """An order as its facts have made it; the same facts make the same order, however they were heard."""

    order: str
    placed: tuple[OrderPlaced, ...] = ()
    accepted: tuple[QuotationAccepted, ...] = ()
    changed: tuple[OrderChanged, ...] = ()
    readied: tuple[GoodsReadied, ...] = ()
    cancelled: tuple[OrderCancelled, ...] = ()
    handed_over: tuple[GoodsHandedOver, ...] = ()
    settlements: tuple[OrderSettled, ...] = ()

    @property
    def is_known(self) -> bool:
        """Whether its beginning was heard; what follows may come before it."""
        return bool(self.placed)

    @property
    def head(self) -> OrderPlaced:
        """How it began; a disk that was copied can have begun it twice."""
        return self.placed[0]

    @property
    def number(self) -> str:
        """What people call it."""
        return self.head.number

    @property
    def currency(self) -> str:
        """The money it is in."""
        return self.head.currency

    @property
    def acceptance(self) -> QuotationAccepted | None:
        """How a quotation was accepted: the first time counts."""
        return min(self.accepted, key=lambda fact: (fact.at, _rank(fact)), default=None)

    @property
    def purpose(self) -> Purpose:
        """What it is to become."""
        return self.acceptance.purpose if self.acceptance else self.head.purpose

    @property
    def store(self) -> str:
        """The shop that its goods come from."""
        return self.acceptance.store if self.acceptance else self.head.store

    @property
    def party(self) -> Party:
        """Who ordered."""
        return self.acceptance.party if self.acceptance else self.head.party

    @property
    def change(self) -> OrderChanged | None:
        """The change that holds."""
        return max(self.changed, key=lambda fact: (fact.revision, _rank(fact)), default=None)

    @property
    def revision(self) -> int:
        """How often it was changed, one after the other."""
        return self.change.revision if self.change else 0

    @property
    def rivals(self) -> tuple[OrderChanged, ...]:
        """The changes that hold at once, because two places had not heard of each other; none where one holds."""
        found = tuple(fact for fact in self.changed if fact.revision == self.revision)
        return found if len(found) > 1 else ()

    @property
    def settlement(self) -> OrderSettled | None:
        """What was said last about its cancellations by somebody who saw them all."""
        return max(self.settlements, key=lambda fact: (fact.revision, _rank(fact)), default=None)

    @property
    def standing(self) -> tuple[OrderCancelled, ...]:
        """The cancellations that hold."""
        said = self.settlement
        gone = frozenset(said.withdrawn) if said else frozenset()
        return tuple(fact for fact in self.cancelled if name_of(fact) not in gone) if gone else self.cancelled

    @property
    def rows(self) -> tuple[SoldLine, ...]:
        """What was ordered."""
        return self.change.rows if self.change else self.head.rows

    @property
    def terms(self) -> Terms:
        """What holds for paying and fetching it: what was said last."""
        accepted, change = self.acceptance, self.change
        if change is not None and (accepted is None or change.at >= accepted.at):
            return change.terms
        return accepted.terms if accepted else self.head.terms

    # ------------------------------------------------------------------------------ quantities

    def row(self, line: str) -> SoldLine | None:
        """Find a line."""
        return next((row for row in self.rows if row.line == line), None)

    def given(self, line: str) -> Quantity:
        """Tell how much of a line was handed over."""
        return _of(line, self.handed_over)

    def done(self, line: str) -> Quantity:
        """Tell how much of a line was handed over or cancelled."""
        return self.given(line) + _of(line, self.standing)

    def open_quantity(self, row: SoldLine) -> Quantity:
        """Tell how much of a line is still to be handed over."""
        return Quantity(max(row.quantity.micro - self.done(row.line).micro, 0))

    def open_portions(self) -> tuple[Portion, ...]:
        """List what is still to be handed over."""
        rest = (Portion(row.line, self.open_quantity(row)) for row in self.rows)
        return tuple(portion for portion in rest if portion.quantity)

    @property
    def has_open_rows(self) -> bool:
        """Whether anything is still to be handed over."""
        return any(self.open_quantity(row) for row in self.rows)

    def reserved(self) -> tuple[Portion, ...]:
        """List what is kept for the customer."""
        if self.purpose is Purpose.QUOTATION:
            return ()
        kept = {row.line for row in self.rows if row.components or row.is_tracked}
        return tuple(portion for portion in self.open_portions() if portion.line in kept)

    @property
    def is_ready(self) -> bool:
        """Whether all that is still to be handed over stands together."""
        rest = [row for row in self.rows if self.open_quantity(row)]
        return bool(rest) and all(self.standing_ready(row).micro >= self.open_quantity(row).micro for row in rest)

    def standing_ready(self, row: SoldLine) -> Quantity:
        """Tell how much of a line was put together and not handed over yet."""
        return Quantity(max(_of(row.line, self.readied).micro - self.given(row.line).micro, 0))

    # ------------------------------------------------------------------------------ money

    def gross(self, row: SoldLine) -> Money:
        """What a whole line costs, taxes included."""
        return row.amount if self.head.tax_terms.is_inclusive else sum(row.tax_amounts, start=row.amount)

    def part(self, whole: Money, row: SoldLine, now: Quantity) -> Money:
        """What of an amount belongs to the next so many of a line: the parts add up to the whole."""
        before = self.done(row.line)
        return self.share(whole, row, before + now) - self.share(whole, row, before)

    def share(self, whole: Money, row: SoldLine, first: Quantity) -> Money:
        """What of an amount belongs to the first so many of a line."""
        minor = divide(whole.minor * first.micro, row.quantity.micro) if row.quantity else 0
        return Money(minor, whole.currency)

    def worth(self, row: SoldLine) -> Money:
        """What is still to be paid for the goods of a line, as far as they are not handed over."""
        rest = self.open_quantity(row)
        return self.part(self.gross(row), row, rest) if rest else self._nothing

    @property
    def _nothing(self) -> Money:
        return Money(0, self.currency)

    @property
    def fee_due(self) -> Money:
        """What of the fees for cancelling was not kept yet."""
        asked = sum((fact.fee for fact in self.standing), start=self._nothing)
        return sum((-fact.fee for fact in self.handed_over if fact.fee), start=asked)

    @property
    def to_settle(self) -> Money:
        """What is still to be paid at a till, with money or from what lies on the account."""
        return sum(map(self.worth, self.rows), start=self.fee_due)

    @property
    def settled(self) -> Money:
        """What was paid at a till for what was handed over, and kept as a fee."""
        paid = (portion.amount for fact in self.handed_over for portion in fact.rows if portion.amount)
        fees = (fact.fee for fact in self.handed_over if fact.fee)
        return sum((*paid, *fees), start=self._nothing)

    @property
    def total(self) -> Money:
        """What it comes to in all, without what was cancelled."""
        return self.settled + self.to_settle

    def due(self, held: Money) -> Money:
        """What the customer still owes; below zero they get it back."""
        return self.to_settle - held

    def paid(self, held: Money) -> Money:
        """What the customer has paid so far."""
        return self.settled + held

    def next_payment(self, held: Money) -> Money:
        """What is to be paid next, by its terms."""
        due, before = self.due(held), self.paid(held)
        for _, until_then in self.terms.steps(self.currency):
            if until_then > before:
                return min(until_then - before, due)
        return due

    def late(self, held: Money, day: str) -> Money:
        """What was to be paid by its plan before a day (ISO 8601) and was not."""
        asked = [in_all for until, in_all in self.terms.steps(self.currency) if until and until < day]
        if not asked or not self.has_open_rows or self.purpose is Purpose.QUOTATION:
            return self._nothing
        return max(min(max(asked) - self.paid(held), self.due(held)), self._nothing)

    def late_since(self, held: Money, day: str) -> str:
        """Name the day by which the first payment was due that is late; empty where none is."""
        if not self.late(held, day):
            return ""
        paid = self.paid(held)
        return next(until for until, in_all in self.terms.steps(self.currency) if until and in_all > paid)

    # ------------------------------------------------------------------------------ what it is

    def status(self, held: Money, day: str) -> Status:
        """Work out what it is on a day."""
        if not self.has_open_rows:
            return self._end
        if self.purpose is Purpose.QUOTATION:
            return Status.EXPIRED if self.is_over(day) else Status.QUOTATION
        if self.is_ready:
            return Status.READY
        if self.due(held).minor <= 0:
            return Status.PAID
        return Status.PARTLY_PAID if self.paid(held) else Status.OPEN

    @property
    def _end(self) -> Status:
        if any(fact.rows for fact in self.handed_over):
            return Status.HANDED_OVER
        return Status.EXPIRED if any(fact.has_expired for fact in self.standing) else Status.CANCELLED

    def is_over(self, day: str) -> bool:
        """Tell whether its last day has passed while something of it is open: a person decides what becomes of it."""
        return self.has_open_rows and bool(self.terms.until) and self.terms.until < day


def _of(line: str, facts: Iterable[GoodsReadied | OrderCancelled | GoodsHandedOver]) -> Quantity:
    return Quantity(sum(row.quantity.micro for fact in facts for row in fact.rows if row.line == line))


# --------------------------------------------------------------------------------------------- evolve

_Fact = TypeVar("_Fact", bound=Event)


def evolve(order: Order | None, fact: Event) -> Order:
    """Add one fact to an order; the order in which facts come makes no difference."""
    before = order or Order(fact.subject)
    match fact:
        case OrderPlaced():
            return replace(before, placed=_with(before.placed, fact))
        case QuotationAccepted():
            return replace(before, accepted=_with(before.accepted, fact))
        case OrderChanged():
            return replace(before, changed=_with(before.changed, fact))
        case GoodsReadied():
            return replace(before, readied=_with(before.readied, fact))
        case OrderCancelled():
            return replace(before, cancelled=_with(before.cancelled, fact))
        case GoodsHandedOver():
            return replace(before, handed_over=_with(before.handed_over, fact))
        case OrderSettled():
            return replace(before, settlements=_with(before.settlements, fact))
    return before


def _with(facts: tuple[_Fact, ...], fact: _Fact) -> tuple[_Fact, ...]:
    return tuple(sorted((*facts, fact), key=_rank))


def name_of(fact: Event) -> str:
    """Name a fact by what it says, the same at every station."""
    return sha256(_rank(fact).encode()).hexdigest()[:16]


def _rank(fact: Event) -> str:
    """Give a fact its place among others of its kind, the same at every station."""
    return json.dumps(to_body(fact), sort_keys=True)
