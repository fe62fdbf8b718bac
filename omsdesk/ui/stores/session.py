"""Which period is looked at, what all stores took in it, and which store is opened. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import NamedTuple

from omsdesk.domain.period import Span
from omsdesk.domain.records import record
from omsdesk.domain.shop import Till
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries import stores as queries
from omsdesk.store.queries import till as tills
from omsdesk.ui.office import Office
from omsdesk.ui.stores import words
from omsdesk.ui.stores.words import StoreRow
from omsdesk.ui.widgets.bar_chart import Bar
from omsdesk.ui.widgets.fact_rows import Fact
from omsdesk.ui.widgets.figure_tiles import Figure


class Choice(NamedTuple):
    """A period that can be chosen."""

    key: str
    label: str
    span: Span
    back: int = 0


CHOICES = (
    Choice("today", "Today", Span.DAY),
    Choice("yesterday", "Yesterday", Span.DAY, 1),
    Choice("week", "Last 7 days", Span.WEEK),
    Choice("month", "This month", Span.MONTH),
    Choice("last_month", "Last month", Span.MONTH, 1),
)


@record
class Sheet:
    """All that is shown of the list of stores."""

    totals: tuple[Figure, ...] = ()
    rows: tuple[StoreRow, ...] = ()


@record
class StoreSheet:
    """All that is shown of one store."""

    name: str
    state: str
    figures: tuple[Figure, ...]
    bars: tuple[Bar, ...]
    best: tuple[Fact, ...]
    tills: tuple[Fact, ...]


class StoresSession:
    """State and intents of the page."""

    def __init__(self, office: Office) -> None:
        """Begin with today."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.choice = CHOICES[0]
        self.sheet = Sheet()
        self.opened = ""
        """The store that is looked at; empty for all of them."""
        self.till = ""
        """The till of it that is looked at; empty for all of them."""
        self.store: StoreSheet | None = None
        self.is_read = False
        """Whether the list has come."""
        self._is_asking = self._is_stale = False

    @property
    def may_read(self) -> bool:
        """Whether whoever is here may see this."""
        return self.office.may("reports.read")

    def choose(self, key: str) -> None:
        """Look at another period."""
        self.choice = next((row for row in CHOICES if row.key == key), self.choice)
        self.refresh()

    def open(self, shop: str) -> None:
        """Look at one store; one whose sales are not heard here has nothing to show."""
        if shop and self.office.hears(shop):
            self.opened, self.till, self.store = shop, "", None
            self.refresh()

    @property
    def is_only_one(self) -> bool:
        """Whether there is one store alone: it is looked at from the start, and not left."""
        return not self.office.is_head and len(tills.shop_ids(self.office.reader)) == 1

    @property
    def tills(self) -> list[Till]:
        """The tills of the store that is looked at."""
        return tills.tills(self.office.reader, self.opened) if self.opened else []

    def choose_till(self, till: str) -> None:
        """Look at one till of the store, or at all of them."""
        if till != self.till:
            self.till, self.store = till, None
            self.refresh()

    def step(self, count: int) -> None:
        """Look at the store after this one, or before it; after the last comes the first."""
        shops = [row.key for row in self.sheet.rows if row.is_heard]
        if self.opened in shops:
            self.open(shops[(shops.index(self.opened) + count) % len(shops)])

    def close(self) -> None:
        """Look at all stores again."""
        self.opened, self.till, self.store = "", "", None
        self.refresh()

    def refresh(self) -> None:
        """Read again. While an answer is on its way nothing more is asked: news come in hundreds, and fast."""
        if self.is_only_one:
            (self.opened,) = tills.shop_ids(self.office.reader)
        if not self.may_read:
            self.sheet, self.store, self.is_read = Sheet(), None, True
            self._tell()
            return
        if self._is_asking:
            self._is_stale = True
            return
        self._is_asking = True
        question = self._question()
        asked = (self.opened, self.till, self.choice)
        self.office.work.ask(question, lambda found: self._take(found, asked))

    def _question(self) -> Callable[[Connection], Sheet | StoreSheet | None]:
        choice, at, opened, till = self.choice, self.office.clock.now(), self.opened, self.till
        hears = self.office.hears
        if opened:
            return lambda connection: _read_store(connection, opened, till, choice, at)
        return lambda connection: _read_all(connection, choice, at, hears)

    def _take(self, found: Sheet | StoreSheet | None, asked: tuple[str, str, Choice]) -> None:
        self._is_asking = False
        if asked != (self.opened, self.till, self.choice) or not self.may_read:
            self._is_stale = True
        elif isinstance(found, Sheet):
            self.sheet, self.is_read = found, True
        elif found is None:
            self.opened, self._is_stale = "", True
        else:
            self.store, self.is_read = found, True
        is_stale, self._is_stale = self._is_stale, False
        self._tell()
        if is_stale:
            self.refresh()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def _read_all(connection: Connection, choice: Choice, at: Stamp, hears: Callable[[str], bool]) -> Sheet:
    found = queries.stores(connection, choice.span, choice.back, at)
    heard = [row for row in found if hears(row.shop.id)]
    rows = (words.row(row, choice.span, choice.back, at, is_heard=hears(row.shop.id)) for row in found)
    return Sheet(tuple(words.totals(heard, choice.span, choice.back)), _heard_first(rows))


def _heard_first(rows: Iterable[StoreRow]) -> tuple[StoreRow, ...]:
    return tuple(sorted(rows, key=lambda row: not row.is_heard))


def _read_store(connection: Connection, shop: str, till: str, choice: Choice, at: Stamp) -> StoreSheet | None:
    found = queries.store(connection, shop, choice.span, choice.back, at, till)
    if found is None:
        return None
    figures, locale = found.figures, found.figures.shop.locale
    return StoreSheet(
        figures.shop.name,
        words.standing(figures, at),
        tuple(words.figures_of(figures, choice.span, choice.back)),
        tuple(words.bars(found.bars, locale)),
        tuple(words.best(found.best, locale)),
        tuple(words.till(row, at) for row in figures.tills),
    )
