"""What reading a product file gives: rows that can become products, and problems that a person has to look at."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from omsdesk.domain.values import Money, Quantity


@dataclass(frozen=True, slots=True)
class PackCode:
    """A barcode and how many units one scan of it means: 1 for the piece, 12 for the case."""

    code: str
    quantity: Quantity


@dataclass(frozen=True, slots=True)
class ProductRow:
    """One thing that can be sold, as its row in the file describes it.

    ``key`` is the same at every import of the same product, so that a second import changes and does not double: the
    other system's own id (``shopify:…``), else ``sku:…``, else ``barcode:…``, else ``name:…``. ``line`` is where the
    row starts in the file, counted from 1 as an editor counts. ``tax`` is the file's own word for the tax category,
    ``unit`` one of ``words.UNITS``. ``warnings`` are sentences about values that were repaired, kept although odd, or
    left out. ``favourite`` is the rank among the shop's best sellers, 0 if the file gives none.
    """

    line: int
    key: str
    name: str
    variant: str
    brand: str
    sku: str
    barcodes: tuple[PackCode, ...]
    category: str
    unit: str
    price: Money | None
    tax: str
    is_sold: bool
    description: str
    image: str
    on_hand: Quantity | None
    warnings: tuple[str, ...] = ()
    favourite: int = 0
    traits: tuple[tuple[str, Any], ...] = ()
    """What is out of the ordinary about it, by the names of the fields; a deposit by its SKU or barcode."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """A row that could not be read, with the sentence that says why and its values as they stand in the file."""

    line: int
    reason: str
    values: tuple[str, ...]
