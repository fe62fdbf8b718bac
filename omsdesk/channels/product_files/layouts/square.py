"""Square's item library export, as CSV or workbook, with one or several locations.

Every row is a variation; the key is its token, else (a library that was never in Square) the SKU or barcode. The stock
is the sum over all locations. Columns of taxes are named after them (``Tax - VAT (20%)``) and say Y or N.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from omsdesk.channels.product_files.amounts import POINT, read_quantity
from omsdesk.channels.product_files.layout import Columns, Draft, Sample
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import RawRow
from omsdesk.channels.product_files.words import clean, is_marked, is_yes, unit_of
from omsdesk.domain.values import NONE

_NEEDED = (("token", "reference handle"), ("item name",), ("variation name",))
_USUAL = (
    *("sku", "gtin", "price", "description", "category", "categories", "reporting category", "sellable", "stockable"),
    *("archived", "item type", "option name 1", "option value 1", "square online item visibility"),
)
_NO_VARIATION = frozenset({"", "regular", "default title", "default"})
_PRICE_AT_THE_TILL = frozenset({"variable", "variable price"})
_WORD = re.compile(r"[^\W\d_]+\.?")


@dataclass(frozen=True, slots=True)
class Square:
    """Items exported from Square's dashboard."""

    name: str = "square"
    title: str = "Square item library"
    key_rule: str = "A product is found again by its token in Square, else by its SKU or barcode."

    def score(self, columns: Columns, sample: Sample) -> float:
        """See ``Layout.score``."""
        return columns.score(_NEEDED, _USUAL)

    def mark(self, columns: Columns, sample: Sample) -> str:
        """Always a point."""
        return POINT

    def drafts(self, columns: Columns, rows: Iterable[RawRow | RowProblem]) -> Iterator[Draft | RowProblem]:
        """One draft per variation."""
        cells = _Cells(columns)
        for row in rows:
            yield row if isinstance(row, RowProblem) else cells.draft(*row)


class _Cells:
    """How to read the columns of one file."""

    def __init__(self, columns: Columns) -> None:
        cell = columns.cell
        self._token, self._item, self._variation = cell("token"), cell("item name"), cell("variation name")
        self._sku, self._gtin, self._price = cell("sku"), cell("gtin"), cell("price")
        self._reporting, self._categories = cell("reporting category"), cell("categories", "category")
        self._description, self._unit = cell("description"), cell("unit and precision")
        self._sellable, self._archived = cell("sellable"), cell("archived")
        self._enabled = tuple(at for _, at in columns.starting("enabled "))
        self._stock = tuple(at for _, at in columns.starting("current quantity"))
        self._taxes = columns.starting("tax - ")

    def draft(self, line: int, values: Sequence[str]) -> Draft:
        """One variation of an item."""
        token, variation, price = clean(self._token(values)), clean(self._variation(values)), self._price(values)
        return Draft(
            line,
            values,
            name=self._item(values),
            key=f"square:{token}" if token else "",
            variant="" if variation.casefold() in _NO_VARIATION else variation,
            sku=self._sku(values),
            codes=self._gtin(values),
            category=self._reporting(values).strip() or self._categories(values).partition(", ")[0],
            unit=next((word for word in _WORD.findall(self._unit(values)) if unit_of(word)), ""),
            price="" if clean(price).casefold() in _PRICE_AT_THE_TILL else price,
            tax=", ".join(name for name, at in self._taxes if is_marked(values[at])),
            is_sold=self._is_sold(values),
            description=self._description(values),
            on_hand=_sum([values[at] for at in self._stock if values[at].strip()]),
        )

    def _is_sold(self, values: Sequence[str]) -> bool:
        is_anywhere = not self._enabled or any(is_yes(values[at]) for at in self._enabled)
        return is_anywhere and is_yes(self._sellable(values)) and not is_marked(self._archived(values))


def _sum(texts: list[str]) -> str:
    """Add the stocks of all locations up; a text that is no number is handed on, to be warned about."""
    total = NONE
    for text in texts:
        try:
            total += read_quantity(text) or NONE
        except ValueError:
            return text
    return str(total) if texts else ""
