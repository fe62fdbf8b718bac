"""The rows of a list that is too long to be read: stretches come when they are first looked at, the oldest go."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Protocol

from omsdesk.store.queries.products import Listed

STRETCH = 100
_KEPT = 40


class Rows(Protocol):
    """What a list shows: any number of rows, some of which are still on their way."""

    count: int

    def row(self, at: int) -> Listed | None:
        """Give a row; None while it is on its way."""


class Found:
    """Rows that are all there: what a search found."""

    def __init__(self, rows: list[Listed]) -> None:
        """Take the rows."""
        self.count = len(rows)
        self._rows = rows

    @property
    def products(self) -> list[str]:
        """The ids of all of them."""
        return [row.product for row in self._rows]

    def row(self, at: int) -> Listed | None:
        """Give a row."""
        return self._rows[at]


class Pages:
    """Rows that are read in stretches. ``read(first, then)`` reads one and hands it to ``then`` later."""

    def __init__(
        self,
        count: int,
        read: Callable[[int, Callable[[list[Listed]], None]], None],
        arrived: Callable[[], None],
        known: Mapping[int, list[Listed]] | None = None,
    ) -> None:
        """Read nothing yet; ``arrived`` is called whenever a stretch has come, ``known`` are those that are there."""
        self.count = count
        self._read, self._arrived = read, arrived
        self._stretches: OrderedDict[int, list[Listed] | None] = OrderedDict(known or {})

    def row(self, at: int) -> Listed | None:
        """Give a row; None while it is on its way, or where the list grew shorter meanwhile."""
        first = at - at % STRETCH
        if first not in self._stretches:
            self._stretches[first] = None
            self._read(first, lambda rows: self._take(first, rows))
        self._stretches.move_to_end(first)
        rows = self._stretches[first]
        return rows[at - first] if rows is not None and at - first < len(rows) else None

    def _take(self, first: int, rows: list[Listed]) -> None:
        self._stretches[first] = rows
        while len(self._stretches) > _KEPT:
            self._stretches.popitem(last=False)
        self._arrived()
