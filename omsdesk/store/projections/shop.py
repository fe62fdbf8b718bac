"""The shop, its tills and people, as rows."""

from __future__ import annotations

import json

from omsdesk.domain.body import from_body
from omsdesk.domain.people import PersonSaved, SignedIn
from omsdesk.domain.shop import ShopSaved, Till, TillSaved, shared_codes
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.catalogue import save_price_lists
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.whole import merge
from omsdesk.store.sql import Statements

_sql = Statements("shop")
_conflicts = Statements("field_write")
CODE_NOUN, CODE_FIELD = "till_code", "till"
"""What a code that several tills have is called among the conflicts."""


@on(ShopSaved)
def shop_saved(connection: Connection, entry: Entry, fact: ShopSaved) -> None:
    """Keep the shop as it is by everything that was said of it."""
    found = merge(connection, entry, "shop", _sql.SHOP_ROW, fact, fact.shop)
    if found:
        shop, row = found
        connection.run(_sql.SAVE_SHOP, **row._asdict())
        save_price_lists(connection, entry, shop.price_lists)


@on(TillSaved)
def till_saved(connection: Connection, entry: Entry, fact: TillSaved) -> None:
    """Keep the till as it is by everything that was said of it."""
    found = merge(connection, entry, "till", _sql.TILL_ROW, fact, fact.till)
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
    found = merge(connection, entry, "person", _sql.PERSON_ROW, fact, fact.person)
    if found:
        person, row = found
        connection.run(_sql.SAVE_PERSON, name=person.name, is_active=int(person.is_active), **row._asdict())


@on(SignedIn)
def signed_in(connection: Connection, entry: Entry, fact: SignedIn) -> None:
    """Keep who stands at a till."""
    connection.run(_sql.SIGN_IN, till=fact.till, person=fact.person, utc_ms=entry.stamp.utc_ms)
