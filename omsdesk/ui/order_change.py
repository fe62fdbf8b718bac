"""An order whose goods are being changed: what is wanted of each line, what is new, and what it comes to. No widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from omsdesk.actions.buying import article_for
from omsdesk.actions.clock import Clock
from omsdesk.domain.catalogue import Article
from omsdesk.domain.customer import Buyer
from omsdesk.domain.line import Line, SoldLine
from omsdesk.domain.order import Order, OrderChanged, Purpose, evolve
from omsdesk.domain.order_change import fault, kept, priced, replanned
from omsdesk.domain.order_command import ChangeOrder
from omsdesk.domain.order_terms import Terms
from omsdesk.domain.shop import Desk, Shop
from omsdesk.domain.values import ONE, Money, Quantity
from omsdesk.store.engine import Connection
from omsdesk.store.queries import customer as customers
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.orders import Known

NO_TILL = "Changes are made at a computer that is a till."


def change_of(reader: Connection, clock: Clock, known: Known) -> OrderChange | str:
    """Begin to change an order, or say why that cannot be done here."""
    desk = queries.desk(reader, queries.station(reader), clock.now())
    return NO_TILL if desk is None else OrderChange(reader, desk, known, clock.new_id)


class Wanted(NamedTuple):
    """A line as it would be."""

    row: SoldLine
    given: Quantity
    """How much of it was handed over."""
    is_new: bool


class OrderChange:
    """What is wanted of an order; nothing of it holds before it is saved."""

    def __init__(self, reader: Connection, desk: Desk, known: Known, new_id: Callable[[], str]) -> None:
        """Begin with the order as it is."""
        self.known, self._reader, self._desk, self._new_id = known, reader, desk, new_id
        self._quantities = {row.line: row.quantity for row in self.order.rows}
        self._added: tuple[Line, ...] = ()
        self._buyer = self._find_buyer()
        self._after = self._made()

    def _find_buyer(self) -> Buyer | None:
        party = self.order.party.id
        return customers.buyer_by_id(self._reader, party, self._desk.at.day) if party else None

    @property
    def order(self) -> Order:
        """The order as it is."""
        return self.known.order

    @property
    def shop(self) -> Shop:
        """The shop whose prices new goods have."""
        return self._desk.shop

    @property
    def day(self) -> str:
        """The day of these prices."""
        return self._desk.at.day

    # ------------------------------------------------------------------------------ what it would be

    @property
    def after(self) -> Order:
        """The order as it would be."""
        return self._after

    def _made(self) -> Order:
        order = self.order
        rows = (*kept(order, self._quantities), *priced(order, self._added, self._desk, self._buyer))
        changed = evolve(order, OrderChanged(order.order, order.revision + 1, rows, order.terms, self._desk.at))
        terms = replanned(order.terms, changed.total)
        return evolve(order, OrderChanged(order.order, order.revision + 1, rows, terms, self._desk.at))

    @property
    def lines(self) -> list[Wanted]:
        """The lines as they would be."""
        before = {row.line for row in self.order.rows}
        return [Wanted(row, self.order.given(row.line), row.line not in before) for row in self.after.rows]

    @property
    def total(self) -> Money:
        """What it would come to."""
        return self.after.total

    @property
    def due(self) -> Money:
        """What would still be to be paid; below zero it goes back."""
        return self.after.due(self.known.held)

    @property
    def has_changes(self) -> bool:
        """Whether anything would be different."""
        return self.after.rows != self.order.rows

    @property
    def command(self) -> ChangeOrder:
        """What makes it so."""
        terms: Terms = self.after.terms
        return ChangeOrder(self.order.order, self.after.rows, terms, self.order.revision)

    # ------------------------------------------------------------------------------ changing

    def step(self, line: str, count: int) -> str:
        """Want so many more of a line; gives a sentence where that cannot be."""
        now = next((row.quantity for row in self.after.rows if row.line == line), None)
        return "" if now is None else self.set_quantity(line, Quantity(max(0, now.micro + count * ONE.micro)))

    def remove(self, line: str) -> str:
        """Want nothing of a line any more."""
        return self.set_quantity(line, Quantity(0))

    def set_quantity(self, line: str, quantity: Quantity) -> str:
        """Want so much of a line, and of what goes with it; gives a sentence where that cannot be."""
        rows = {row.line: row.parent for row in self.after.rows}
        head = rows.get(line) or line
        group = [name for name, parent in rows.items() if head in {name, parent}]
        before = self._quantities, self._added
        self._quantities = {
            name: quantity if name in group else wanted for name, wanted in self._quantities.items()
        }  # fmt: skip
        sized = (_sized(row, quantity) if row.line in group else row for row in self._added)
        self._added = tuple(row for row in sized if row.quantity)
        return self._checked(before)

    def _checked(self, before: tuple[dict[str, Quantity], tuple[Line, ...]]) -> str:
        after = self._made()
        refusal = fault(self.order, after.rows)
        if refusal is not None:
            self._quantities, self._added = before
            return refusal.sentence
        self._after = after
        return ""

    def add(self, product: str, quantity: Quantity = ONE) -> str:
        """Want so much of a product, too; gives a sentence where that cannot be."""
        shop, day = self._desk.shop, self._desk.at.day
        found = queries.product_by_id(self._reader, product, shop, day)
        if found is None or not found.is_sold:
            return "This product is not sold any more."
        article = self._article(found.article)
        if article.traits.is_deposit:
            return f"“{article.name}” is a deposit. It goes with its bottle by itself."
        if not article.prices or article.traits.asks_price or article.traits.modifiers:
            return f"“{article.name}” is asked about when it is rung up. Put it on an order of its own."
        same = self._same(article)
        if same is not None:
            return self.set_quantity(same.line, same.quantity + quantity)
        head = Line(self._new_id(), article, quantity)
        deposit = article.traits.deposit
        lent = queries.product_by_id(self._reader, deposit, shop, day) if deposit else None
        parts = (Line(self._new_id(), self._article(lent.article), quantity, parent=head.line),) if lent else ()
        before = self._quantities, self._added
        self._added = (*self._added, head, *parts)
        return self._checked(before)

    def _article(self, article: Article) -> Article:
        return article_for(self._reader, self._desk, self._buyer, self.order.head.tax_terms, article)

    def _same(self, article: Article) -> SoldLine | None:
        """Find the line of which this is one more: the same at the same price, with nothing said about it."""
        news = {row.line for row in self._added}
        first = article.prices[0].price
        for row in self.after.rows:
            is_plain = not (row.note or row.parent or row.serials or row.lot or row.is_price_typed)
            is_priced_so = row.line in news or (row.unit_price == first and not row.reductions)
            if row.product == article.product and is_plain and is_priced_so:
                return row
        return None

    @property
    def sentence(self) -> str:
        """Say what the change means for what was paid."""
        if self.order.purpose is Purpose.QUOTATION or self.due.minor >= 0 or self.due >= self.known.due:
            return ""
        return "More was paid than this comes to. The rest goes back to the customer."


def _sized(row: Line, quantity: Quantity) -> Line:
    return Line(row.line, row.article, quantity, parent=row.parent)
