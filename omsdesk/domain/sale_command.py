"""What a person at a till can ask for on a ticket; for goods that come back, ``returns.py`` says it."""

from __future__ import annotations

from typing import ClassVar

from omsdesk.domain.catalogue import Article
from omsdesk.domain.discount import Discount
from omsdesk.domain.line import Line
from omsdesk.domain.messages import Command
from omsdesk.domain.receipt_policy import Paper
from omsdesk.domain.records import record
from omsdesk.domain.tender import TenderMethod
from omsdesk.domain.values import Money, Quantity


@record
class SaleCommand(Command):
    """A command on one sale."""

    permission: ClassVar[str] = "sale.sell"
    sale: str

    @property
    def lent_for(self) -> str:
        """The ticket."""
        return self.sale


@record
class Part:
    """An article that goes with another one: its deposit, an extra that was chosen."""

    line: str
    article: Article
    open_price: Money | None = None


@record
class AddLine(SaleCommand):
    """Put an article on the ticket; the first line starts the sale."""

    line: str
    article: Article
    quantity: Quantity
    open_price: Money | None = None
    serials: tuple[str, ...] = ()
    lot: str = ""
    expiry: str = ""
    parts: tuple[Part, ...] = ()
    """What goes with each unit of it."""


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
class ChangePrice(SaleCommand):
    """Sell a line at another price than the catalogue's; without a price at that one again."""

    line: str
    price: Money | None
    reason: str = ""


@record
class DiscountLine(SaleCommand):
    """Take something off a line by hand; without a discount what was taken off is back."""

    line: str
    discount: Discount | None


@record
class DiscountSale(SaleCommand):
    """Take something off everything that is sold on the ticket; without a discount what was taken off is back."""

    discount: Discount | None


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
class TakeVoidBack(SaleCommand):
    """Count a ticket that was given up as no void: what was on it is rung up again."""


@record
class TakeTender(SaleCommand):
    """Take a payment."""

    tender: str
    method: TenderMethod
    given: Money
    reference: str = ""
    """What it is found by later, such as the last digits of the card."""
    account: str = ""
    """What it is paid from, or given back onto (``account.py``)."""


@record
class RemoveTender(SaleCommand):
    """Give a payment back before the sale is complete."""

    tender: str


@record
class CompleteSale(SaleCommand):
    """End a ticket that is fully paid."""

    paper: Paper = Paper.PRINT


@record
class PriceAnew(SaleCommand):
    """Price a ticket by what holds now: it stood a while."""


@record
class CheckAge(SaleCommand):
    """Say that the customer has an age, as somebody saw: from the birth date, or because it is clear."""

    permission: ClassVar[str] = "sale.sell"
    age: int


@record
class LoadAccount(SaleCommand):
    """Take money for an account: sell or top up a card, take a deposit, let a debt be paid.

    The first line starts the ticket.
    """

    permission: ClassVar[str] = "sale.sell"
    line: str
    account: str
    amount: Money
    is_new: bool = False
    """Whether a card is sold, which must not be in use; otherwise one is topped up, which must be."""
    name: str = ""
    """What the line is called; empty for what the account is called."""


@record
class ReturnDeposit(SaleCommand):
    """Give the deposit of empties back; more of the same are counted on the same line."""

    permission: ClassVar[str] = "sale.sell"
    line: str
    article: Article
    quantity: Quantity
    amount: Money | None = None
    """What a voucher of a machine says, in place of the price of each."""
