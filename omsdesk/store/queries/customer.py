"""Customers found as somebody types, by their card, and as a ticket needs them."""

from __future__ import annotations

import json
from functools import lru_cache

from omsdesk.domain.body import from_body
from omsdesk.domain.customer import Buyer, Customer, CustomerGroup, buyer
from omsdesk.domain.phone import asked_as, is_phone, sameness
from omsdesk.domain.records import record
from omsdesk.domain.words import fold, words
from omsdesk.store.engine import Connection, Row
from omsdesk.store.queries.typed_words import CANDIDATES, LONGEST, Typed, by_words
from omsdesk.store.queries.typing_errors import LAST_LETTER
from omsdesk.store.sql import Statements

_sql = Statements("customer")
_SHORTEST_KEY = 3


@record
class Listed:
    """A customer in a list. ``no`` counts customers in the order in which they came, without gaps."""

    no: int
    customer: Customer
    revision: int
    visits: int


def search(connection: Connection, text: str, most: int = 30) -> list[Listed]:
    """Find customers by what was typed so far of a name, a number, an e-mail address or a card, the likeliest first."""
    typed = Typed(text)
    keyed = {row[0]: row for row in _by_key(connection, text)}
    found = keyed | {row[0]: row for row in by_words(connection, _sql.BY_WORDS, typed)}
    order = sorted(found.values(), key=lambda row: _rank(row, typed, is_keyed=row[0] in keyed))
    return [_listed(row) for row in order[:most]]


def _by_key(connection: Connection, text: str) -> list[Row]:
    starts = asked_as(text) if is_phone(text) else []
    folded = fold(text.strip())[:LONGEST]
    if len(folded) >= _SHORTEST_KEY and " " not in folded:
        starts.append(folded)
    return [
        row
        for start in dict.fromkeys(starts)
        for row in connection.rows(_sql.BY_KEY, low=start, high=start + LAST_LETTER, most=CANDIDATES)
    ]


def _rank(row: Row, typed: Typed, *, is_keyed: bool) -> tuple[int, str, int]:
    no, _, _, visits, said = row
    name = " ".join(words(said))
    score = 2 * int(visits).bit_length() + 20 * is_keyed
    if typed.words:
        score += (
            8 * (name == typed.text) + 4 * name.startswith(typed.text) + 5 * (f" {typed.words[-1]} " in f" {name} ")
        )
    return -score, name, no


def customer_by_id(connection: Connection, id: str) -> Customer | None:
    """Find a customer."""
    body = connection.value(_sql.CUSTOMER_ROW, id=id)
    return _customer_from(body) if body else None


def is_forgotten(connection: Connection, id: str) -> bool:
    """Tell whether this was somebody who asked to be forgotten."""
    row = connection.row(_sql.KNOWN, id=id)
    return row is not None and bool(row[3])


def with_revision(connection: Connection, id: str) -> tuple[Customer, int] | None:
    """Find a customer as a form shows them, with the revision that an edit of it is made from."""
    row = connection.row(_sql.CUSTOMER_ROW, id=id)
    return (_customer_from(row[0]), row[1]) if row else None


def customers_of_card(connection: Connection, code: str) -> list[Customer]:
    """Find who has a card: one customer, or several where two stations gave it away."""
    ids = [id for (id,) in connection.rows(_sql.IDS_OF_CARD, card=code.strip())]
    return [customer for customer in (customer_by_id(connection, id) for id in ids) if customer]


def alike(connection: Connection, customer: Customer) -> list[Customer]:
    """Find others with the same phone number, e-mail address or card, who may be the same person."""
    exact = [sameness(customer.phone), *(fold(text.strip()) for text in (customer.email, customer.card))]
    rows = [
        row for key in exact if key for row in connection.rows(_sql.BY_KEY, low=key, high=key + "\0", most=CANDIDATES)
    ]
    found = {row[0]: _listed(row).customer for row in rows}
    return [other for other in found.values() if other.id != customer.id]


def groups(connection: Connection) -> dict[str, CustomerGroup]:
    """Give all groups by their ids."""
    found = (_group_from(body) for (body,) in connection.rows(_sql.GROUPS))
    return {group.id: group for group in found}


def buyer_by_id(connection: Connection, id: str, day: str) -> Buyer | None:
    """Find what a ticket of a day has to know of a customer; None for somebody who is not known or is gone."""
    customer = customer_by_id(connection, id)
    if customer is None or not customer.is_active:
        return None
    return buyer(customer, groups(connection) if customer.groups else {}, day)


def last_no(connection: Connection) -> int:
    """The number of the newest customer."""
    return int(connection.value(_sql.LAST_NO) or 0)


def listed(connection: Connection, top: int, most: int) -> list[Listed]:
    """List customers downwards from the one with number ``top``, those that are gone too."""
    return [_listed(row) for row in connection.rows(_sql.UP_TO, top=top, most=most)]


def _listed(row: Row) -> Listed:
    no, body, revision, visits = row[:4]
    return Listed(no, _customer_from(body), revision, visits)


@lru_cache(maxsize=256)
def _customer_from(body: str) -> Customer:
    return from_body(Customer, json.loads(body))


@lru_cache(maxsize=64)
def _group_from(body: str) -> CustomerGroup:
    return from_body(CustomerGroup, json.loads(body))
