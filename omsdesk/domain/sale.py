"""The sale: a ticket from its first line to its completion. What may be done with it is decided in ``selling.py``."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import ClassVar

from omsdesk.domain.catalogue import Article
from omsdesk.domain.messages import Command, Event, Refusal, event
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.records import record
from omsdesk.domain.tax import Tax, TaxedAmount, TaxSummary, TaxTerms, summarise
from omsdesk.domain.tender import Tender, TenderMethod
from omsdesk.domain.values import Money, Quantity, Stamp

# ---------------------------------------------------------------------------------------------- state


@record
class Line:
    """One line of a ticket, with its own copy of what was known of the article."""

    line: str
    article: Article
    quantity: Quantity
    note: str = ""
    open_price: Money | None = None
    """The price that was typed, for an article that has none."""

    @property
    def unit_price(self) -> Money | None:
        """What one unit costs at this quantity."""
        if self.open_price is not None:
            return self.open_price
        return unit_price(self.article.prices, self.quantity)

    def amount(self, currency: str) -> Money:
        """What the line comes to."""
        price = self.unit_price
        return price.times(self.quantity) if price else Money(0, currency)


@record
class Sale:
    """A ticket as its facts have made it."""

    sale: str
    till: str
    currency: str
    terms: TaxTerms = TaxTerms()
    is_training: bool = False
    lines: tuple[Line, ...] = ()
    tenders: tuple[Tender, ...] = ()
    held_as: str | None = None
    number: str = ""
    is_voided: bool = False
    turn: int = 0
    """How often it was put aside, taken up or ended: what came later in its story has the greater one."""
    is_elsewhere: bool = False
    """Whether another station works on it."""

    @property
    def is_open(self) -> bool:
        """Whether lines and payments can still be added."""
        return not self.number and not self.is_voided

    def line(self, line: str) -> Line | None:
        """Find a line by its id."""
        return next((row for row in self.lines if row.line == line), None)

    def summary(self) -> TaxSummary:
        """Net, taxes and gross of the whole ticket."""
        return summarise(((r.amount(self.currency), r.article.taxes) for r in self.lines), self.terms, self.currency)

    @property
    def total(self) -> Money:
        """What the customer owes in all, taxes included."""
        return self.summary().gross

    @property
    def due(self) -> Money:
        """What is not paid yet."""
        return self.total - Money(sum(t.amount.minor for t in self.tenders), self.currency)

    @property
    def item_count(self) -> int:
        """Pieces as a customer counts them: a weighed article is one."""
        return sum(abs(row.quantity.micro) // 1_000_000 if row.article.unit == "piece" else 1 for row in self.lines)


# ------------------------------------------------------------------------------------------- commands


class Paper(StrEnum):
    """What the customer takes home."""

    PRINT = "print"
    PDF = "pdf"
    NONE = "none"


@record
class SaleCommand(Command):
    """A command on one sale."""

    permission: ClassVar[str] = "sale.sell"
    sale: str


@record
class AddLine(SaleCommand):
    """Put an article on the ticket; the first line starts the sale."""

    line: str
    article: Article
    quantity: Quantity
    open_price: Money | None = None


@record
class ChangeQuantity(SaleCommand):
    """Set how many of a line are sold."""

    line: str
    quantity: Quantity


@record
class RemoveLine(SaleCommand):
    """Take a line off the ticket."""

    line: str


@record
class RestoreLine(SaleCommand):
    """Undo a removal: put the line back where it stood."""

    row: Line
    index: int


@record
class NoteLine(SaleCommand):
    """Write a note on a line; it is printed."""

    line: str
    note: str


@record
class HoldSale(SaleCommand):
    """Put the ticket aside under a name, to serve the next customer."""

    name: str


@record
class RecallSale(SaleCommand):
    """Take a held ticket up again at this till."""


@record
class VoidSale(SaleCommand):
    """Give a ticket up before it is paid."""

    reason: str = ""


@record
class TakeTender(SaleCommand):
    """Take a payment."""

    tender: str
    method: TenderMethod
    given: Money


@record
class RemoveTender(SaleCommand):
    """Give a payment back before the sale is complete."""

    tender: str


@record
class CompleteSale(SaleCommand):
    """End a ticket that is fully paid."""

    paper: Paper = Paper.PRINT


# --------------------------------------------------------------------------------------------- events


@event("sale.started")
@record
class SaleStarted(Event):
    """A ticket was begun."""

    sale: str
    till: str
    shift: str
    currency: str
    terms: TaxTerms
    is_training: bool = False


@event("sale.line_added")
@record
class LineAdded(Event):
    """An article was put on the ticket, or put back at ``index``."""

    sale: str
    row: Line
    index: int = -1


@event("sale.quantity_changed")
@record
class QuantityChanged(Event):
    """A line's quantity was set."""

    sale: str
    line: str
    quantity: Quantity


@event("sale.line_removed")
@record
class LineRemoved(Event):
    """A line was taken off; what it was stays readable here."""

    sale: str
    line: str
    product: str
    amount: Money


@event("sale.line_noted")
@record
class LineNoted(Event):
    """A note was written on a line."""

    sale: str
    line: str
    note: str


