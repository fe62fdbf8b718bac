"""What a person has to settle: fields that two stations gave different values, barcodes and codes that two have."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Any

from omsdesk.domain.body import from_body, to_body
from omsdesk.domain.catalogue import PRICE, PriceRow, ProductEdit, price_place
from omsdesk.domain.customer import Customer
from omsdesk.domain.messages import Json
from omsdesk.domain.pricing import PriceList
from omsdesk.domain.rights import Rule
from omsdesk.domain.shop import Till, shared_codes
from omsdesk.domain.values import Money, Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries.catalogue import claims, product_as_edit
from omsdesk.store.queries.field_writes import NOUNS, Whole, revisions, whole
from omsdesk.store.queries.till import full_name, person, price_lists, shop_of, tills
from omsdesk.store.sql import Statements

_sql = Statements("conflicts")
_shop = Statements("shop")
_WHOLE: dict[str, type[Whole]] = {noun: kind for kind, noun in NOUNS.items()}

Subject = ProductEdit | PriceList | Whole


@dataclass(frozen=True, slots=True)
class Said:
    """One of the values, and whose word it is. Of what a product was made with, nobody noted that."""

    value: Any
    author: str = ""
    """The name of whoever said it."""
    at: Stamp | None = None
    station: str = ""
    """The device it was said at."""


@dataclass(frozen=True, slots=True)
class Conflict:
    """A field with several values, the one that is shown meanwhile first.

    The noun ``barcode`` is a code that several products have: its values are their ids. The noun ``till_code`` is the
    beginning of the receipt numbers of several tills, and its values are the ids of these.
    """

    noun: str
    subject: str
    field: str
    name: str
    """What the subject is called."""
    values: tuple[Said, ...]
    base: int
    """The revision of the subject that shows these values."""
    about: tuple[Subject, ...]
    """What it is about, as it stands; of a price also its list, of a barcode every product that has it, of the code of
    a till all tills that there are, of a role the shop in whose money its limits are."""
    bases: tuple[int, ...] = ()
    """The revisions of the tills that a code is about."""


def conflict_count(connection: Connection) -> int:
    """Count what is to be settled."""
    return int(connection.value(_sql.COUNT))


def conflicts(connection: Connection, most: int = 200) -> list[Conflict]:
    """List what is to be settled, the first ``most`` of it, as of one moment."""
    with connection.snapshot():
        return [_conflict(connection, *row) for row in connection.rows(_sql.OPEN, most=most)]


def _conflict(connection: Connection, noun: str, subject: str, field: str) -> Conflict:
    if noun == "barcode":
        return _shared_barcode(connection, subject, field)
    if noun == "till_code":
        return _shared_till_code(connection, subject, field)
    about, base = _about(connection, noun, subject, field)
    values = tuple(
        Said(_typed(noun, subject, field, json.loads(value), about), *_whose(connection, *author))
        for value, *author in connection.rows(_sql.VALUES, noun=noun, subject=subject, field=field)
    )
    return Conflict(noun, subject, field, _name(noun, about, subject), values, base, about)


def _shared_barcode(connection: Connection, code: str, field: str) -> Conflict:
    products = claims(connection, [code]).get(code, [])
    about = tuple(found for found in (product_as_edit(connection, product) for product in products) if found)
    values = tuple(_claim(connection, edit.product, code) for edit in about)
    return Conflict("barcode", code, field, code, values, 0, about)


def _shared_till_code(connection: Connection, code: str, field: str) -> Conflict:
    known = revisions(connection, Till)
    about = tuple(tills(connection))
    values = []
    for till in shared_codes(about).get(code, ()):
        written = connection.row(_sql.VALUES, noun="till", subject=till.id, field="code")
        values.append(Said(till.id, *_whose(connection, *written[1:])) if written else Said(till.id))
    return Conflict("till_code", code, field, code, tuple(values), 0, about, tuple(known[till.id] for till in about))


def _claim(connection: Connection, product: str, code: str) -> Said:
    for value, *author in connection.rows(_sql.VALUES, noun="product", subject=product, field="barcodes"):
        if any(pack["code"] == code for pack in json.loads(value)):
            return Said(product, *_whose(connection, *author))
    return Said(product)


def _whose(connection: Connection, actor: str, utc_ms: int, offset: int, origin: str) -> tuple[str, Stamp, str]:
    who = person(connection, actor)
    return who.name if who else actor, Stamp(utc_ms, offset), origin


def _about(connection: Connection, noun: str, subject: str, field: str) -> tuple[tuple[Subject, ...], int]:
    if noun in _WHOLE:
        known = whole(connection, _WHOLE[noun], subject)
        return ((known[0],), known[1]) if known else ((), 0)
    if noun == "role":
        shop, row = shop_of(connection, ""), connection.row(_shop.ROLE_ROW, id=subject)
        return (shop,) if shop else (), row[1] if row else 0
    if noun == "price_list":
        return tuple(row for row in price_lists(connection) if row.id == subject), 0
    edit = product_as_edit(connection, subject)
    list_id = price_place(field)[0] if field.startswith(PRICE) else ""
    lists = tuple(row for row in price_lists(connection) if row.id == list_id)
    return ((edit,) if edit else ()) + lists, edit.base if edit else 0


def _name(noun: str, about: tuple[Subject, ...], subject: str) -> str:
    if noun == "role":
        return subject.capitalize()
    known = next(iter(about), None)
    if isinstance(known, ProductEdit):
        return full_name(known.name or "", known.variant or "")
    if isinstance(known, Customer):
        return known.title
    return known.name if known else subject


def _typed(noun: str, subject: str, field: str, value: Any, about: tuple[Subject, ...]) -> Any:
    """Give a value as the domain knows it."""
    if noun == "price_list":
        return from_body(PriceList, value)
    if noun == "role":
        return from_body(Rule, value)
    if noun in _WHOLE and about:
        body: dict[str, Json] = {**to_body(about[0]), field: value}
        return getattr(from_body(_WHOLE[noun], {name: said for name, said in body.items() if said is not None}), field)
    if field.startswith(PRICE):
        minor, currency, valid_to = value
        _, from_quantity, valid_from = price_place(field)
        return PriceRow(subject, Money(minor, currency), from_quantity, valid_from, valid_to)
    return getattr(from_body(ProductEdit, {"product": subject, field: value}), field)
