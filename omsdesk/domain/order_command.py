"""What can be asked for on an order; the words are those of web shops, too."""

from __future__ import annotations

from typing import ClassVar

from omsdesk.domain.line import SoldLine
from omsdesk.domain.messages import Command
from omsdesk.domain.order import Origin, Party, Portion, Purpose
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.records import record
from omsdesk.domain.sale_command import SaleCommand
from omsdesk.domain.traits import PLAIN, Traits
from omsdesk.domain.values import Money, Quantity

RIGHT = "sale.order"
CANCEL_RIGHT = "sale.cancel_order"
"""Money that was paid leaves the drawer again, and goods that were promised are free."""


@record
class OrderCommand(Command):
    """A command on one order."""

    permission: ClassVar[str] = RIGHT
    order: str


@record
class PlaceOrder(OrderCommand):
    """Write an order down: from the lines of a ticket, which ends without money, or from lines of its own."""

    purpose: Purpose
    store: str
    """The shop that its goods come from."""
    sale: str = ""
    rows: tuple[SoldLine, ...] = ()
    party: Party = Party()
    terms: Terms = Terms()
    origin: Origin = Origin.TILL
    reference: str = ""
    note: str = ""
    prints: bool = False
    """Whether its paper comes out at once."""


@record
class AcceptQuotation(OrderCommand):
    """Make an order of a quotation, at its prices."""

    purpose: Purpose
    store: str
    terms: Terms = Terms()
    party: Party | None = None
    """Without one it stays as it was."""


@record
class ChangeOrder(OrderCommand):
    """Set the lines and terms of an order; what was handed over or cancelled of a line stays on it."""

    rows: tuple[SoldLine, ...]
    terms: Terms
    base: int | None = None
    """The revision that was looked at; without one it is whatever holds now."""


@record
class ReadyGoods(OrderCommand):
    """Say that all that is still to be handed over stands together and waits for the customer."""


@record
class CancelOrder(OrderCommand):
    """Give an order up, or parts of it; what is paid above the fee can then be given back."""

    rows: tuple[Portion, ...] = ()
    """Without any it is all that is still to be handed over."""
    fee: Money | None = None
    """Without one it is what the terms say; less than that is for those who may."""
    reason: str = ""
    has_expired: bool = False
    """Whether it was not fetched or paid in time."""


@record
class AgreeOnOrder(OrderCommand):
    """Say which cancellations hold, where what was cancelled was handed over all the same, or handed over twice."""

    seen: tuple[str, ...]
    """What was cancelled and handed over as far as it was shown."""
    withdrawn: tuple[str, ...] = ()
    """The cancellations that do not hold."""


# ------------------------------------------------------------------------------------ at the till


@record
class HandOver(SaleCommand):
    """Put goods of an order on a ticket, at the order's prices."""

    order: str
    portions: tuple[HandedPortion, ...]


@record
class HandedPortion:
    """So much of a line of an order, as a line of a ticket."""

    line: str
    """The id of the ticket's line."""
    of: str
    """The order's line; what goes with it, such as the deposit of a bottle, comes along by itself."""
    quantity: Quantity
    serials: tuple[str, ...] = ()
    """The number of each unit, where every unit has one."""
    lot: str = ""
    expiry: str = ""
    traits: Traits = PLAIN
    """What is known of the article today: whoever carries the command out fills it in."""


@record
class SettleOrder(SaleCommand):
    """Put on a ticket what is left to settle of an order: what the customer gets back, less what is kept as a fee."""

    line: str
    """What the ids of its lines begin with."""
    order: str