@event("sale.held")
@record
class SaleHeld(Event):
    """The ticket was put aside."""

    sale: str
    name: str
    item_count: int
    total: Money
    till: str = ""
    turn: int = 1


@event("sale.recalled")
@record
class SaleRecalled(Event):
    """The ticket was taken up again, at this till."""

    sale: str
    till: str
    turn: int = 2


@event("sale.voided")
@record
class SaleVoided(Event):
    """The ticket was given up."""

    sale: str
    till: str
    shift: str
    reason: str
    total: Money
    is_training: bool = False
    turn: int = 1


@event("sale.tender_taken")
@record
class TenderTaken(Event):
    """A payment was taken."""

    sale: str
    tender: Tender


@event("sale.tender_removed")
@record
class TenderRemoved(Event):
    """A payment was given back before completion."""

    sale: str
    tender: str


@record
class SoldLine:
    """A line as it was sold: the document's own words, whatever the catalogue says later."""

    line: str
    product: str
    name: str
    quantity: Quantity
    unit_price: Money
    amount: Money
    sku: str = ""
    unit: str = "piece"
    category: str = ""
    taxes: tuple[Tax, ...] = ()
    note: str = ""
    is_tracked: bool = True


@event("sale.completed")
@record
class SaleCompleted(Event):
    """The ticket was paid and ended: the whole document, readable without any other entry."""

    sale: str
    number: str
    till: str
    shop: str
    shift: str
    at: Stamp
    lines: tuple[SoldLine, ...]
    tenders: tuple[Tender, ...]
    net: Money
    taxes: tuple[TaxedAmount, ...]
    total: Money
    item_count: int
    paper: Paper = Paper.PRINT
    is_training: bool = False
    turn: int = 1


# ------------------------------------------------------------------------------------------- refusals


@record
class NoShift(Refusal):
    """Nothing is sold before the drawer was counted."""


@record
class PriceUnknown(Refusal):
    """The article has no price."""


@record
class SaleEnded(Refusal):
    """The ticket is completed or voided."""


@record
class PaymentsTaken(Refusal):
    """Lines cannot change once money was taken."""


@record
class NotHeld(Refusal):
    """The ticket does not wait for anybody."""


@record
class Elsewhere(Refusal):
    """Another station works on the ticket, or its money lies in another drawer."""


@record
class OnHold(Refusal):
    """The ticket waits: nothing changes on it before it is taken up again."""


@record
class Training(Refusal):
    """A ticket of training and a till that is not in training, or the other way round."""


@record
class TooMuch(Refusal):
    """More than anybody sells at once: most likely a barcode came into the wrong field."""


@record
class Underpaid(Refusal):
    """Something is still due."""


@record
class NoSuchLine(Refusal):
    """The line is not on the ticket."""


@record
class SameLine(Refusal):
    """The line is on the ticket already."""


@record
class NoSuchTender(Refusal):
    """The payment is not on the ticket."""


# --------------------------------------------------------------------------------------------- evolve


def evolve(sale: Sale | None, fact: Event) -> Sale:
    """Apply one fact to a ticket. Facts that do not change a ticket leave it as it is."""
    if isinstance(fact, SaleStarted):
        return Sale(fact.sale, fact.till, fact.currency, fact.terms, fact.is_training)
    if sale is None:
        message = f"{fact.kind} came before its sale was started."
        raise ValueError(message)
    match fact:
        case LineAdded(row=row, index=index):
            at = len(sale.lines) if index < 0 else index
            return _with_lines(sale, (*sale.lines[:at], row, *sale.lines[at:]))
        case QuantityChanged() | LineNoted():
            return _with_lines(sale, tuple(_changed(row, fact) for row in sale.lines))
        case LineRemoved(line=line):
            return _with_lines(sale, tuple(row for row in sale.lines if row.line != line))
        case SaleHeld(name=name, turn=turn):
            return replace(sale, held_as=name, till=fact.till or sale.till, turn=turn)
        case SaleRecalled(till=till, turn=turn):
            return replace(sale, held_as=None, till=till, turn=turn)
        case SaleVoided(turn=turn):
            return replace(sale, is_voided=True, turn=turn)
        case TenderTaken(tender=tender):
            return replace(sale, tenders=(*sale.tenders, tender))
        case TenderRemoved(tender=gone):
            return replace(sale, tenders=tuple(t for t in sale.tenders if t.tender != gone))
        case SaleCompleted(number=number, turn=turn):
            return replace(sale, number=number, turn=turn)
    return sale


def _with_lines(sale: Sale, lines: tuple[Line, ...]) -> Sale:
    # Written out, because it is done with every scan: replace() takes three times as long.
    return Sale(
        sale.sale, sale.till, sale.currency, sale.terms, sale.is_training, lines, sale.tenders, sale.held_as,
        sale.number, sale.is_voided, sale.turn, sale.is_elsewhere,
    )  # fmt: skip


def _changed(row: Line, fact: QuantityChanged | LineNoted) -> Line:
    if row.line != fact.line:
        return row
    return replace(row, quantity=fact.quantity) if isinstance(fact, QuantityChanged) else replace(row, note=fact.note)
