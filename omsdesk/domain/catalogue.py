"""Products and what is known of them: names, barcodes with pack quantities, prices, taxes, pictures."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any, ClassVar

from omsdesk.domain.body import to_body
from omsdesk.domain.field_write import UNSEEN, Seen
from omsdesk.domain.messages import Command, Decision, Event, Json, Refusal, event
from omsdesk.domain.pricing import RETAIL, PriceBreak, PriceList
from omsdesk.domain.records import record
from omsdesk.domain.tax import Tax
from omsdesk.domain.traits import PLAIN, Component, StockPolicy, Traits
from omsdesk.domain.values import ONE, Money, Quantity, barcode_text


@record
class PackCode:
    """A barcode as stored (see ``barcode_key``) and how many units one scan of it stands for."""

    code: str
    quantity: Quantity = ONE


@record
class Article:
    """A product as the till sells it now: the copy of name, price and tax that a sale keeps."""

    product: str
    name: str
    sku: str = ""
    unit: str = "piece"
    category: str = ""
    prices: tuple[PriceBreak, ...] = ()
    taxes: tuple[Tax, ...] = ()
    is_tracked: bool = True
    traits: Traits = PLAIN
    brand: str = ""
    family: str = ""


@record
class ProductEdit:
    """What somebody says of one product: only the fields that were said; None leaves a field as it is.

    ``base`` is the revision of the product that was before its author, by the count of their own station; 0 for a
    product that is new, and in a command also for one as it is known by then.
    """

    product: str
    base: int = 0
    name: str | None = None
    variant: str | None = None
    family: str | None = None
    brand: str | None = None
    sku: str | None = None
    category: str | None = None
    unit: str | None = None
    tax_category: str | None = None
    description: str | None = None
    image: str | None = None
    source_key: str | None = None
    price: Money | None = None
    """The ordinary price, in the retail list."""
    barcodes: tuple[PackCode, ...] | None = None
    favourite: int | None = None
    """The place among the favourites of the till, counted from 1; 0 is none."""
    is_sold: bool | None = None
    is_tracked: bool | None = None
    age: int | None = None
    """This and what follows is said in ``Traits``. A minimum price of nothing is none."""
    asks_price: bool | None = None
    minimum_price: Money | None = None
    is_divisible: bool | None = None
    asks_serial: bool | None = None
    asks_lot: bool | None = None
    deposit: str | None = None
    is_deposit: bool | None = None
    components: tuple[Component, ...] | None = None
    modifiers: tuple[str, ...] | None = None
    stock_policy: StockPolicy | None = None
    is_gift_card: bool | None = None
    saw: tuple[str, ...] = ()
    """The writes of these fields that it takes the place of."""
    generation: int = 0
    """One more than that of what it saw; 0 for what is new, and in entries from before edits said what they saw."""

    @property
    def changes(self) -> dict[str, Any]:
        """What this edit says: the fields it speaks of and their values."""
        return {name: value for name, value in zip(_EDITABLE, _edited(self), strict=True) if value is not None}

    @property
    def said(self) -> tuple[str, ...]:
        """The names of the fields this edit speaks of."""
        return tuple(self.changes)

    @property
    def writes(self) -> dict[str, Json]:
        """What it writes: the fields as they are merged, and their values as they are kept."""
        body = to_body(self)
        written = {name: body[name] for name in self.said}
        if self.price is not None:
            del written["price"]
            written[ORDINARY_PRICE] = price_value(self.price, "")
        return written


def price_field(list_id: str, from_quantity: Quantity, valid_from: str) -> str:
    """Name the field of a product that a price is, by the place at which there can be one price only."""
    return f"{PRICE}{from_quantity.micro}:{valid_from}:{list_id}"


def price_place(field: str) -> tuple[str, Quantity, str]:
    """Read such a name again: price list, from which quantity on, first day."""
    _, micro, valid_from, list_id = field.split(":", 3)
    return list_id, Quantity(int(micro)), valid_from


def price_value(price: Money, valid_to: str) -> Json:
    """Write the value of such a field: the amount, and the last day."""
    return [price.minor, price.currency, valid_to]


TRAITS = tuple(field.name for field in fields(Traits))
"""The fields of a product that the till is told as its article's traits."""

PRICE = "price:"
"""What the name of every price begins with."""
ORDINARY_PRICE = price_field(RETAIL, Quantity(0), "")

_NOT_SAID = {"product", "base", "saw", "generation"}
_EDITABLE = tuple(field.name for field in fields(ProductEdit) if field.name not in _NOT_SAID)
_edited = attrgetter(*_EDITABLE)


@record
class SaveProducts(Command):
    """Create or change products; one by hand, or a thousand of an import."""

    permission: ClassVar[str] = "catalogue.edit"
    batch: str
    edits: tuple[ProductEdit, ...]
    source: str = ""


@record
class SetPrices(Command):
    """Set the prices of products in one price list, with quantity breaks and validity.

    Without rows it speaks of the price list itself.
    """

    permission: ClassVar[str] = "catalogue.edit"
    batch: str
    price_list: PriceList
    rows: tuple[PriceRow, ...]


@record
class PriceRow:
    """A product's price in the list an event names; ``base``, ``saw`` and ``generation`` as in ``ProductEdit``."""

    product: str
    price: Money
    from_quantity: Quantity = Quantity(0)
    valid_from: str = ""
    valid_to: str = ""
    base: int = 0
    saw: tuple[str, ...] = ()
    generation: int = 0

    def field(self, price_list: str) -> str:
        """Name the field of the product that this is in a price list."""
        return price_field(price_list, self.from_quantity, self.valid_from)


@event("catalogue.products_saved")
@record
class ProductsSaved(Event):
    """Products were created or changed; one entry carries many rows."""

    batch: str
    edits: tuple[ProductEdit, ...]
    source: str = ""


@event("catalogue.prices_set")
@record
class PricesSet(Event):
    """Prices were set in a list. It speaks of the list itself, too, if it has a generation."""

    batch: str
    price_list: PriceList
    rows: tuple[PriceRow, ...]
    saw: tuple[str, ...] = ()
    generation: int = 0


@record
class Nameless(Refusal):
    """A product needs a name to be found and sold by."""


@record
class BarcodeTaken(Refusal):
    """The barcode belongs to another product already."""


def decide(command: SaveProducts | SetPrices, taken: dict[str, str], seen: Seen = UNSEEN) -> Decision:
    """Decide on a change of the catalogue.

    ``taken`` gives the owner of each barcode the command names, ``seen`` what was known of the price list.
    """
    match command:
        case SaveProducts():
            owners = dict(taken)
            for edit in command.edits:
                if edit.name is not None and not edit.name.strip():
                    return Nameless("A product needs a name. Type one and save again.")
                for pack in edit.barcodes or ():
                    if owners.setdefault(pack.code, edit.product) != edit.product:
                        return BarcodeTaken(
                            f"The barcode {barcode_text(pack.code)} belongs to another product already."
                        )
            return (ProductsSaved(command.batch, command.edits, command.source),)
        case SetPrices():
            return (PricesSet(command.batch, command.price_list, command.rows, seen.refs, seen.generation),)
