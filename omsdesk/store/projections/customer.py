"""Customers and their groups as rows, and what a customer is found by."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from omsdesk.domain.body import from_body
from omsdesk.domain.customer import (
    CONTACT,
    TERMS,
    Customer,
    CustomerForgotten,
    CustomerSaved,
    GroupSaved,
    TermsSet,
    said_of,
)
from omsdesk.domain.phone import kept_as
from omsdesk.domain.words import fold, words
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.order import forget_party
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.search_index import Place, WordIndex
from omsdesk.store.projections.whole import Row, merge, row_of
from omsdesk.store.sql import Statements
from omsdesk.store.tables.search_rows import search_row

_sql = Statements("customer")


class _Known(NamedTuple):
    """What the table holds of a customer before an entry."""

    no: int
    customer: Customer
    visits: int
    is_forgotten: bool


@on(CustomerSaved)
def customer_saved(connection: Connection, entry: Entry, fact: CustomerSaved) -> None:
    """Keep how a customer is reached, whatever else the entry may hold: any till is believed about that alone."""
    _take(connection, entry, fact, CONTACT)


@on(TermsSet)
def terms_set(connection: Connection, entry: Entry, fact: TermsSet) -> None:
    """Keep what a customer is given and allowed."""
    _take(connection, entry, fact, TERMS)


def _take(connection: Connection, entry: Entry, fact: CustomerSaved | TermsSet, about: tuple[str, ...]) -> None:
    known = _known(connection, fact.id)
    if known is not None and known.is_forgotten:
        return
    said = tuple(name for name in fact.said if name in about)
    told = replace(fact, said=said, customer=said_of(fact.customer, said if fact.generation else about))
    found = merge(connection, entry, "customer", _sql.CUSTOMER_ROW, told, told.customer)
    if found is not None:
        _write(connection, known, *found)


@on(CustomerForgotten)
def customer_forgotten(connection: Connection, _: Entry, fact: CustomerForgotten) -> None:
    """Leave nothing of a person but that they asked for it, so that what is heard later is not kept either."""
    connection.run(_sql.FORGET_WRITES, id=fact.id)
    connection.run(_sql.FORGET_CONFLICTS, id=fact.id)
    nobody = Customer(fact.id, is_active=False)
    _write(connection, _known(connection, fact.id), nobody, row_of(fact.id, nobody, 1), is_forgotten=True)
    forget_party(connection, fact.id)


@on(GroupSaved)
def group_saved(connection: Connection, entry: Entry, fact: GroupSaved) -> None:
    """Keep a group as it is by everything that was said of it."""
    found = merge(connection, entry, "customer_group", _sql.GROUP_ROW, fact, fact.group)
    if found is not None:
        connection.run(_sql.SAVE_GROUP, **found[1]._asdict())


def count_visit(connection: Connection, customer: str) -> None:
    """Count a ticket of a customer: who comes often is met first."""
    row = connection.row(_sql.COUNT_VISIT, id=customer)
    if row is None:
        return
    no, visits, body = row
    if search_row(0, visits, is_sold=True) != search_row(0, visits - 1, is_sold=True):
        known = _Known(no, _from(body), visits, is_forgotten=False)
        index = WordIndex(connection, _sql.FORGET_WORDS, _sql.INDEX_WORDS)
        index.place(no, _place(known), _place(known._replace(visits=visits - 1)))
        index.write()


def _write(
    connection: Connection, known: _Known | None, customer: Customer, row: Row, *, is_forgotten: bool = False
) -> None:
    before = known
    if known is None:
        visits = int(connection.value(_sql.EARLY_VISITS, id=customer.id))
        known = _Known(int(connection.value(_sql.LAST_NO) or 0) + 1, customer, visits, is_forgotten)
    now = known._replace(customer=customer)
    connection.run(
        _sql.SAVE, no=now.no, visits=now.visits, card=customer.card, is_active=int(customer.is_active),
        is_forgotten=int(is_forgotten), **row._asdict(),
    )  # fmt: skip
    old, new = set(keys(before.customer)) if before else set(), set(keys(customer))
    connection.many(_sql.DROP_KEY, _rows(now.no, old - new))
    connection.many(_sql.ADD_KEY, _rows(now.no, new - old))
    index = WordIndex(connection, _sql.FORGET_WORDS, _sql.INDEX_WORDS)
    index.place(now.no, _place(now), _place(before) if before else None)
    index.write()


def keys(customer: Customer) -> list[str]:
    """List what a customer is found by from its beginning."""
    return [*kept_as(customer.phone), *(fold(text) for text in (customer.email, customer.card) if text)]


def _place(known: _Known) -> Place:
    customer = known.customer
    row = search_row(known.no, known.visits, is_sold=customer.is_active)
    return Place(row, " ".join(words(f"{customer.name} {customer.company}")))


def _known(connection: Connection, id: str) -> _Known | None:
    row = connection.row(_sql.KNOWN, id=id)
    return _Known(row[0], _from(row[1]), row[2], bool(row[3])) if row else None


def _from(body: str) -> Customer:
    found: dict[str, Any] = json.loads(body)
    return from_body(Customer, found)


def _rows(no: int, found: Iterable[str]) -> list[dict[str, object]]:
    return [{"key": key, "customer_no": no} for key in sorted(found)]
