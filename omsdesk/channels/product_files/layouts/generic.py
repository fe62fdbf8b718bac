"""Anybody's table: which column is what is guessed from names and contents, and a person may change it.

The key is the file's id column, else the SKU, else the barcode, else name and variant.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter

from omsdesk.channels.product_files import trait_columns
from omsdesk.channels.product_files.amounts import POINT, guess_mark, is_amount
from omsdesk.channels.product_files.layout import Cell, Columns, Draft, Sample, nothing
from omsdesk.channels.product_files.layouts.synonyms import FORBIDDEN, SYNONYMS, folded
from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import RawRow
from omsdesk.channels.product_files.words import clean, is_yes
from omsdesk.domain.values import is_gtin

_LEAST = 0.3
_EXACT = 0.7
_EXACT_ONLY = frozenset({"id", "is_sold", *trait_columns.NAMES})
"""Here a near miss does harm: the id of the category would make all products of it one."""
_AMOUNTS = frozenset({"price", "on_hand", "pack_quantity"})
_WORDS = frozenset({"name", "unit", "brand"})


FIELDS = tuple(SYNONYMS)
"""What a column can hold: the texts of a ``Draft``, and ``id``, which becomes its key."""


@dataclass(frozen=True, slots=True)
class Mapping:
    """Which field stands in which column, counted from 0; ``mark`` is the decimal mark of its amounts."""

    columns: dict[str, int]
    mark: str = POINT

    def with_column(self, field: str, at: int | None) -> Mapping:
        """The same, with a field (one of ``FIELDS``) in another column, or in none."""
        others = {name: column for name, column in self.columns.items() if name != field}
        return replace(self, columns=others if at is None else {**others, field: at})

    def cell(self, field: str) -> Cell:
        """How to read a field out of a row."""
        at = self.columns.get(field)
        return nothing if at is None else itemgetter(at)


@dataclass(frozen=True, slots=True)
class Generic:
    """A table of products read by a mapping."""

    mapping: Mapping
    name: str = "generic"
    title: str = "Table of products"
    key_rule: str = "A product is found again by its id in the file, else its SKU, else its barcode, else its name."

    def score(self, columns: Columns, sample: Sample) -> float:
        """Without a name column there is nothing to read; even the best guess is less sure than a known system."""
        found = self.mapping.columns
        return _LEAST + 0.05 * min(len(found) - 1, 5) if "name" in found else 0.0

    def mark(self, columns: Columns, sample: Sample) -> str:
        """The mark that was guessed or chosen with the mapping."""
        return self.mapping.mark

    def drafts(self, columns: Columns, rows: Iterable[RawRow | RowProblem]) -> Iterator[Draft | RowProblem]:
        """One product per row."""
        columns.used.update(self.mapping.columns.values())
        cells = {field: self.mapping.cell(field) for field in FIELDS}
        id_of, name, variant, brand, sku = (cells[field] for field in ("id", "name", "variant", "brand", "sku"))
        codes, pack_codes, pack_quantity = (cells[field] for field in ("codes", "pack_codes", "pack_quantity"))
        category, unit, price, tax = (cells[field] for field in ("category", "unit", "price", "tax"))
        is_sold, description, image = (cells[field] for field in ("is_sold", "description", "image"))
        on_hand, favourite = cells["on_hand"], cells["favourite"]
        traits = [(field, cells[field]) for field in trait_columns.NAMES if field in self.mapping.columns]
        for row in rows:
            if isinstance(row, RowProblem):
                yield row
                continue
            line, values = row
            id = clean(id_of(values))
            yield Draft(
                line,
                values,
                name=name(values),
                key=f"id:{id}" if id else "",
                variant=variant(values),
                brand=brand(values),
                sku=sku(values),
                codes=codes(values),
                pack_codes=pack_codes(values),
                pack_quantity=pack_quantity(values),
                category=category(values),
                unit=unit(values),
                price=price(values),
                tax=tax(values),
                is_sold=is_yes(is_sold(values)),
                description=description(values),
                image=image(values),
                on_hand=on_hand(values),
                favourite=favourite(values),
                traits=tuple((field, cell(values)) for field, cell in traits) if traits else (),
            )


def guess_mapping(headers: Sequence[str], sample: Sample) -> Mapping:
    """Guess which column is what: every field takes the column that fits it best, the surest choice first."""
    columns = [tuple(row[at] for row in sample if at < len(row) and row[at].strip()) for at in range(len(headers))]
    choices = sorted(
        (-_fit(field, folded(header), columns[at]), at, field) for field in FIELDS for at, header in enumerate(headers)
    )
    chosen: dict[str, int] = {}
    for misfit, at, field in choices:
        if -misfit > _LEAST and field not in chosen and at not in chosen.values():
            chosen[field] = at
    if "name" not in chosen and "description" in chosen:
        chosen["name"] = chosen.pop("description")
    return Mapping(chosen, guess_mark(columns[chosen["price"]]) if "price" in chosen else POINT)


def _fit(field: str, header: str, values: Sequence[str]) -> float:
    fit = _name_fit(field, header)
    if not fit and field != "codes":
        return 0.0
    if field == "codes" and values and _share(values, lambda value: is_gtin(value.strip().lstrip("'"))) > 0.5:
        return max(fit, 0.5) + 0.4
    if values and field in trait_columns.NAMES:
        return fit if _share(values, lambda value: trait_columns.is_answer(field, value)) > 0.5 else 0.0
    if values and field in _AMOUNTS | _WORDS:
        # A price column full of words is none, nor is a name column full of numbers; an exact name is believed longer.
        doubt = 0.0 if fit >= _EXACT else 0.5
        amounts = _share(values, is_amount)
        return fit if (amounts > doubt if field in _AMOUNTS else amounts <= 1 - doubt) else 0.0
    return fit


def _name_fit(field: str, header: str) -> float:
    names = SYNONYMS[field]
    if header in names:
        return 1.0 - (1.0 - _EXACT) * names.index(header) / len(names)
    words = header.split()
    if field in _EXACT_ONLY or FORBIDDEN.intersection(words):
        return 0.0
    padded = f" {header} "
    fits = (
        0.6 - 0.2 * rank / len(names) - 0.02 * len(words) - 0.01 * padded.index(f" {name} ")
        for rank, name in enumerate(names)
        if f" {name} " in padded
    )
    return max(fits, default=0.0)


def _share(values: Sequence[str], test: Callable[[str], bool]) -> float:
    return sum(map(test, values)) / len(values)
