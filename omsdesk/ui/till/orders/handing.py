"""Goods of an order on their way to whoever fetches them: age, serial numbers and lots are asked here once more."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from omsdesk.domain.catalogue import Article
from omsdesk.domain.line import SoldLine
from omsdesk.domain.order_command import HandedPortion
from omsdesk.domain.traits import PLAIN, Traits
from omsdesk.domain.values import NONE, Quantity
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.orders import Known
from omsdesk.store.queries.till import Found
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.goods.incoming import Incoming
from omsdesk.ui.till.intake import Intake


class Handing:
    """Asks about one line after the other; where an answer is given up, nothing is handed over."""

    def __init__(
        self,
        counter: Counter,
        intake: Intake,
        known: Known,
        wanted: Mapping[str, Quantity],
        then: Callable[[tuple[HandedPortion, ...], int], None],
    ) -> None:
        """Take how much of which line is wanted; ``then`` gets what is handed over, and from which age on."""
        self._counter, self._intake, self._then = counter, intake, then
        order = known.order
        # What goes with goods comes along: it may have an age, too.
        sizes = ((row, wanted.get(row.parent, wanted.get(row.line, NONE))) for row in order.rows)
        sized = ((row, min(quantity, order.open_quantity(row))) for row, quantity in sizes)
        self._rows = [(row, quantity) for row, quantity in sized if quantity]
        self._portions: list[HandedPortion] = []
        self._age = 0

    def go_on(self) -> None:
        """Ask about the next line; after the last one, go."""
        if len(self._portions) == len(self._rows):
            self._then(tuple(self._portions), self._age)
            return
        row, quantity = self._rows[len(self._portions)]
        traits = self._traits(row)
        self._age = max(self._age, traits.age)
        article = Article(row.product, row.name, row.sku, row.unit, traits=traits)
        self._intake.take(
            Incoming(
                Found(article, quantity), quantity, is_sized=True, price=row.unit_price, expiry=row.expiry,
                deliver=lambda coming: self._answered(row, coming),
            )
        )  # fmt: skip

    def _traits(self, row: SoldLine) -> Traits:
        """Find what is asked of an article today, but for what was settled when it was ordered."""
        counter = self._counter
        found = queries.product_by_id(counter.reader, row.product, counter.shop, counter.day)
        known = found.article.traits if found else PLAIN
        return Traits(age=known.age, asks_serial=known.asks_serial, asks_lot=known.asks_lot)

    def _answered(self, row: SoldLine, coming: Incoming) -> None:
        new_id, traits = self._counter.clock.new_id, coming.article.traits
        expiry = coming.expiry if traits.asks_lot else ""
        self._portions.append(
            HandedPortion(new_id(), row.line, coming.quantity, coming.serials, coming.lot, expiry)
        )  # fmt: skip
        self.go_on()


def whole(known: Known) -> dict[str, Quantity]:
    """Want all that is still to be handed over."""
    order = known.order
    return {row.line: order.open_quantity(row) for row in order.rows if order.open_quantity(row)}
