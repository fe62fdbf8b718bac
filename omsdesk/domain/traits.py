"""What the till has to know of an article beside its price: what it asks, what goes with it, what it may not do."""

from __future__ import annotations

from enum import StrEnum

from omsdesk.domain.records import record
from omsdesk.domain.values import ONE, Money, Quantity


class StockPolicy(StrEnum):
    """What happens when more is sold than the stock says there is."""

    SHOP = ""
    """As the shop does with everything."""
    ALLOW = "allow"
    WARN = "warn"
    APPROVE = "approve"
    """Somebody with the right has to agree."""
    REFUSE = "refuse"
    """It is not chosen from the screen. What a customer holds in their hands is there, whatever the stock says."""


@record
class Component:
    """A product that a bundle contains, and how many units of it are in one bundle."""

    product: str
    quantity: Quantity = ONE


@record
class Traits:
    """What is out of the ordinary about an article; a plain one has nothing of it."""

    age: int = 0
    """The youngest age in years that it may be sold to; 0 is any."""
    asks_price: bool = False
    """Whether the price is typed each time: the one in the catalogue is only a proposal."""
    minimum_price: Money | None = None
    """What one unit costs at least, whatever is taken off; None, and none at all, is anything."""
    is_divisible: bool = False
    """Whether a piece may be broken: half a cake."""
    asks_serial: bool = False
    """Whether every unit has a number of its own that is kept with the sale."""
    asks_lot: bool = False
    """Whether the lot (batch) is kept with the sale."""
    deposit: str = ""
    """The product whose price is asked on top and given back for the empty: a bottle's, a crate's."""
    is_deposit: bool = False
    """Whether it is such a deposit: nothing is ever taken off it, and choosing it gives it back."""
    components: tuple[Component, ...] = ()
    """What a bundle contains: these move in the stock in its place."""
    modifiers: tuple[str, ...] = ()
    """What is asked of it, by the names of the shop's groups: milk, size, extras."""
    stock_policy: StockPolicy = StockPolicy.SHOP
    is_gift_card: bool = False
    """Whether it stands for a gift card: whoever takes it is asked for the card and the amount."""


PLAIN = Traits()
