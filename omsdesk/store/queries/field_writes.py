"""What an edit of master data was made from: the writes that its author had before them."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any, NamedTuple

from omsdesk.domain.body import from_body
from omsdesk.domain.customer import Customer, CustomerGroup
from omsdesk.domain.field_write import Seen
from omsdesk.domain.label_design import LabelDesign
from omsdesk.domain.people import Person
from omsdesk.domain.promotion import Promotion
from omsdesk.domain.shop import Shop, Till
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.queries import catalogue
from omsdesk.store.sql import Statements

_sql = Statements("field_write")
_shop = Statements("shop")
_customer = Statements("customer")
_promotion = Statements("promotion")
_label_design = Statements("label_design")

Whole = Shop | Till | Person | Customer | CustomerGroup | Promotion | LabelDesign
"""What is kept whole, as one body."""

NOUNS: dict[type[Whole], str] = {
    Shop: "shop", Till: "till", Person: "person", Customer: "customer", CustomerGroup: "customer_group",
    Promotion: "promotion", LabelDesign: "label_design",
}  # fmt: skip
"""What those are called among the writes."""


def _row_question(kind: type[Any]) -> str:
    match NOUNS[kind]:
        case "shop":
            return _shop.SHOP_ROW
        case "till":
            return _shop.TILL_ROW
        case "person":
            return _shop.PERSON_ROW
        case "customer":
            return _customer.CUSTOMER_ROW
        case "promotion":
            return _promotion.ROW
        case "label_design":
            return _label_design.ROW
    return _customer.GROUP_ROW


class Held(NamedTuple):
    """A write, and from and until which revision of its subject it was what holds."""

    field: str
    ref: str
    generation: int
    since: int
    until: int | None


def writes_of(connection: Connection, noun: str, subjects: Iterable[str], after: int) -> dict[str, list[Held]]:
    """Read what was written into subjects and held after a revision, of what was heard."""
    found: dict[str, list[Held]] = {}
    for subject, *row in connection.rows(_sql.HEARD, noun=noun, subjects=json.dumps(list(subjects)), after=after):
        found.setdefault(subject, []).append(Held(*row))
    return found


def seen_at(writes: Iterable[Held], fields: Iterable[str], revision: int) -> Seen:
    """Tell what somebody saw of these fields who had a revision before them, and the generation of what they say."""
    wanted = frozenset(fields)
    rows = [
        row
        for row in writes
        if row.field in wanted and row.since <= revision and (row.until is None or row.until > revision)
    ]
    return Seen(tuple(sorted({row.ref for row in rows})), 1 + max((row.generation for row in rows), default=0))


def seen_now(connection: Connection, noun: str, subject: str, fields: Iterable[str]) -> Seen:
    """Tell what is seen by somebody who looks now."""
    writes = [row for row in writes_of(connection, noun, [subject], 0).get(subject, []) if row.until is None]
    return seen_at((row._replace(since=0) for row in writes), fields, 0)


def whole(connection: Connection, kind: type[Any], id: str) -> tuple[Any, int] | None:
    """Read what is kept whole, with its revision."""
    found = connection.row(_row_question(kind), id=id)
    return (from_body(kind, json.loads(found[0])), found[1]) if found else None


def revisions(connection: Connection, kind: type[Shop | Till | Person]) -> dict[str, int]:
    """Read the revisions of all shops, tills or people.

    Who shows them asks this first and for their fields after it: what arrives in between is then an edit not yet seen.
    """
    every = _shop.SHOP_REVISIONS if kind is Shop else _shop.TILL_REVISIONS if kind is Till else _shop.PERSON_REVISIONS
    return dict(connection.rows(every))


def left_at(connection: Connection, noun: str, subject: str, entries: Iterable[Entry]) -> int:
    """Tell which revision of a subject an action left behind: the one that taking it back begins from."""
    refs = json.dumps([entry.ref for entry in entries])
    left = connection.value(_sql.LEFT_AT, noun=noun, subject=subject, refs=refs)
    # Who made it, or changed nothing, has it before them as it is.
    return int(left or _revision(connection, noun, subject) or 0)


def _revision(connection: Connection, noun: str, subject: str) -> int | None:
    if noun == "product":
        return catalogue.revisions(connection, [subject]).get(subject)
    kind = next(kind for kind, name in NOUNS.items() if name == noun)
    found = connection.row(_row_question(kind), id=subject)
    return found[1] if found else None
