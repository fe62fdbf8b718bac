"""Open Food Facts: the world's groceries by barcode, as the tab-separated export or with its columns renamed.

There are no prices and nobody's stock: this fills a catalogue with names. The key is the barcode. What the file calls
quantity is what a pack holds (``400 g``) and tells products of one name apart, so it is the variant.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from omsdesk.channels.product_files.amounts import POINT
from omsdesk.channels.product_files.layout import CERTAIN, Columns, Draft, Sample
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import RawRow

_NEEDED = (("code",), ("product_name",))
_USUAL = ("url", "creator", "created_t", "generic_name", "quantity", "brands", "categories", "countries", "image_url")
_EXCERPT = {"barcode", "name"}
_LANGUAGE = re.compile(r"[a-z]{2}:")


@dataclass(frozen=True, slots=True)
class OpenFoodFacts:
    """Products exported from Open Food Facts."""

    name: str = "open_food_facts"
    title: str = "Open Food Facts export"
    key_rule: str = "A product is found again by its barcode."

    def score(self, columns: Columns, sample: Sample) -> float:
        """See ``Layout.score``; an excerpt may hold barcodes and names and nothing else."""
        return CERTAIN if set(columns.names) == _EXCERPT else columns.score(_NEEDED, _USUAL)

    def mark(self, columns: Columns, sample: Sample) -> str:
        """There are no amounts."""
        return POINT

    def drafts(self, columns: Columns, rows: Iterable[RawRow | RowProblem]) -> Iterator[Draft | RowProblem]:
        """One draft per product."""
        cell = columns.cell
        code, brands, quantity = cell("code", "barcode"), cell("brands"), cell("quantity")
        categories, image = cell("categories", "categories_en", "categories_tags"), cell("image_url", "image_small_url")
        translations = tuple(f"product_name_{language}" for language, _ in columns.starting("product_name_"))
        names = tuple(cell(name) for name in ("product_name", "name", *translations, "generic_name"))
        for row in rows:
            if isinstance(row, RowProblem):
                yield row
                continue
            line, values = row
            yield Draft(
                line,
                values,
                name=_first(name(values) for name in names),
                variant=quantity(values),
                brand=brands(values).partition(",")[0],
                codes=code(values),
                category=_category(categories(values)),
                image=image(values),
            )


def _first(texts: Iterable[str]) -> str:
    return next((text for text in texts if text.strip()), "")


def _category(text: str) -> str:
    """The first and widest of a product's categories: ``en:plant-based-foods,en:teas`` as ``Plant based foods``."""
    name = text.partition(",")[0].strip()
    if _LANGUAGE.match(name):
        name = name[3:].replace("-", " ")
    return name[:1].upper() + name[1:]
