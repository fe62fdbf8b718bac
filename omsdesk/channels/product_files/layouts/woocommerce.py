"""WooCommerce's own product export (the built-in CSV exporter, with or without its GTIN and brand columns).

A variable product is no thing to sell but the parent of its variations, which name it by SKU or as ``id:44`` and may
come much later. The key is WooCommerce's ID. The price is the regular one: a sale price is an offer for a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from omsdesk.channels.product_files.amounts import guess_mark
from omsdesk.channels.product_files.layout import Columns, Draft, Sample
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import RawRow
from omsdesk.channels.product_files.words import clean

_NEEDED = (("type",), ("sku",), ("name",), ("regular price",))
_USUAL = (
    *("id", "published", "is featured?", "visibility in catalog", "tax status", "tax class", "in stock?", "stock"),
    *("sale price", "categories", "images", "parent", "position", "attribute 1 name"),
)
_NOT_SOLD_HERE = {
    "grouped": "A grouped product only lists other products. It is not sold itself.",
    "external": "This product is sold in another shop.",
}
_DRAFT, _PENDING = "-1", "2"
_AS_PARENT = "parent"
_COMMA = re.compile(r"(?<!\\),\s*")


@dataclass(frozen=True, slots=True)
class _Parent:
    line: int
    values: Sequence[str]


@dataclass(frozen=True, slots=True)
class WooCommerce:
    """Products exported from a WooCommerce shop."""

    name: str = "woocommerce"
    title: str = "WooCommerce product export"
    key_rule: str = "A product is found again by its ID in WooCommerce, else by its SKU."

    def score(self, columns: Columns, sample: Sample) -> float:
        """See ``Layout.score``."""
        return columns.score(_NEEDED, _USUAL)

    def mark(self, columns: Columns, sample: Sample) -> str:
        """The mark of the shop's language, in which the export writes prices."""
        price = columns.cell("regular price")
        return guess_mark(price(values) for values in sample)

    def drafts(self, columns: Columns, rows: Iterable[RawRow | RowProblem]) -> Iterator[Draft | RowProblem]:
        """One draft per simple product and per variation."""
        cells = _Cells(columns)
        parents: dict[str, _Parent] = {}
        childless: dict[int, _Parent] = {}
        for row in rows:
            if isinstance(row, RowProblem):
                yield row
                continue
            line, values = row
            kinds = cells.kinds(values)
            if kinds & {"variable", "variable-subscription"}:
                childless[line] = parent = _Parent(line, values)
                parents |= dict.fromkeys(cells.names(values), parent)
            elif unsold := kinds & _NOT_SOLD_HERE.keys():
                yield RowProblem(line, _NOT_SOLD_HERE[unsold.pop()], tuple(values))
            elif kinds & {"variation", "subscription_variation"}:
                of = parents.get(cells.parent(values))
                if of is not None:
                    childless.pop(of.line, None)
                yield cells.variation(line, values, of.values if of else None)
            else:
                yield cells.simple(line, values)
        for parent in childless.values():
            reason = "This product has variations, but the file holds none of them."
            yield RowProblem(parent.line, reason, tuple(parent.values))


class _Cells:
    """How to read the columns of one file."""

    def __init__(self, columns: Columns) -> None:
        cell = columns.cell
        self._type, self._id, self._sku, self._name = cell("type"), cell("id"), cell("sku"), cell("name")
        self._gtin, self._price, self._stock = cell("gtin, upc, ean, or isbn"), cell("regular price"), cell("stock")
        self._status, self._class = cell("tax status"), cell("tax class")
        self._categories, self._brands, self._images = cell("categories"), cell("brands"), cell("images")
        self._published, self._parent = cell("published"), cell("parent")
        self._long, self._short = cell("description"), cell("short description")
        attributes = (
            rest.split() for rest, _ in columns.starting("attribute ") if rest.casefold().endswith("value(s)")
        )
        self._attributes = tuple(cell(f"attribute {number} value(s)") for number, *_ in attributes)

    def kinds(self, values: Sequence[str]) -> set[str]:
        """The kinds of product that a row is: ``simple, downloadable, virtual``."""
        return {kind.strip() for kind in self._type(values).casefold().split(",")}

    def names(self, values: Sequence[str]) -> tuple[str, ...]:
        """By what variations name this product."""
        sku, id = clean(self._sku(values)), clean(self._id(values))
        return tuple(name for name, of in ((sku, sku), (f"id:{id}", id)) if of)

    def parent(self, values: Sequence[str]) -> str:
        """By what this variation names its product."""
        return clean(self._parent(values))

    def simple(self, line: int, values: Sequence[str]) -> Draft:
        """A product without variations."""
        id = clean(self._id(values))
        return Draft(
            line,
            values,
            name=self._name(values),
            key=f"woocommerce:{id}" if id else "",
            brand=_first(self._brands(values)),
            sku=self._sku(values),
            codes=self._gtin(values),
            category=_first(self._categories(values)),
            price=self._price(values),
            tax=self._tax(values, values),
            is_sold=clean(self._published(values)) not in {_DRAFT, _PENDING},
            description=(self._long(values).strip() or self._short(values)).replace("\\n", "\n"),
            image=_first(self._images(values)),
            on_hand="" if self._stock(values) == _AS_PARENT else self._stock(values),
        )

    def variation(self, line: int, values: Sequence[str], parent: Sequence[str] | None) -> Draft:
        """One variation; what it leaves out is as its product has it."""
        own = self.simple(line, values)
        if parent is None:
            return own
        of = self.simple(line, parent)
        attributes = (_first(attribute(values)) for attribute in self._attributes)
        return Draft(
            line,
            values,
            name=of.name,
            key=own.key,
            variant=" / ".join(attribute for attribute in attributes if attribute),
            brand=own.brand or of.brand,
            sku=own.sku,
            codes=own.codes,
            category=own.category or of.category,
            price=own.price,
            tax=self._tax(values, parent),
            is_sold=own.is_sold and of.is_sold,
            description=own.description or of.description,
            image=own.image or of.image,
            on_hand=own.on_hand,
        )

    def _tax(self, values: Sequence[str], parent: Sequence[str]) -> str:
        if clean(self._status(values)).casefold() == "none":
            return "none"
        own = clean(self._class(values))
        return (clean(self._class(parent)) if own == _AS_PARENT else own).replace(_AS_PARENT, "") or "standard"


def _first(text: str) -> str:
    """The first of several values; a comma inside one is written with a backslash."""
    return _COMMA.split(text, maxsplit=1)[0].replace("\\,", ",").strip()
