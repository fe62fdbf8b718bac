"""Products and what is known of them: names, barcodes with pack quantities, prices, taxes, pictures."""

from __future__ import annotations

from dataclasses import fields
from operator import attrgetter
from typing import Any, ClassVar

from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.pricing import PriceBreak, PriceList
from omsdesk.domain.records import record
from omsdesk.domain.tax import Tax
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


@record
class ProductEdit:
    """What somebody says of one product: only the fields that were said; None leaves a field as it is.

    ``base`` is the revision the edit was made from, 0 for a product that is new.
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

    @property
    def changes(self) -> dict[str, Any]:
        """What this edit says: the fields it speaks of and their values."""
        return {name: value for name, value in zip(_EDITABLE, _edited(self), strict=True) if value is not None}

    @property
    def said(self) -> tuple[str, ...]:
        """The names of the fields this edit speaks of."""
        return tuple(self.changes)


_EDITABLE = tuple(field.name for field in fields(ProductEdit)[2:])
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
    """Set the prices of products in one price list, with quantity breaks and validity."""

    permission: ClassVar[str] = "catalogue.edit"
    batch: str
    price_list: PriceList
    rows: tuple[PriceRow, ...]


@record
class PriceRow:
    """A product's price in the list an event names."""

    product: str
    price: Money
    from_quantity: Quantity = Quantity(0)
    valid_from: str = ""
    valid_to: str = ""


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
    """Prices were set in a list."""

    batch: str
    price_list: PriceList
    rows: tuple[PriceRow, ...]


@record
class Nameless(Refusal):
    """A product needs a name to be found and sold by."""


@record
class BarcodeTaken(Refusal):
    """The barcode belongs to another product already."""


def decide(command: SaveProducts | SetPrices, taken: dict[str, str]) -> Decision:
    """Decide on a change of the catalogue. ``taken`` gives the owner of each barcode the command names."""
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
            return (PricesSet(command.batch, command.price_list, command.rows),)
