"""Odoo's export of products, with labels as headers or with the technical names that an import-compatible export has.

The key is the external ID, else the internal reference (our SKU), else the barcode. Rows without any of these continue
a list of the product above (vendors, packagings) and are no products.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from omsdesk.channels.product_files.amounts import POINT
from omsdesk.channels.product_files.layout import Columns, Draft, Sample
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import RawRow
from omsdesk.channels.product_files.words import category_path, clean, is_yes

_ID = ("external id", "id")
_NAME = ("name", "product template/name", "product_tmpl_id/name")
_LABEL = ("display name", "display_name")
_REFERENCE = ("internal reference", "default_code")
_PRICE = ("sales price", "list_price", "lst_price", "sale price", "public price")
_CATEGORY = ("product category", "categ_id", "categ_id/complete_name", "categ_id/name", "product category/display name")
_POS_CATEGORY = (
    "point of sale category",
    "point of sale categories",
    "pos_categ_ids",
    "pos_categ_ids/name",
    "pos_categ_id",
)
_UNIT = ("unit of measure", "unit", "uom_id", "uom_id/name", "default unit of measure")
_TAX = ("customer taxes", "sales taxes", "taxes_id", "taxes_id/name")
_STOCK = ("quantity on hand", "qty_available", "on hand")
_SOLD = ("can be sold", "sales", "sale_ok")
_VARIANT = (
    *("variant values", "product_template_variant_value_ids", "product_template_attribute_value_ids"),
    *("attribute values", "product values"),
)
_DESCRIPTION = ("sales description", "description_sale", "description for customers", "description")

_NEEDED = ((*_NAME, *_LABEL), _REFERENCE, (*_PRICE, "external id", "barcode"))
_USUAL = (
    *("external id", "name", "barcode", "sales price", "product category", "unit of measure", "quantity on hand"),
    *("id", "list_price", "categ_id", "uom_id", "product type", "type", "cost", "standard_price"),
)
_CODE_IN_LABEL = re.compile(r"\[[^\]]+\]\s*")


@dataclass(frozen=True, slots=True)
class Odoo:
    """Products or product variants exported from Odoo."""

    name: str = "odoo"
    title: str = "Odoo product export"
    key_rule: str = "A product is found again by its external ID, else its internal reference, else its barcode."

    def score(self, columns: Columns, sample: Sample) -> float:
        """See ``Layout.score``."""
        return columns.score(_NEEDED, _USUAL)

    def mark(self, columns: Columns, sample: Sample) -> str:
        """Always a point."""
        return POINT

    def drafts(self, columns: Columns, rows: Iterable[RawRow | RowProblem]) -> Iterator[Draft | RowProblem]:
        """One draft per row that is a product of its own."""
        cells = _Cells(columns)
        for row in rows:
            if isinstance(row, RowProblem):
                yield row
            elif cells.is_product(row[1]):
                yield cells.draft(*row)


class _Cells:
    """How to read the columns of one file."""

    def __init__(self, columns: Columns) -> None:
        cell = columns.cell
        self._id, self._name, self._label, self._reference = cell(*_ID), cell(*_NAME), cell(*_LABEL), cell(*_REFERENCE)
        self._barcode, self._price, self._stock = cell("barcode"), cell(*_PRICE), cell(*_STOCK)
        self._category, self._pos_category = cell(*_CATEGORY), cell(*_POS_CATEGORY)
        self._unit, self._tax, self._variant = cell(*_UNIT), cell(*_TAX), cell(*_VARIANT)
        self._sold, self._active, self._description = cell(*_SOLD), cell("active"), cell(*_DESCRIPTION)

    def is_product(self, values: Sequence[str]) -> bool:
        """Tell a product from a row that continues the list of the one above."""
        cells = (self._id, self._name, self._label, self._reference, self._barcode)
        return any(cell(values).strip() for cell in cells)

    def draft(self, line: int, values: Sequence[str]) -> Draft:
        """One product or variant."""
        id = clean(self._id(values))
        return Draft(
            line,
            values,
            name=self._name(values).strip() or _CODE_IN_LABEL.sub("", self._label(values), count=1),
            key=f"odoo:{id}" if id else "",
            variant=_values(self._variant(values)),
            sku=self._reference(values),
            codes=self._barcode(values),
            category=_below_all(self._category(values)) or _below_all(self._pos_category(values)),
            unit=self._unit(values),
            price=self._price(values),
            tax=self._tax(values),
            is_sold=is_yes(self._sold(values)) and is_yes(self._active(values)),
            description=self._description(values),
            on_hand=self._stock(values),
        )


def _below_all(text: str) -> str:
    """A category without the root that all of Odoo's categories share."""
    path = category_path(text.partition(",")[0])
    return "" if path == "All" else path.removeprefix("All > ")


def _values(text: str) -> str:
    """``Color: White, Size: M`` as ``White / M``."""
    values = (part.rpartition(":")[2].strip() for part in text.split(","))
    return " / ".join(value for value in values if value)
