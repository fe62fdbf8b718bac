"""What other stores have of goods: asked of the service while a sheet is open, and told in a few words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING

from omsdesk.domain.sale import Sale
from omsdesk.domain.values import Quantity
from omsdesk.store.queries.in_stores import InStore, in_stores
from omsdesk.store.queries.till import shop_by_id, shop_ids
from omsdesk.ui.till.counter import Counter

if TYPE_CHECKING:
    from omsdesk.ui.exchange import Trouble


class OtherShelves:
    """Asks for one sheet; who closes it hears no late answer."""

    def __init__(self, counter: Counter) -> None:
        """Take the counter; nothing is asked yet."""
        self.counter = counter
        self._turn = 0

    @property
    def can_ask(self) -> bool:
        """Whether there are other stores, and a service that knows them."""
        line = self.counter.elsewhere
        return line is not None and line.is_enrolled and len(shop_ids(self.counter.reader)) > 1

    def ask(
        self, products: Iterable[str], then: Callable[[list[InStore]], None], failed: Callable[[str], None]
    ) -> None:
        """Ask what all stores have; this one is looked at here, where it is known best."""
        line, wanted = self.counter.elsewhere, list(dict.fromkeys(products))
        self._turn += 1
        turn, here = self._turn, self.counter.shop.id
        if line is None or not wanted:
            return

        def answered(found: list[InStore]) -> None:
            if turn == self._turn:
                own = [row for row in in_stores(self.counter.reader, wanted) if row.store == here]
                then([*own, *(row for row in found if row.store != here)])

        def unanswered(trouble: Trouble) -> None:
            if turn == self._turn:
                failed(trouble.sentence)

        line.find_goods(wanted, answered, unanswered)

    def cancel(self) -> None:
        """Wait for no answer any more."""
        self._turn += 1

    def words(self, found: Iterable[InStore]) -> str:
        """Say which other stores have how much of an article, those with most first."""
        rows = sorted((row for row in found if row.store != self.counter.shop.id), key=lambda row: -row.free.micro)
        return " · ".join(f"{self._name(row.store)} {self.counter.quantity(row.free)}" for row in rows)

    def _name(self, store: str) -> str:
        shop = shop_by_id(self.counter.reader, store)
        return shop.name if shop else "Another store"


def wanted_of(sale: Sale | None) -> dict[str, Quantity]:
    """Add up the goods of a ticket whose stock is kept; in place of a bundle, what it contains."""
    wanted: dict[str, Quantity] = {}
    for row in sale.lines if sale else ():
        parts = {part.product: row.quantity.times(part.quantity) for part in row.article.traits.components}
        own = {row.article.product: row.quantity} if row.article.is_tracked and row.article.product else {}
        for product, quantity in (parts or own).items() if row.returned is None else ():
            wanted[product] = wanted.get(product, Quantity(0)) + quantity
    return wanted


def share_words(wanted: Mapping[str, Quantity], found: Iterable[InStore], store: str) -> str:
    """Say how much of what is wanted a store has."""
    free = {row.product: row.free for row in found if row.store == store}
    count = sum(free.get(product, Quantity(0)).micro >= quantity.micro for product, quantity in wanted.items())
    if count == len(wanted):
        return "all there"
    return f"{count} of {len(wanted)} there" if count else "not there"
