"""A product file read in batches, with the rows as they stand in it within reach."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from omsdesk.channels.product_files.layout import Layout
from omsdesk.channels.product_files.products import read_products
from omsdesk.channels.product_files.reader import Sheet
from omsdesk.channels.product_files.rows import ProductRow, RowProblem
from omsdesk.channels.product_files.source import Progress, RawRow, Source
from omsdesk.domain.shop import Shop

BATCH = 1000
"""Rows in one entry of the journal: a sale that comes meanwhile waits for one batch at most."""


@dataclass(frozen=True, slots=True)
class ProductFile:
    """What is imported, and how its words are understood.

    ``tax_categories`` are a person's choices for words of the file that say nothing by themselves.
    """

    sheet: Sheet
    layout: Layout
    shop: Shop
    tax_categories: Mapping[str, str] = field(default_factory=dict)


@dataclass(slots=True)
class Batch:
    """Some rows of a file, and what could not be read among them."""

    rows: list[ProductRow] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)

    def __len__(self) -> int:
        """How many rows of the file these are."""
        return len(self.rows) + len(self.problems)


class Reading:
    """The one pass over a file. ``read`` of ``total`` bytes are behind it."""

    def __init__(self, file: ProductFile) -> None:
        """Begin at the top of the file; nothing is read before a batch is asked for."""
        self.read, self.total = 0, 1
        self._file = file
        self._raw: dict[int, Sequence[str]] = {}

    def batches(self) -> Iterator[Batch]:
        """Give all rows, a batch at a time.

        Raises:
            UnreadableFile: the file breaks off, is damaged or has gone.

        """
        sheet = replace(self._file.sheet, source=_Remembering(self._file.sheet.source, self._raw))
        batch = Batch()
        for row in read_products(sheet, self._file.layout, self._file.shop.currency, self._progress):
            if isinstance(row, RowProblem):
                batch.problems.append(row)
            else:
                batch.rows.append(row)
            if len(batch) == BATCH:
                yield batch
                batch = Batch()
                self._forget()
        if len(batch):
            yield batch

    def as_it_stands(self, row: ProductRow, reason: str) -> RowProblem:
        """Give a row of the last batch as a problem, with its values as they stand in the file."""
        return RowProblem(row.line, reason, tuple(self._raw.get(row.line, ())))

    def _progress(self, read: int, total: int) -> None:
        self.read, self.total = read, total

    def _forget(self) -> None:
        # A layout may look a little ahead, so the newest stay.
        newest = list(self._raw.items())[-BATCH:]
        self._raw.clear()
        self._raw.update(newest)


@dataclass(frozen=True, slots=True)
class _Remembering:
    """A source whose rows can be looked at again for a while."""

    source: Source
    raw: dict[int, Sequence[str]]

    def rows(self, width: int, progress: Progress) -> Iterator[RawRow | RowProblem]:
        """See ``Source.rows``."""
        for row in self.source.rows(width, progress):
            if not isinstance(row, RowProblem):
                self.raw[row[0]] = row[1]
            yield row
