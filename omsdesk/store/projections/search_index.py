"""The words that products are found by, and their places in the search index."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from typing import Any

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


class SearchIndex:
    """The changes of the search index that one entry makes, collected so that they are written in one go."""

    def __init__(self, connection: Connection) -> None:
        """Begin to collect."""
        self._connection = connection
        self._forgotten: list[tuple[int, str]] = []
        self._placed: dict[int, tuple[int, str]] = {}
        self._terms: set[str] = set()

    def place(self, new: dict[str, Any], old: dict[str, Any] | None) -> None:
        """Find a product by its new words and not by its old ones; ``old`` is None for a new product."""
        found = searched_words(new)
        place = (search_row(new["no"], new["sold_count"], is_sold=new["is_sold"]), " ".join(found))
        if old is not None and new["no"] not in self._placed:
            before = (search_row(old["no"], old["sold_count"], is_sold=old["is_sold"]), " ".join(searched_words(old)))
            if before == place:
                return
            self._forgotten.append(before)
            if before[1] == place[1]:
                found = []
        self._placed[new["no"]] = place
        self._terms.update(found)

    def write(self) -> None:
        """Write what was collected; of most sales there is nothing."""
        if not self._placed:
            return
        self._connection.many(_sql.FORGET_WORDS, _rows(self._forgotten))
        self._connection.many(_sql.INDEX_WORDS, _rows(self._placed.values()))
        self._connection.many(_sql.ADD_TERM, _terms(self._terms))


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


def _rows(places: Iterable[tuple[int, str]]) -> list[dict[str, object]]:
    return [{"row": row, "words": text} for row, text in places]


def _terms(found: set[str]) -> Iterator[dict[str, str]]:
    # Only words that can hold a typing error worth mending; sorted, so that the pages of the table are met in order.
    for term in sorted(found):
        if len(term) >= _SHORTEST_TERM and term.isalpha():
            yield {"term": term, "reversed": term[::-1]}
