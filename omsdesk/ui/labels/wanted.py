"""The labels that are wanted: products in order, and how many labels of each. It knows no widget and no database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from omsdesk.domain.labels import LabelValue


@dataclass(frozen=True, slots=True)
class Wanted:
    """A product and how many of its labels are to be printed."""

    product: str
    title: str
    detail: str
    count: int = 1
    values: tuple[LabelValue, ...] = ()
    """What a scan said beside the product: lot and last day."""


class WantedLabels:
    """Ten thousand products are no more work than ten: each is found by its id."""

    def __init__(self) -> None:
        """Want nothing."""
        self._rows: dict[str, Wanted] = {}
        self._told: tuple[Wanted, ...] | None = ()
        self.chosen = ""
        """The product whose count is typed."""

    @property
    def rows(self) -> tuple[Wanted, ...]:
        """What is wanted, in the order in which it was; the same object until something changes."""
        if self._told is None:
            self._told = tuple(self._rows.values())
        return self._told

    @property
    def count(self) -> int:
        """How many labels are wanted."""
        return sum(row.count for row in self.rows)

    def find(self, product: str) -> Wanted | None:
        """Find what is wanted of a product."""
        return self._rows.get(product)

    def add(self, row: Wanted) -> None:
        """Want the labels of a row more; what a scan says now takes the place of what one said before."""
        known = self._rows.get(row.product)
        both = (
            row if known is None else replace(known, count=known.count + row.count, values=row.values or known.values)
        )
        self._put(both)
        self.chosen = row.product

    def add_new(self, rows: Iterable[Wanted]) -> int:
        """Want the labels of those rows whose product is not wanted yet; gives how many that were."""
        before = len(self._rows)
        first = ""
        for row in rows:
            first = first or row.product
            self._rows.setdefault(row.product, row)
        self._told = None
        self.chosen = first or self.chosen
        return len(self._rows) - before

    def set_count(self, count: int) -> None:
        """Want so many labels of the chosen product."""
        known = self._rows.get(self.chosen)
        if known is not None:
            self._put(replace(known, count=count))

    def set_all(self, count: int) -> None:
        """Want so many labels of every product."""
        self._rows = {id: replace(row, count=count) for id, row in self._rows.items()}
        self._told = None

    def set_counts(self, counts: Mapping[str, int]) -> int:
        """Want so many labels of these products, and of one with none no label at all; gives how many have none."""
        before = len(self._rows)
        known = ((row, counts.get(id, row.count)) for id, row in self._rows.items())
        self._rows = {row.product: replace(row, count=count) for row, count in known if count > 0}
        self._told = None
        if self.chosen not in self._rows:
            self.chosen = next(reversed(self._rows), "")
        return before - len(self._rows)

    def remove(self) -> None:
        """Want no label of the chosen product; the one that was wanted last is chosen then."""
        self._rows.pop(self.chosen, None)
        self._told = None
        self.chosen = next(reversed(self._rows), "")

    def clear(self) -> None:
        """Want nothing."""
        self._rows, self._told, self.chosen = {}, (), ""

    def _put(self, row: Wanted) -> None:
        self._rows[row.product] = row
        self._told = None
