"""The shop, its tills and people, as they were said last."""

from __future__ import annotations

import json
from dataclasses import replace

from omsdesk.domain.body import from_body
from omsdesk.domain.people import Person, SavePerson, SignIn
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.domain.shop import SaveShop, SaveTill, Shop, Till
from tests.domain.corner_shop import SHOP, TILL
from tests.store.projections.conftest import Rows
from tests.store.station import PEOPLE, Station


def test_a_shop_is_kept_whole(till: Station, rows: Rows) -> None:
    changed = replace(SHOP, name="Café “Zum Eck”", address=("High Street 1", "Ŵrecsam"))
    till.do(SaveShop(changed))
    ((body,),) = rows("SELECT body FROM shop")
    assert from_body(Shop, json.loads(body)) == changed


def test_a_shop_brings_its_price_lists(till: Station, rows: Rows) -> None:
    assert rows("SELECT id, name, priority FROM price_list") == [(RETAIL, "Retail", 0)]
    lists = (PriceList(RETAIL, "Shelf"), PriceList("club", "Club", 3, "2026-01-01", "2026-12-31"))
    till.do(SaveShop(replace(SHOP, price_lists=lists)))
    assert rows("SELECT * FROM price_list ORDER BY priority") == [
        (RETAIL, "Shelf", 0, "", "", 0, 0),
        ("club", "Club", 3, "2026-01-01", "2026-12-31", 0, 0),
    ]


def test_a_till_is_kept_with_its_shop(till: Station, rows: Rows) -> None:
    door = replace(TILL, name="By the door", is_training=True)
    till.do(SaveTill(door))
    found = {id: from_body(Till, json.loads(body)) for id, body in rows("SELECT id, body FROM till WHERE shop = 's1'")}
    assert found["t1"] == door
    assert set(found) == {"t1", "t2"}


def test_a_person_is_kept_and_can_leave(till: Station, rows: Rows) -> None:
    gone = replace(PEOPLE[3], name="Cara C.", is_active=False)
    till.do(SavePerson(gone))
    ((name, is_active, body),) = rows("SELECT name, is_active, body FROM person WHERE id = 'cara'")
    assert (name, is_active) == ("Cara C.", 0)
    assert from_body(Person, json.loads(body)) == gone


def test_a_till_knows_who_stood_there_last(till: Station, rows: Rows) -> None:
    till.do(SignIn("t1", "cara"), SignIn("t2", "max"))
    till.do(SignIn("t1", "sue"))
    assert rows("SELECT till, person FROM signed_in ORDER BY till") == [("t1", "sue"), ("t2", "max")]
    assert rows("SELECT utc_ms FROM signed_in WHERE till = 't1'") == [(till.clock.moment.utc_ms,)]
