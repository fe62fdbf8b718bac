"""The list of products: what is searched and filtered, and which rows that gives. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from omsdesk.store.engine import Connection
from omsdesk.store.queries import products as queries
from omsdesk.store.queries.products import Listed
from omsdesk.store.queries.search import search
from omsdesk.store.queries.till import categories
from omsdesk.ui.catalogue.office import Office
from omsdesk.ui.catalogue.pages import STRETCH, Found, Pages, Rows

MOST_FOUND = 120
"""As many as a search compares: of more than that these are the likeliest."""


@dataclass(frozen=True, slots=True)
class _Read:
    """An answer of the database: how much there is, the stretches that are looked at, the rows of a search."""

    count: int
    stretches: dict[int, list[Listed]]
    found: list[Listed] | None
    categories: list[tuple[str, int]]


class ProductsSession:
    """Shows the whole catalogue, one category of it, or what a search finds."""

    def __init__(self, office: Office) -> None:
        """Show everything, the newest product first."""
        self.office = office
        self.text = ""
        self.category = ""
        self.rows: Rows = Found([])
        self.categories: list[tuple[str, int]] = []
        self.is_empty = False
        """Whether there is no product at all."""
        self.listeners: list[Callable[[bool], None]] = []
        """Called with whether the rows are other ones; otherwise some of them have come."""
        self.around = 0
        """The row at the top of the view: after a change it is there again before anybody sees a gap."""
        self._asked = 0
        self._place = ""

    def search(self, text: str) -> None:
        """Look for what was typed so far; nothing typed shows the list again."""
        if text.strip() != self.text:
            self.text, self.around = text.strip(), 0
            self.refresh()

    def filter(self, category: str) -> None:
        """Show one category, or everything if it is empty."""
        self.category, self.around = category, 0
        self.refresh()

    def refresh(self) -> None:
        """Ask again: something was typed, chosen or changed."""
        self._asked += 1
        asked, text, category, around = self._asked, self.text, self.category, self.around
        self._place = f"shop:{self.office.shop.id}"
        place = self._place

        def read(connection: Connection) -> _Read:
            known = categories(connection)
            if text:
                numbers = [hit.no for hit in search(connection, text, MOST_FOUND)]
                found = queries.listed_by_no(connection, place, numbers)
                return _Read(len(found), {}, found, known)
            count = queries.category_count(connection, category) if category else queries.last_no(connection)
            first = around - around % STRETCH
            stretches = {at: _stretch(connection, place, category, count, at) for at in (first, first + STRETCH)}
            return _Read(count, stretches, None, known)

        self.office.work.ask(read, lambda answer: self._take(answer) if asked == self._asked else None)

    def _take(self, answer: _Read) -> None:
        self.categories = answer.categories
        if answer.found is None:
            read = self._reader(answer.count)
            self.rows = Pages(answer.count, read, lambda: self._tell(are_new=False), answer.stretches)
        else:
            found = [row for row in answer.found if self.category in {"", row.category}]
            self.rows = Found(found)
        self.is_empty = not (self.text or self.category or answer.count)
        self._tell(are_new=True)

    def _reader(self, count: int) -> Callable[[int, Callable[[list[Listed]], None]], None]:
        place, category, ask = self._place, self.category, self.office.work.ask

        def read(first: int, then: Callable[[list[Listed]], None]) -> None:
            ask(lambda c: _stretch(c, place, category, count, first), then)

        return read

    def read_products(self, first: int, most: int, then: Callable[[list[str]], None]) -> None:
        """Hand the ids of the products in rows of the list to ``then``, whether the rows have come or not."""
        if isinstance(self.rows, Found):
            then(self.rows.products[first : first + most])
            return
        category, top = self.category, self.rows.count - first

        def read(connection: Connection) -> list[str]:
            if category:
                return queries.ids_of_category(connection, category, first, most)
            return queries.ids_up_to(connection, top, most)

        self.office.work.ask(read, then)

    def _tell(self, *, are_new: bool) -> None:
        for listener in self.listeners:
            listener(are_new)


def _stretch(connection: Connection, place: str, category: str, count: int, first: int) -> list[Listed]:
    if category:
        return queries.listed_of_category(connection, place, category, first, STRETCH)
    return queries.listed(connection, place, count - first, STRETCH)
