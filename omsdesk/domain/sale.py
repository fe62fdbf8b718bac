"""The sale: a ticket from its first line to its completion. What may be done with it is decided in ``selling.py``."""

from __future__ import annotations

from dataclasses import replace

from omsdesk.domain.catalogue import Article
from omsdesk.domain.customer import Buyer
from omsdesk.domain.discount import Discount, Reduction
from omsdesk.domain.line import Line, SoldLine
from omsdesk.domain.messages import Event, event
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.records import record
from omsdesk.domain.tax import TaxedAmount, TaxSummary, TaxTerms, summarise
from omsdesk.domain.tender import Tender
from omsdesk.domain.units import PIECE
from omsdesk.domain.values import MICRO, Money, Quantity, Stamp

# ---------------------------------------------------------------------------------------------- state


@record
class Coupon:
    """What a customer showed for a promotion: a code that everybody may show, or one that is good once."""

    code: str
    promotion: str = ""
    """The promotion that it is good for once; empty for a code that everybody may show."""

    @property
    def opens(self) -> str:
        """What a promotion asks for that this opens."""
        return self.promotion or self.code


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
    discount: Discount | None = None
    """What a person takes off everything that is sold on it."""
    coupons: tuple[Coupon, ...] = ()
    customer: Buyer | None = None
    age_checked: int = 0
    """The age in years that the customer has at least, as somebody saw."""
    order: str = ""
    """The order that it became."""
    voided_in: str = ""
    """The shift that it counts in as a void."""

    @property
    def is_open(self) -> bool:
        """Whether lines and payments can still be added."""
        return not self.number and not self.is_voided and not self.order

    def line(self, line: str) -> Line | None:
        """Find a line by its id."""
        return next((row for row in self.lines if row.line == line), None)

    def amounts(self) -> tuple[Money, ...]:
        """What each line comes to, its share of a discount on the whole ticket taken off."""
        amounts = tuple(row.amount(self.currency) for row in self.lines)
        if self.discount is None:
            return amounts
        shares = self.discount_shares(amounts)
        return tuple(amount - share for amount, share in zip(amounts, shares, strict=True))

    def discount_shares(self, amounts: tuple[Money, ...]) -> tuple[Money, ...]:
        """Split the discount on the whole ticket over the lines that are sold; the parts add up to it exactly."""
        weights = self.discountable(amounts)
        sold = Money(sum(weights), self.currency)
        off = self.discount.off(sold) if self.discount else Money(0, self.currency)
        return off.share(weights)

    def discountable(self, amounts: tuple[Money, ...]) -> tuple[int, ...]:
        """How much of each line, in minor units, something can be taken off: of a deposit, which is lent, nothing."""
        free = (row.is_priced_here and not row.article.traits.is_deposit for row in self.lines)
        return tuple(max(amount.minor, 0) if is_free else 0 for is_free, amount in zip(free, amounts, strict=True))

    def summary(self) -> TaxSummary:
        """Net, taxes and gross of everything that is sold on the ticket or comes back."""
        rows = [pair for pair in zip(self.lines, self.amounts(), strict=True) if not pair[0].loads]
        return summarise(
            ((amount, row.article.taxes) for row, amount in rows if row.settled_taxes is None),
            self.terms,
            self.currency,
            ((amount, row.article.taxes, row.settled_taxes) for row, amount in rows if row.settled_taxes is not None),
        )

    @property
    def loaded(self) -> Money:
        """What the customer pays in, to spend it another time or because it was owed."""
        return Money(sum(row.amount(self.currency).minor for row in self.lines if row.loads), self.currency)

    @property
    def total(self) -> Money:
        """What the customer owes in all, taxes included."""
        return self.summary().gross + self.loaded

    @property
    def due(self) -> Money:
        """What is not paid yet."""
        return self.total - Money(sum(t.amount.minor for t in self.tenders), self.currency)

    @property
    def item_count(self) -> int:
        """Pieces as a customer counts them: a weighed article is one, what goes with another is none."""
        goods = (row for row in self.lines if not row.loads and not row.parent and not row.article.traits.is_deposit)
        return sum(abs(row.quantity.micro) // MICRO if row.article.unit == PIECE else 1 for row in goods)


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


@event("sale.price_changed")
@record
class PriceChanged(Event):
    """A line is sold at another price than the catalogue's; without a price at that one again."""

    sale: str
    line: str
    price: Money | None
    reason: str = ""


@event("sale.line_discounted")
@record
class LineDiscounted(Event):
    """Something was taken off a line by hand, or is back on it."""

    sale: str
    line: str
    discount: Discount | None


@event("sale.discounted")
@record
class SaleDiscounted(Event):
    """Something was taken off the whole ticket by hand, or is back on it."""

    sale: str
    discount: Discount | None


@record
class LinePrice:
    """What a line costs now: its article, where that has other prices or taxes, and what promotions take off."""

    line: str
    article: Article | None = None
    """None where it is as it was."""
    reductions: tuple[Reduction, ...] = ()


@event("sale.repriced")
@record
class Repriced(Event):
    """Lines cost something else than before, because of others, a customer, a coupon or the time of day."""

    sale: str
    rows: tuple[LinePrice, ...]
    """Only the lines that are different."""


@event("sale.coupon_shown")
@record
class CouponShown(Event):
    """The customer showed a coupon."""

    sale: str
    coupon: Coupon


@event("sale.coupon_removed")
@record
class CouponRemoved(Event):
    """A coupon was given back; it is as if it had not been shown."""

    sale: str
    code: str


@event("sale.customer_set")
@record
class CustomerSet(Event):
    """The ticket became that of a customer; without one it is nobody's again."""

    sale: str
    customer: Buyer | None = None


@event("sale.age_checked")
@record
class AgeChecked(Event):
    """The customer was seen to have an age. What told so, such as a birth date, is kept nowhere."""

    sale: str
    age: int


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


@event("sale.void_taken_back")
@record
class VoidTakenBack(Event):
    """What was on a ticket that was given up is rung up again as another one: it counts as no void."""

    sale: str
    till: str
    shift: str
    """The one in which it was given up."""
    total: Money
    is_training: bool = False
    turn: int = 1


@event("sale.ordered")
@record
class SaleOrdered(Event):
    """The ticket became an order, and ended without money."""

    sale: str
    till: str
    order: str
    number: str
    """That of the order."""
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
    customer: Buyer | None = None
    coupons: tuple[str, ...] = ()
    """The codes, each good once, that took something off."""

    @property
    def loaded(self) -> Money:
        """What of the total was paid in to accounts: it is no turnover, and in no net and no tax."""
        return Money(sum(row.amount.minor for row in self.lines if row.loads), self.total.currency)

    @property
    def is_tax_on_top(self) -> bool:
        """Whether the prices contain no tax: the lines then come to the net."""
        return sum(row.amount.minor for row in self.lines if not row.loads) != self.turnover.minor

    @property
    def refunded(self) -> Money:
        """What came back brought, taxes included: zero or below."""
        back = [row for row in self.lines if row.returned is not None and not row.loads]
        taxes = sum(tax.minor for row in back for tax in row.tax_amounts) if self.is_tax_on_top else 0
        return Money(sum(row.amount.minor for row in back) + taxes, self.total.currency)

    @property
    def discounted(self) -> Money:
        """What was taken off what was sold, by promotions and by people."""
        return Money(sum(part.amount.minor for row in self.lines for part in row.reductions), self.total.currency)

    @property
    def turnover(self) -> Money:
        """What was sold, less what came back."""
        return self.total - self.loaded


# --------------------------------------------------------------------------------------------- evolve


def evolve(sale: Sale | None, fact: Event) -> Sale:
    """Apply one fact to a ticket. Facts that do not change a ticket leave it as it is."""
    if isinstance(fact, SaleStarted):
        return Sale(fact.sale, fact.till, fact.currency, fact.terms, fact.is_training)
    if sale is None:
        message = f"{fact.kind} came before its sale was started."
        raise ValueError(message)
    lines = _lines_after(sale.lines, fact)
    if lines is not None:
        return _with_lines(sale, lines)
    match fact:
        case SaleDiscounted(discount=discount):
            return replace(sale, discount=discount)
        case CustomerSet(customer=customer):
            return replace(sale, customer=customer)
        case AgeChecked(age=age):
            return replace(sale, age_checked=max(age, sale.age_checked))
        case CouponShown(coupon=coupon):
            return replace(sale, coupons=(*sale.coupons, coupon))
        case CouponRemoved(code=code):
            return replace(sale, coupons=tuple(row for row in sale.coupons if row.code != code))
        case TenderTaken(tender=tender):
            return replace(sale, tenders=(*sale.tenders, tender))
        case TenderRemoved(tender=gone):
            return replace(sale, tenders=tuple(t for t in sale.tenders if t.tender != gone))
    return _turned(sale, fact)


def _turned(sale: Sale, fact: Event) -> Sale:
    """Apply a fact that begins or ends somebody's work on a ticket."""
    match fact:
        case SaleHeld(name=name, turn=turn):
            return replace(sale, held_as=name, till=fact.till or sale.till, turn=turn)
        case SaleRecalled(till=till, turn=turn):
            return replace(sale, held_as=None, till=till, turn=turn)
        case SaleVoided(turn=turn):
            return replace(sale, is_voided=True, turn=turn, voided_in=fact.shift)
        case VoidTakenBack(turn=turn):
            return replace(sale, turn=turn, voided_in="")
        case SaleOrdered(order=order, turn=turn):
            return replace(sale, order=order, turn=turn)
        case SaleCompleted(number=number, turn=turn):
            return replace(sale, number=number, turn=turn)
    return sale


def _lines_after(lines: tuple[Line, ...], fact: Event) -> tuple[Line, ...] | None:
    """Apply a fact about lines; None for one about something else."""
    match fact:
        case LineAdded(row=row, index=index):
            at = len(lines) if index < 0 else index
            return (*lines[:at], row, *lines[at:])
        case QuantityChanged() | LineNoted() | PriceChanged() | LineDiscounted():
            return tuple(_changed(row, fact) for row in lines)
        case LineRemoved(line=line):
            return tuple(row for row in lines if row.line != line)
        case Repriced(rows=rows):
            new = {row.line: row for row in rows}
            return tuple(_repriced(row, new.get(row.line)) for row in lines)
    return None


def _with_lines(sale: Sale, lines: tuple[Line, ...]) -> Sale:
    # Written out, because it is done with every scan: replace() takes three times as long.
    return Sale(
        sale.sale, sale.till, sale.currency, sale.terms, sale.is_training, lines, sale.tenders, sale.held_as,
        sale.number, sale.is_voided, sale.turn, sale.is_elsewhere, sale.discount, sale.coupons, sale.customer,
        sale.age_checked,
        sale.order,
    )  # fmt: skip


def _changed(row: Line, fact: QuantityChanged | LineNoted | PriceChanged | LineDiscounted) -> Line:
    if row.line != fact.line:
        return row
    match fact:
        case QuantityChanged(quantity=quantity):
            return replace(row, quantity=quantity)
        case LineNoted(note=note):
            return replace(row, note=note)
        case PriceChanged(price=price):
            return replace(row, open_price=price)
        case LineDiscounted(discount=discount):
            return replace(row, discount=discount)


def _repriced(row: Line, new: LinePrice | None) -> Line:
    return row if new is None else replace(row, article=new.article or row.article, reductions=new.reductions)
