"""The shop, its tills and people, as rows."""

from __future__ import annotations

import json
from typing import NamedTuple, TypeVar

from omsdesk.domain.body import from_body, to_body
from omsdesk.domain.field_write import Seen
from omsdesk.domain.messages import Json
from omsdesk.domain.people import Person, PersonSaved, SignedIn
from omsdesk.domain.shop import Shop, ShopSaved, Till, TillSaved, shared_codes
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.catalogue import save_price_lists
from omsdesk.store.projections.field_write import FieldWrites
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("shop")
_conflicts = Statements("field_write")
CODE_NOUN, CODE_FIELD = "till_code", "till"
"""What a code that several tills have is called among the conflicts."""
_Whole = TypeVar("_Whole", Shop, Till, Person)


class _Row(NamedTuple):
    """What the tables of all three share."""

    id: str
    body: str
    revision: int


@on(ShopSaved)
def shop_saved(connection: Connection, entry: Entry, fact: ShopSaved) -> None:
    """Keep the shop as it is by everything that was said of it."""
    found = _merge(connection, entry, "shop", _sql.SHOP_ROW, fact, fact.shop)
    if found:
        shop, row = found
        connection.run(_sql.SAVE_SHOP, **row._asdict())
        save_price_lists(connection, entry, shop.price_lists)


@on(TillSaved)
def till_saved(connection: Connection, entry: Entry, fact: TillSaved) -> None:
    """Keep the till as it is by everything that was said of it."""
    found = _merge(connection, entry, "till", _sql.TILL_ROW, fact, fact.till)
    if found:
        till, row = found
        connection.run(_sql.SAVE_TILL, shop=till.shop, **row._asdict())
        _note_shared_codes(connection)


def _note_shared_codes(connection: Connection) -> None:
    """Note the codes that two stations gave to two tills, and those that are settled."""
    tills = (from_body(Till, json.loads(body)) for (body,) in connection.rows(_sql.TILLS))
    shared = set(shared_codes(tills))
    noted = {code for (code,) in connection.rows(_conflicts.CONFLICTS_OF, noun=CODE_NOUN)}
    for statement, codes in ((_conflicts.OPEN_CONFLICT, shared - noted), (_conflicts.CLOSE_CONFLICT, noted - shared)):
        connection.many(statement, [{"noun": CODE_NOUN, "subject": c, "field": CODE_FIELD} for c in sorted(codes)])


@on(PersonSaved)
def person_saved(connection: Connection, entry: Entry, fact: PersonSaved) -> None:
    """Keep a person as they are by everything that was said of them."""
    found = _merge(connection, entry, "person", _sql.PERSON_ROW, fact, fact.person)
    if found:
        person, row = found
        connection.run(_sql.SAVE_PERSON, name=person.name, is_active=int(person.is_active), **row._asdict())


@on(SignedIn)
def signed_in(connection: Connection, entry: Entry, fact: SignedIn) -> None:
    """Keep who stands at a till."""
    connection.run(_sql.SIGN_IN, till=fact.till, person=fact.person, utc_ms=entry.stamp.utc_ms)


def _merge(
    connection: Connection, entry: Entry, noun: str, question: str, fact: ShopSaved | TillSaved | PersonSaved,
    said: _Whole,
) -> tuple[_Whole, _Row] | None:  # fmt: skip
    """Merge what was said into what is known; nothing yet where the first that was said is still to be heard.

    A field that holds its default stands as null among the writes, and is left out of bodies.
    """
    writes = FieldWrites(connection, noun, entry, {fact.id})
    body: dict[str, Json] = to_body(said)
    known = connection.row(question, id=fact.id)
    revision: int = known[1] if known else 1
    if not fact.generation:
        body |= writes.begin(fact.id)
        writes.save()
    else:
        revision = revision + 1 if known else 0
        shown = writes.take(
            fact.id, Seen(fact.saw, fact.generation), {name: body.get(name) for name in fact.said}, revision
        )
        writes.save()
        if not known:
            return None
        body = json.loads(known[0]) | shown
    whole = from_body(type(said), {name: value for name, value in body.items() if value is not None})
    return whole, _Row(fact.id, json.dumps(to_body(whole), ensure_ascii=False, separators=(",", ":")), revision)
