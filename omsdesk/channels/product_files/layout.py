"""What a layout is: it knows one system's columns and turns its rows into drafts, texts under our names."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import itemgetter
from typing import Protocol, TypeAlias

from omsdesk.channels.product_files.rows import RowProblem
from omsdesk.channels.product_files.source import RawRow

Cell: TypeAlias = Callable[[Sequence[str]], str]
"""Gives the value of one column out of a row."""

Sample: TypeAlias = Sequence[Sequence[str]]

CERTAIN = 0.6
"""A layout whose distinctive columns are all there scores this and up to 1 with its other columns."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A product as a layout found it: texts as they stand in the file, to be read and checked the same for all.

    ``key`` is the other system's own id, nothing if the file has none. ``codes`` is a cell that may hold several.
    """

    line: int
    values: Sequence[str]
    name: str
    key: str = ""
    variant: str = ""
    brand: str = ""
    sku: str = ""
    codes: str = ""
    pack_codes: str = ""
    pack_quantity: str = ""
    category: str = ""
    unit: str = ""
    price: str = ""
    tax: str = ""
    is_sold: bool = True
    description: str = ""
    image: str = ""
    on_hand: str = ""
    favourite: str = ""
    traits: tuple[tuple[str, str], ...] = ()
    """What is out of the ordinary, by the names of the fields (``trait_columns.py``)."""
    warnings: tuple[str, ...] = ()


class Columns:
    """The columns of a file, found by name whatever their case and spacing; the first of two equal names counts."""

    def __init__(self, headers: Sequence[str]) -> None:
        self.headers = tuple(" ".join(header.split()) for header in headers)
        self.names = tuple(header.casefold() for header in self.headers)
        self._at = {name: index for index, name in reversed(tuple(enumerate(self.names)))}
        self.used: set[int] = set()
        """The columns that somebody asked for."""

    def find(self, *names: str) -> int | None:
        """Where the first of these columns stands that is there at all."""
        at = next((self._at[name] for name in names if name in self._at), None)
        if at is not None:
            self.used.add(at)
        return at

    def cell(self, *names: str) -> Cell:
        """How to read the first of these columns that is there; nothing if none is."""
        at = self.find(*names)
        return nothing if at is None else itemgetter(at)

    def starting(self, prefix: str) -> tuple[tuple[str, int], ...]:
        """The columns whose name starts so: the rest of the name as it is written, and where they stand."""
        found = [(index, header) for index, header in enumerate(self.headers) if self.names[index].startswith(prefix)]
        self.used.update(index for index, _ in found)
        return tuple((header[len(prefix) :].strip(), index) for index, header in found)

    def score(self, needed: Sequence[tuple[str, ...]], usual: Sequence[str]) -> float:
        """How well these columns fit a layout: 0 if one that it needs is missing under all of its names."""
        if any(self.find(*names) is None for names in needed):
            return 0.0
        return CERTAIN + (1 - CERTAIN) * sum(name in self._at for name in usual) / len(usual)


_OURS = frozenset({"line", "reason"})
"""What a file of bad rows has besides (``errors.py``): it is imported again, and nobody misses them."""
_NAMED = 6


def unused(headers: Sequence[str], used: Collection[int]) -> tuple[str, ...]:
    """Name the columns of a file that nothing reads."""
    left = (header.strip() for at, header in enumerate(headers) if at not in used)
    return tuple(header for header in left if header and header not in _OURS)


def unused_words(columns: Sequence[str]) -> str:
    """Say which columns are not used; empty where all are."""
    if not columns:
        return ""
    more = f" and {len(columns) - _NAMED} more" if len(columns) > _NAMED else ""
    return f"Not used: {', '.join(f'“{name}”' for name in columns[:_NAMED])}{more}. What stands there stays out."


def nothing(_values: Sequence[str]) -> str:
    """Read a column that the file does not have."""
    return ""


class Layout(Protocol):
    """One system's way to write products into a table."""

    @property
    def name(self) -> str:
        """The layout's name in keys and settings: ``shopify``."""
        ...

    @property
    def title(self) -> str:
        """What a person calls such a file."""
        ...

    @property
    def key_rule(self) -> str:
        """The sentence that says by what a product is found again at the next import."""
        ...

    def score(self, columns: Columns, sample: Sample) -> float:
        """How surely a file is of this layout, from 0 to 1."""
        ...

    def mark(self, columns: Columns, sample: Sample) -> str:
        """The decimal mark of the file's amounts."""
        ...

    def drafts(self, columns: Columns, rows: Iterable[RawRow | RowProblem]) -> Iterator[Draft | RowProblem]:
        """Turn rows into drafts; problems pass through. Rows that are no products of their own give nothing."""
        ...
