"""What the labels page asks of many products at once: their names, and which of their labels say what is no longer so.

A label is out of date where the price, the name or the barcode of its product changed, or its product is new, and no
label of it was asked for here since. What counts is when this station heard of a change: a price that the head office
set on Monday and that came on Wednesday is news for whoever printed on Tuesday.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta

from omsdesk.domain.body import from_json
from omsdesk.domain.catalogue import PricesSet, ProductEdit, ProductsSaved
from omsdesk.domain.messages import Event, UnknownEvent
from omsdesk.domain.pricing import is_valid
from omsdesk.domain.records import record
from omsdesk.domain.values import ONE, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.journal import unpack
from omsdesk.store.queries.till import full_name, price_lists
from omsdesk.store.sql import Statements

_sql = Statements("labels")

NEW, PRICE, NAME, BARCODE = "new", "price", "name", "barcode"
"""What can be different about a product, in the order in which it is told."""
_ORDER = (NEW, PRICE, NAME, BARCODE)


@record
class Named:
    """A product that is sold, and what is different about it."""

    product: str
    name: str
    sku: str
    category: str
    changes: tuple[str, ...] = ()


@record
class _Moment:
    """When something became known here; ``position`` is 0 for what a date alone brings."""

    position: int
    utc_ms: int


def named(connection: Connection, products: Iterable[str]) -> list[Named]:
    """Name products in the order in which they are given; what is not sold any more is left out."""
    ids = list(products)
    rows = connection.rows(_sql.NAMED, ids=json.dumps(ids))
    found = {row[0]: Named(row[0], full_name(row[1], row[2]), row[3], row[4]) for row in rows}
    return [found[id] for id in ids if id in found]


def last_printed(connection: Connection) -> int | None:
    """When labels were asked for here last, in milliseconds UTC; None where never."""
    found = connection.value(_sql.LAST_PRINTED)
    return None if found is None else int(found)


def out_of_date(connection: Connection, since: str, now: Stamp) -> list[Named]:
    """List the products whose labels are out of date by what became known since a day (ISO 8601), by category.

    Reads the journal since then: not for the thread that paints.
    """
    start = _start_of(since, now)
    after = int(connection.value(_sql.LAST_BEFORE, ms=start) or 0)
    printed = _printed(connection, after)
    found: dict[str, set[str]] = {}
    for product, what, at in _changes(connection, after, since, now):
        label = printed.get(product)
        is_old = label is None or (label.position < at.position if at.position else label.utc_ms < at.utc_ms)
        if is_old:
            found.setdefault(product, set()).update(what)
    rows = sorted(named(connection, found), key=lambda row: (row.category.casefold(), row.name.casefold()))
    return [
        Named(row.product, row.name, row.sku, row.category, tuple(filter(found[row.product].__contains__, _ORDER)))
        for row in rows
    ]


def _start_of(day: str, now: Stamp) -> int:
    """Give the moment at which a day begins by the shop's clock, in milliseconds UTC."""
    begin = datetime.combine(date.fromisoformat(day), datetime.min.time(), UTC)
    return int(begin.timestamp() * 1000) - now.offset_minutes * 60_000


def _printed(connection: Connection, after: int) -> dict[str, _Moment]:
    """When labels of each product were asked for last."""
    found: dict[str, _Moment] = {}
    for position, utc_ms, rows in sorted(connection.rows(_sql.PRINTED, after=after)):
        found |= {row["product"]: _Moment(position, utc_ms) for row in json.loads(rows) if "product" in row}
    return found


def _changes(connection: Connection, after: int, since: str, now: Stamp) -> Iterator[tuple[str, set[str], _Moment]]:
    """Give every change that became known after a position, and every price that began or ended by its date."""
    given = {row.id for row in price_lists(connection) if row.is_given}
    for position, kind, version, body in connection.each(_sql.CHANGES, after=after):
        with suppress(UnknownEvent):
            for product, what in _said(from_json(kind, version, unpack(body)), given, now.day):
                yield product, what, _Moment(position, 0)
    before = (date.fromisoformat(since) - timedelta(days=1)).isoformat()
    for product, begins, ends in connection.rows(_sql.DATED, since=since, before=before, day=now.day):
        yield product, {PRICE}, _Moment(0, max(_begun(begins, now), _over(ends, now)))


def _begun(day: str, now: Stamp) -> int:
    return _start_of(day, now) if day and day <= now.day else 0


def _over(day: str, now: Stamp) -> int:
    return _begun((date.fromisoformat(day) + timedelta(days=1)).isoformat(), now) if day else 0


def _said(fact: Event, given: set[str], day: str) -> Iterator[tuple[str, set[str]]]:
    match fact:
        case ProductsSaved():
            for edit in fact.edits:
                what = _of_edit(edit)
                if what:
                    yield edit.product, what
        case PricesSet() if fact.price_list.id not in given:
            for row in fact.rows:
                # What begins later is told by its date.
                if row.from_quantity <= ONE and is_valid(row.valid_from, row.valid_to, day):
                    yield row.product, {PRICE}


def _of_edit(edit: ProductEdit) -> set[str]:
    if not edit.generation and edit.name is not None:
        return {NEW}
    said = ((PRICE, edit.price), (NAME, edit.name), (NAME, edit.variant), (BARCODE, edit.barcodes))
    return {what for what, value in said if value is not None}
