"""The shop, its tills and people, as rows."""

from __future__ import annotations

import json

from omsdesk.domain.body import to_body
from omsdesk.domain.people import PersonSaved, SignedIn
from omsdesk.domain.shop import ShopSaved, TillSaved
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.catalogue import save_price_list
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("shop")


@on(ShopSaved)
def shop_saved(connection: Connection, _: Entry, fact: ShopSaved) -> None:
    """Keep the shop as it was said last."""
    connection.run(_sql.SAVE_SHOP, id=fact.id, body=_json(fact.shop))
    for price_list in fact.shop.price_lists:
        save_price_list(connection, price_list)


@on(TillSaved)
def till_saved(connection: Connection, _: Entry, fact: TillSaved) -> None:
    """Keep the till as it was said last."""
    connection.run(_sql.SAVE_TILL, id=fact.id, shop=fact.till.shop, body=_json(fact.till))


@on(PersonSaved)
def person_saved(connection: Connection, _: Entry, fact: PersonSaved) -> None:
    """Keep a person as they were said last."""
    connection.run(
        _sql.SAVE_PERSON,
        id=fact.id,
        name=fact.person.name,
        is_active=int(fact.person.is_active),
        body=_json(fact.person),
    )


@on(SignedIn)
def signed_in(connection: Connection, entry: Entry, fact: SignedIn) -> None:
    """Keep who stands at a till."""
    connection.run(_sql.SIGN_IN, till=fact.till, person=fact.person, utc_ms=entry.stamp.utc_ms)


def _json(value: object) -> str:
    return json.dumps(to_body(value), ensure_ascii=False, separators=(",", ":"))
