"""What is asked about orders: those that are open, those with a number or of somebody, and what is kept for them."""

from __future__ import annotations

import json
from typing import NamedTuple

from omsdesk.domain.body import from_body
from omsdesk.domain.order import Order, Status, name_of
from omsdesk.domain.order_code import number_in, order_number, order_series
from omsdesk.domain.phone import asked_as, is_phone
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import Money, Quantity, Stamp
from omsdesk.domain.words import words
from omsdesk.store import journal
from omsdesk.store.engine import Connection, Row
from omsdesk.store.queries.till import on_hand, person, reserved, station
from omsdesk.store.sql import Statements

_sql = Statements("order")
_account = Statements("account")
_shop = Statements("shop")
_MOST = 100


class Known(NamedTuple):
    """An order, and what lies on its account."""

    order: Order
    held: Money

    @property
    def due(self) -> Money:
        """What is still to be paid; below zero it is to be given back."""
        return self.order.due(self.held)

    @property
    def paid(self) -> Money:
        """What was paid so far."""
        return self.order.paid(self.held)

    @property
    def next_payment(self) -> Money:
        """What is to be paid next, by its terms."""
        return self.order.next_payment(self.held)

    def late(self, day: str) -> Money:
        """What was to be paid before a day and was not."""
        return self.order.late(self.held, day)

    def status(self, day: str) -> Status:
        """What it is on a day."""
        return self.order.status(self.held, day)

    @property
    def is_to_settle(self) -> bool:
        """Whether nothing is to be handed over any more, and money is still to go one way or the other."""
        return not self.order.has_open_rows and bool(self.held or self.order.fee_due)


class Short(NamedTuple):
    """A product of which more is promised than there is."""

    product: str
    name: str
    on_hand: Quantity
    reserved: Quantity
    orders: tuple[Known, ...]
    """Those it is promised to, oldest first."""


def order(connection: Connection, wanted: str) -> Known | None:
    """Find an order; None where its beginning is not known here."""
    row = connection.row(_sql.ONE, id=wanted)
    found = _known(row) if row else None
    return found if found and found.order.is_known else None


def orders_with(connection: Connection, text: str) -> list[Known]:
    """Find the orders that somebody typed the number of, or scanned the code of; two only where a disk was copied."""
    number = number_in(text)
    return [_known(row) for row in connection.rows(_sql.BY_NUMBER, number=number)] if number else []


def open_orders(connection: Connection, most: int = _MOST) -> list[Known]:
    """List the orders of which something is to be handed over or to be settled, the newest first."""
    return [_known(row) for row in connection.rows(_sql.OPEN, most=most)]


def newest_orders(connection: Connection, most: int = _MOST) -> list[Known]:
    """List all orders, the newest first."""
    return [_known(row) for row in connection.rows(_sql.NEWEST, most=most)]


def open_count(connection: Connection) -> int:
    """Count the open orders, quotations apart."""
    return int(connection.value(_sql.OPEN_COUNT))


def orders_of(connection: Connection, party: str, most: int = _MOST) -> list[Known]:
    """List the orders of a customer, the newest first."""
    return [_known(row) for row in connection.rows(_sql.OF_PARTY, party=party, most=most)]


def find_orders(connection: Connection, text: str, most: int = _MOST) -> list[Known]:
    """Find orders by a number, or by the beginnings of words of a name, a phone number or what a web shop calls them.

    Open ones come first, the newest of them before the others.
    """
    found = orders_with(connection, text)
    if found:
        return found
    # Of the ways to write a phone number one is enough; of words all are meant.
    is_number = is_phone(text)
    wanted = asked_as(text) if is_number else list(dict.fromkeys(words(text)))
    if not wanted:
        return []
    least = 1 if is_number else len(wanted)
    rows = connection.rows(_sql.WITH_WORDS, words=json.dumps(wanted), least=least, most=most)
    return [_known(row) for row in rows]


class Voice(NamedTuple):
    """Who said something of an order, when, and whether it was at this computer."""

    name: str
    at: Stamp
    is_here: bool


def voices(connection: Connection, wanted: str) -> dict[str, Voice]:
    """Tell whose word each fact of an order is, by the name of the fact (``order.name_of``)."""
    here, found = station(connection).device, dict[str, Voice]()
    for entry in journal.of_subject(connection, wanted):
        who = person(connection, entry.actor)
        origin = connection.value(_sql.ORIGIN, position=entry.position)
        found[name_of(entry.fact)] = Voice(who.name if who else entry.actor, entry.stamp, origin == here)
    return found


def next_number(connection: Connection, series: str) -> str:
    """Give the number of the next order in a till's series."""
    return order_number(series, int(connection.value(_shop.LAST_COUNT, series=order_series(series)) or 0) + 1)


def payments_on(connection: Connection, account: str) -> list[str]:
    """Name the tickets by which money came onto the account of an order, as far as they are known here."""
    rows = connection.rows(_account.MOVES_OF, account=account, most=1000)
    return list(dict.fromkeys(document for _, _, amount, _, _, _, document, *_ in rows if amount > 0))


# ------------------------------------------------------------------------------------------- what is kept


def available(connection: Connection, product: str, shop: Shop) -> Quantity | None:
    """Tell how much of a product can be promised: what stands in the shop less what is kept; None where unknown."""
    there = on_hand(connection, product, shop)
    return None if there is None else there - reserved(connection, product, shop)


def short(connection: Connection, shop: Shop) -> list[Short]:
    """List the products of which more is promised than stands in a shop: somebody has to find some, or say so."""
    place, found = f"shop:{shop.id}", []
    for product, quantity in connection.rows(_sql.KEPT, place=place):
        there = on_hand(connection, product, shop)
        if there is not None and there.micro < quantity:
            ids = [id for id, _ in connection.rows(_sql.KEPT_FOR, product=product, place=place)]
            orders = tuple(known for known in (order(connection, id) for id in ids) if known)
            found.append(Short(product, _name_in(orders, product), there, Quantity(quantity), orders))
    return sorted(found, key=lambda row: row.name)


def _name_in(orders: tuple[Known, ...], product: str) -> str:
    return next((row.name for known in orders for row in known.order.rows if row.product == product), product)


def _known(row: Row) -> Known:
    body, held = row
    found = from_body(Order, json.loads(body))
    return Known(found, Money(held, found.currency if found.is_known else ""))
