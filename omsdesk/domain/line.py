"""The lines of a ticket: goods that are sold, and goods that come back, each with what was taken off its price."""

from __future__ import annotations

from omsdesk.domain.catalogue import Article
from omsdesk.domain.discount import BY_HAND, BY_PERSON, Discount, Reduction
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.records import record
from omsdesk.domain.tax import Tax
from omsdesk.domain.traits import Component
from omsdesk.domain.values import MICRO, Money, Quantity, divide


@record
class Returned:
    """What a line that comes back mirrors: the line it was sold on, and what was paid for it."""

    amount: Money
    """What was paid, in the terms of the ticket: with the tax where prices contain it."""
    taxes: tuple[Money, ...] = ()
    """The part of each tax of the article in it, or on top of it."""
    sale: str = ""
    """The ticket it was sold on; empty without a receipt."""
    number: str = ""
    line: str = ""
    place: str = ""
    """Where the goods go, as in ``stock.py``; empty is back into the shop."""
    reason: str = ""
    points: int = 0
    """What they earned, which goes again."""
    customer: str = ""
    """Whose points these were."""
    shop: str = ""
    """The store it was sold in, where that is another one."""
    store: str = ""
    """What that store is called."""


@record
class Ordered:
    """What a line hands over of an order: at the order's price, to the minor unit."""

    amount: Money
    """What it costs, in the terms of the order: with the tax where prices contain it."""
    taxes: tuple[Money, ...] = ()
    """The part of each tax of the article in it, or on top of it."""
    order: str = ""
    number: str = ""
    line: str = ""
    """The order's line; empty is what is kept because it was cancelled."""
    is_on_top: bool = False
    """Whether the taxes come on top of the amount."""

    @property
    def gross(self) -> Money:
        """What it costs, taxes included."""
        return sum(self.taxes, start=self.amount) if self.is_on_top else self.amount


@record
class Line:
    """One line of a ticket, with its own copy of what was known of the article."""

    line: str
    article: Article
    quantity: Quantity
    """Below zero where goods come back."""
    note: str = ""
    open_price: Money | None = None
    """The price that was typed, for an article that has none or in place of the one it has."""
    discount: Discount | None = None
    reductions: tuple[Reduction, ...] = ()
    """What promotions take off."""
    returned: Returned | None = None
    loads: str = ""
    """The account that its money goes to (``account.py``): nothing is sold, so there is no tax and nothing off."""
    parent: str = ""
    """The line that this one goes with, such as a deposit with its bottle: it has the same quantity."""
    serials: tuple[str, ...] = ()
    """The number of each unit, where every unit has one."""
    lot: str = ""
    expiry: str = ""
    """The day, ISO 8601, after which it must not be sold."""
    ordered: Ordered | None = None

    @property
    def is_priced_here(self) -> bool:
        """Whether it costs what goods cost now: it is not one that comes back, pays in, or was ordered before."""
        return self.returned is None and not self.loads and self.ordered is None

    @property
    def is_deposit(self) -> bool:
        """Whether it is lent and not sold, such as a bottle or a crate."""
        return self.article.traits.is_deposit

    @property
    def settled_taxes(self) -> tuple[Money, ...] | None:
        """The taxes in it, where they are known to the minor unit from an earlier document."""
        if self.returned is not None:
            return tuple(-tax for tax in self.returned.taxes)
        return self.ordered.taxes if self.ordered is not None else None

    @property
    def unit_price(self) -> Money | None:
        """What one unit costs at this quantity, before anything is taken off."""
        if self.open_price is not None:
            return self.open_price
        return unit_price(self.article.prices, self.quantity)

    def full_amount(self, currency: str) -> Money:
        """What the line would come to with nothing taken off."""
        price = self.unit_price
        return price.times(self.quantity) if price else Money(0, currency)

    def promoted_amount(self, currency: str) -> Money:
        """What promotions leave of the full amount."""
        amount = self.full_amount(currency)
        for reduction in self.reductions:
            amount -= reduction.amount
        return amount

    def amount(self, currency: str) -> Money:
        """What the line comes to, before a discount on the whole ticket."""
        if self.returned is not None:
            return -self.returned.amount
        if self.ordered is not None:
            return self.ordered.amount
        amount = self.promoted_amount(currency)
        return amount if self.discount is None else amount - self.discount.off(amount)

    def taken_off(self, currency: str) -> tuple[Reduction, ...]:
        """List what is taken off: by promotions, and then by hand."""
        if self.discount is None:
            return self.reductions
        by_hand = self.discount.off(self.promoted_amount(currency))
        return (*self.reductions, Reduction(BY_HAND, self.discount.reason, by_hand))


@record
class SoldLine:
    """A line as it was sold: the document's own words, whatever the catalogue says later."""

    line: str
    product: str
    name: str
    quantity: Quantity
    unit_price: Money
    amount: Money
    """What it came to, with everything taken off that was taken off it."""
    sku: str = ""
    unit: str = "piece"
    category: str = ""
    taxes: tuple[Tax, ...] = ()
    note: str = ""
    is_tracked: bool = True
    tax_amounts: tuple[Money, ...] = ()
    """What each of the taxes comes to on this line; in entries from before lines came back it is not said."""
    reductions: tuple[Reduction, ...] = ()
    returned: Returned | None = None
    is_price_typed: bool = False
    """Whether a person typed the price in place of the catalogue's, or because it has none."""
    loads: str = ""
    """The account that its money went to: no turnover, but something that the shop owes."""
    parent: str = ""
    """The line that it went with."""
    serials: tuple[str, ...] = ()
    lot: str = ""
    expiry: str = ""
    components: tuple[Component, ...] = ()
    """What moved in the stock in its place, for one unit of it."""
    is_deposit: bool = False
    points: int = 0
    """What it earned its customer."""
    ordered: Ordered | None = None

    @property
    def shelf_price(self) -> Money | None:
        """What one cost without what a person did about it, promotions included; None where only a person can tell."""
        if self.is_price_typed or self.returned is not None or not self.quantity:
            return None
        promoted = [row for row in self.reductions if row.source not in BY_PERSON]
        if not promoted:
            return self.unit_price
        off = sum((row.amount for row in promoted), start=Money(0, self.amount.currency))
        return per_unit(self.unit_price.times(self.quantity) - off, self.quantity)


def per_unit(amount: Money, quantity: Quantity) -> Money:
    """Tell what one of so many came to, to the nearest minor unit."""
    return Money(divide(amount.minor * MICRO, quantity.micro), amount.currency)
