"""Shopify's product export, with its column names of before and after 2025.

A product's first row carries its title and its first variant; rows with the same handle and no title carry the others,
or only a picture. The key is the handle and the values of the options, which is how Shopify itself tells variants
apart: the export has no other id. Whether the web shop shows a product says nothing about the counter: only drafts and
archived products are not sold.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from omsdesk.channels.product_files.amounts import POINT
from omsdesk.channels.product_files.layout import Cell, Columns, Draft, Sample
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import RawRow
from omsdesk.channels.product_files.words import clean, is_marked, is_yes

_NEEDED = (("handle", "url handle"), ("title",), ("option1 value", "option1 name", "variant price", "variant sku"))
_USUAL = (
    *("vendor", "type", "tags", "published", "published on online store", "status", "option1 name", "option1 value"),
    *("variant sku", "variant price", "variant inventory qty", "inventory quantity", "image src", "product image url"),
)
_NO_OPTION = "title"
"""The name of the option that Shopify gives to a product without options."""
_GIFT_CARD = "A gift card is sold as such and not as goods, so this product is not for sale."


@dataclass(frozen=True, slots=True)
class Shopify:
    """Products exported from Shopify's admin."""

    name: str = "shopify"
    title: str = "Shopify product export"
    key_rule: str = "A product is found again by its handle and the values of its options."

    def score(self, columns: Columns, sample: Sample) -> float:
        """See ``Layout.score``."""
        return columns.score(_NEEDED, _USUAL)

    def mark(self, columns: Columns, sample: Sample) -> str:
        """Always a point."""
        return POINT

    def drafts(self, columns: Columns, rows: Iterable[RawRow | RowProblem]) -> Iterator[Draft | RowProblem]:
        """One draft per variant, with what its product says."""
        cells = _Cells(columns)
        products: dict[str, Draft] = {}
        options: dict[str, tuple[str, ...]] = {}
        for row in rows:
            if isinstance(row, RowProblem):
                yield row
                continue
            line, values = row
            handle = clean(cells.handle(values)) or clean(cells.title(values))
            if cells.title(values).strip():
                products[handle] = cells.product(line, values)
                options[handle] = cells.option_names(values)
            elif not cells.is_variant(values):
                continue
            if handle not in products:
                yield RowProblem(line, f"No row above has the title of the product “{handle}”.", tuple(values))
                continue
            yield cells.variant(line, values, handle, products[handle], options[handle])


class _Cells:
    """How to read the columns of one file."""

    def __init__(self, columns: Columns) -> None:
        cell = columns.cell
        self.handle, self.title = cell("handle", "url handle"), cell("title")
        self._options = tuple((cell(f"option{n} name"), cell(f"option{n} value")) for n in (1, 2, 3))
        self._sku, self._barcode = cell("variant sku", "sku"), cell("variant barcode", "barcode")
        self._price, self._stock = cell("variant price", "price"), cell("variant inventory qty", "inventory quantity")
        self._image, self._variant_image = (
            cell("image src", "product image url"),
            cell("variant image", "variant image url"),
        )
        self._taxable, self._tax_code = cell("variant taxable", "charge tax"), cell("variant tax code", "tax code")
        self._vendor, self._body = cell("vendor"), cell("body (html)", "description")
        self._type, self._category = (
            cell("type", "custom product type"),
            cell("product category", "standard product type"),
        )
        self._status, self._gift_card = cell("status"), cell("gift card")

    def product(self, line: int, values: Sequence[str]) -> Draft:
        """What all variants share."""
        is_gift_card = is_marked(self._gift_card(values))
        return Draft(
            line,
            values,
            name=self.title(values),
            brand=self._vendor(values),
            category=self._type(values).strip() or self._category(values),
            is_sold=is_yes(self._status(values)) and not is_gift_card,
            description=self._body(values),
            image=self._image(values),
            warnings=(_GIFT_CARD,) if is_gift_card else (),
        )

    def option_names(self, values: Sequence[str]) -> tuple[str, ...]:
        """What the options are called: only the first row of a product says it."""
        return tuple(clean(name(values)).casefold() for name, _ in self._options)

    def is_variant(self, values: Sequence[str]) -> bool:
        """Tell a variant's row from one that only adds a picture."""
        cells: tuple[Cell, ...] = (self._options[0][1], self._price, self._sku, self._barcode)
        return any(cell(values).strip() for cell in cells)

    def variant(
        self, line: int, values: Sequence[str], handle: str, product: Draft, option_names: tuple[str, ...]
    ) -> Draft:
        """One thing that can be sold."""
        options = [
            clean(value(values))
            for (_, value), name in zip(self._options, option_names, strict=True)
            if clean(value(values)) and not _is_no_option(name, clean(value(values)), product.name)
        ]
        return replace(
            product,
            line=line,
            values=values,
            key="|".join((f"shopify:{handle}", *options)),
            variant=" / ".join(options),
            sku=self._sku(values),
            codes=self._barcode(values),
            price=self._price(values),
            tax=self._tax(values),
            image=self._variant_image(values).strip() or product.image,
            on_hand=self._stock(values),
        )

    def _tax(self, values: Sequence[str]) -> str:
        if not self._taxable(values).strip():
            return self._tax_code(values)
        return (self._tax_code(values).strip() or "taxable") if is_yes(self._taxable(values)) else "not taxable"


def _is_no_option(name: str, value: str, title: str) -> bool:
    return name == _NO_OPTION and (value == "Default Title" or value in clean(title))
