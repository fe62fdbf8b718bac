"""Orders as rows: each fact is added to the whole order, and the row is what the order is by all of them.

So the rows are the same in whatever order the facts of different stations are heard.
"""

from __future__ import annotations

import json
from dataclasses import replace

from omsdesk.domain.body import from_body, to_body
from omsdesk.domain.messages import Event
from omsdesk.domain.order import (
    GoodsHandedOver,
    GoodsReadied,
    Order,
    OrderCancelled,
    OrderChanged,
    OrderPlaced,
    OrderSettled,
    Party,
    QuotationAccepted,
    evolve,
)
from omsdesk.domain.order_code import count_in
from omsdesk.domain.order_dispute import dispute
from omsdesk.domain.phone import kept_as
from omsdesk.domain.traits import Component
from omsdesk.domain.words import words
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("order")
_shop = Statements("shop")


@on(OrderPlaced)
def placed(connection: Connection, entry: Entry, fact: OrderPlaced) -> None:
    """Begin an order, and count its number."""
    _add(connection, entry, fact)
    series, count = count_in(fact.number)
    if series:
        connection.run(_shop.COUNT_UP, series=series, last=count)


@on(QuotationAccepted, OrderChanged, GoodsReadied, OrderCancelled, GoodsHandedOver, OrderSettled)
def _add(connection: Connection, _: Entry, fact: Event) -> None:
    body = connection.value(_sql.BODY, id=fact.subject)
    order = evolve(from_body(Order, json.loads(body)) if body else None, fact)
    _write(connection, _without_forgotten(connection, order))


def forget_party(connection: Connection, customer: str) -> None:
    """Leave nothing on orders of a customer who asked to be forgotten, but what they are worth."""
    for (name,) in connection.rows(_sql.IDS_OF_PARTY, party=customer):
        order = from_body(Order, json.loads(connection.value(_sql.BODY, id=name)))
        _write(connection, _without_forgotten(connection, order))


def _without_forgotten(connection: Connection, order: Order) -> Order:
    """Take off an order who asked to be forgotten, also where it is heard after that."""
    facts: tuple[OrderPlaced | QuotationAccepted, ...] = (*order.placed, *order.accepted)
    if not any(connection.value(_sql.IS_FORGOTTEN, id=name) for name in {fact.party.id for fact in facts} - {""}):
        return order
    made = Order(order.order)
    for other in (*order.changed, *order.readied, *order.cancelled, *order.handed_over, *order.settlements):
        made = evolve(made, other)
    for fact in facts:
        is_forgotten = fact.party.id and connection.value(_sql.IS_FORGOTTEN, id=fact.party.id)
        made = evolve(made, replace(fact, party=Party()) if is_forgotten else fact)
    return made


def _write(connection: Connection, order: Order) -> None:
    connection.run(_sql.SAVE, **_row(order))
    connection.run(_sql.CLEAR_WORDS, id=order.order)
    connection.run(_sql.CLEAR_RESERVED, id=order.order)
    if order.is_known:
        connection.many(_sql.ADD_WORD, [{"word": word, "shop_order": order.order} for word in _found_by(order)])
        connection.many(_sql.RESERVE, _reserved(order))


def _row(order: Order) -> dict[str, object]:
    is_known = order.is_known
    party = order.party if is_known else Party()
    return {
        "id": order.order,
        "number": order.number if is_known else "",
        "placed_ms": order.head.at.utc_ms if is_known else 0,
        "purpose": str(order.purpose) if is_known else "",
        "store": order.store if is_known else "",
        "party": party.id,
        "name": party.name,
        "phone": party.phone,
        "reference": order.head.reference if is_known else "",
        "currency": order.currency if is_known else "",
        "total": order.total.minor if is_known else 0,
        "to_settle": order.to_settle.minor if is_known else 0,
        "until": order.terms.until if is_known else "",
        "is_open": int(is_known and (order.has_open_rows or bool(order.to_settle) or dispute(order) is not None)),
        "is_known": int(is_known),
        "body": json.dumps(to_body(order), ensure_ascii=False, separators=(",", ":")),
    }


def _found_by(order: Order) -> list[str]:
    party = order.party
    texts = (order.number, party.name, party.email, order.head.reference)
    return sorted({word for text in texts for word in words(text)} | set(kept_as(party.phone)))


def _reserved(order: Order) -> list[dict[str, object]]:
    """List what is kept; in place of a bundle, what it contains."""
    rows, sums = {row.line: row for row in order.rows}, dict[tuple[str, str], int]()
    for portion in order.reserved():
        row = rows[portion.line]
        for part in row.components or (Component(row.product),):
            key = (portion.line, part.product)
            sums[key] = sums.get(key, 0) + portion.quantity.times(part.quantity).micro
    head = {"shop_order": order.order, "place": f"shop:{order.store}"}
    return [{**head, "line": line, "product": product, "quantity": sum_} for (line, product), sum_ in sums.items()]
