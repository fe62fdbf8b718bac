"""The words that products are found by, and their places in the search index."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any, NamedTuple

from omsdesk.domain.words import words
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements
from omsdesk.store.tables.search_rows import search_row

_sql = Statements("search")
_catalogue = Statements("catalogue")
_SHORTEST_TERM = 4


def searched_words(row: dict[str, Any]) -> list[str]:
    """List the words a product is found by."""
    return words(f"{row['name']} {row['variant']} {row['brand']} {row['sku']}")


class Place(NamedTuple):
    """A row of a search index, and the words that are found there."""

    row: int
    words: str


class WordIndex:
    """The changes of a search index that one entry makes, collected so that they are written in one go."""

    def __init__(self, connection: Connection, forget: str, index: str) -> None:
        """Begin to collect, with the statements that forget words of the index and put words into it."""
        self._connection, self._forget, self._index = connection, forget, index
        self._forgotten: list[Place] = []
        self._placed: dict[int, Place] = {}

    def place(self, no: int, new: Place, before: Place | None) -> bool:
        """Let what has this number be found in its new place and not in the one before; tells if words are new."""
        if before is not None and no not in self._placed:
            if before == new:
                return False
            self._forgotten.append(before)
        self._placed[no] = new
        return before is None or before.words != new.words

    def write(self) -> None:
        """Write what was collected; of most sales there is nothing."""
        if self._placed:
            self._connection.many(self._forget, [place._asdict() for place in self._forgotten])
            self._connection.many(self._index, [place._asdict() for place in self._placed.values()])


class SearchIndex:
    """The places of products in their index, and the words that a typing error is mended by."""

    def __init__(self, connection: Connection) -> None:
        """Begin to collect."""
        self._connection, self._index = connection, WordIndex(connection, _sql.FORGET_WORDS, _sql.INDEX_WORDS)
        self._terms: set[str] = set()

    def place(self, new: dict[str, Any], old: dict[str, Any] | None) -> None:
        """Find a product by its new words and not by its old ones; ``old`` is None for a new product."""
        if self._index.place(new["no"], _place(new), _place(old) if old else None):
            self._terms.update(searched_words(new))

    def write(self) -> None:
        """Write what was collected."""
        self._index.write()
        if self._terms:
            self._connection.many(_sql.ADD_TERM, _terms(self._terms))


def _place(row: dict[str, Any]) -> Place:
    at = search_row(row["no"], row["sold_count"], is_sold=row["is_sold"])
    return Place(at, " ".join(searched_words(row)))


def count_sold(connection: Connection, products: Iterable[str]) -> None:
    """Count a sale of each product, and put those that sell better now on an earlier shelf."""
    index = SearchIndex(connection)
    for product in products:
        sold = connection.value(_catalogue.COUNT_SOLD, product=product)
        if sold is None:
            connection.run(_catalogue.COUNT_EARLY, product=product)
        elif search_row(0, sold, is_sold=True) != search_row(0, sold - 1, is_sold=True):
            row = connection.row(_catalogue.PRODUCT_ROW, id=product)
            new = dict(zip(_catalogue.PRODUCT_COLUMNS.split(", "), row or (), strict=True))
            index.place(new, {**new, "sold_count": sold - 1})
    index.write()


def count_early(connection: Connection, products: Container[str]) -> None:
    """Count what was sold of new products before they were heard of."""
    for product, count in connection.rows(_catalogue.EARLY_SALES):
        if product in products:
            for _ in range(count):
                count_sold(connection, (product,))
            connection.run(_catalogue.FORGET_EARLY, product=product)


def _terms(found: set[str]) -> Iterator[dict[str, str]]:
    # Only words that can hold a typing error worth mending; sorted, so that the pages of the table are met in order.
    for term in sorted(found):
        if len(term) >= _SHORTEST_TERM and term.isalpha():
            yield {"term": term, "reversed": term[::-1]}
