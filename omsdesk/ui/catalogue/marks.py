"""Which products are marked: one by one, from one row to another, or all that are listed. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable

from omsdesk.ui.catalogue.session import ProductsSession

MOST_MARKED = 50_000
"""More labels than that are no afternoon's work; and as many ids are kept without anybody noticing."""


class Marks:
    """Products in the order in which they were marked. What is searched or listed next takes no mark away."""

    def __init__(self, session: ProductsSession) -> None:
        """Mark nothing; rows are those that ``session`` lists."""
        self.listeners: list[Callable[[], None]] = []
        self.is_full = False
        """Whether more was to be marked than can be."""
        self._session = session
        self._marked: dict[str, None] = {}
        self._asked = 0
        """How often rows were asked for, or all forgotten: an answer to an older question is none."""

    @property
    def products(self) -> list[str]:
        """What is marked."""
        return list(self._marked)

    @property
    def count(self) -> int:
        """How many are marked."""
        return len(self._marked)

    def __contains__(self, product: object) -> bool:
        """Tell whether a product is marked."""
        return product in self._marked

    def toggle(self, product: str) -> None:
        """Mark a product, or take its mark away."""
        if product in self._marked:
            del self._marked[product]
            self.is_full = False
            self._tell()
        else:
            self._take(self._asked, [product])

    def mark_rows(self, first: int, last: int) -> None:
        """Mark everything from one row of the list to another, both included, whether it was ever looked at or not."""
        self._asked += 1
        asked = self._asked
        self._session.read_products(first, min(last + 1 - first, MOST_MARKED + 1), lambda ids: self._take(asked, ids))

    def mark_all(self) -> None:
        """Mark everything that is listed."""
        if self._session.rows.count:
            self.mark_rows(0, self._session.rows.count - 1)

    def clear(self) -> None:
        """Take all marks away."""
        self._asked += 1
        self._marked.clear()
        self.is_full = False
        self._tell()

    def _take(self, asked: int, products: list[str]) -> None:
        if asked != self._asked:
            return
        for product in products:
            if len(self._marked) == MOST_MARKED and product not in self._marked:
                self.is_full = True
                break
            self._marked[product] = None
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
