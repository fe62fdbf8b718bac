"""The shop, its tills, people and roles."""

from __future__ import annotations

from sqlalchemy import bindparam, func, select
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.shop import counter, person, role, shop, signed_in, till

_shop = insert(shop)
SAVE_SHOP = _shop.on_conflict_do_update(
    index_elements=["id"], set_={"body": _shop.excluded.body, "revision": _shop.excluded.revision}
)

_till = insert(till)
SAVE_TILL = _till.on_conflict_do_update(
    index_elements=["id"],
    set_={"shop": _till.excluded.shop, "body": _till.excluded.body, "revision": _till.excluded.revision},
)

_person = insert(person)
SAVE_PERSON = _person.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _person.excluded[name] for name in ("name", "is_active", "body", "revision")},
)

_role = insert(role)
SAVE_ROLE = _role.on_conflict_do_update(
    index_elements=["id"], set_={"body": _role.excluded.body, "revision": _role.excluded.revision}
)
ROLE = select(role.c.body).where(role.c.id == bindparam("id"))

_signed_in = insert(signed_in)
SIGN_IN = _signed_in.on_conflict_do_update(
    index_elements=["till"], set_={"person": _signed_in.excluded.person, "utc_ms": _signed_in.excluded.utc_ms}
)

_counter = insert(counter)
COUNT_UP = _counter.on_conflict_do_update(
    index_elements=["series"], set_={"last": func.max(counter.c.last, _counter.excluded.last)}
)

ALL_SERIES = select(counter.c.series)

LAST_COUNT = select(counter.c.last).where(counter.c.series == bindparam("series"))

SHOP_ROW, TILL_ROW, PERSON_ROW, ROLE_ROW = (
    select(table.c.body, table.c.revision).where(table.c.id == bindparam("id")) for table in (shop, till, person, role)
)
SHOP_REVISIONS, TILL_REVISIONS, PERSON_REVISIONS, ROLE_REVISIONS = (
    select(table.c.id, table.c.revision) for table in (shop, till, person, role)
)

SHOP = select(shop.c.body).order_by(shop.c.id).limit(1)
SHOP_NAME = select(func.json_extract(shop.c.body, "$.name")).where(shop.c.id == bindparam("id"))
SHOP_IDS = select(shop.c.id).order_by(shop.c.id)
SHOP_OF_TILL = select(shop.c.body).join(till, till.c.shop == shop.c.id).where(till.c.id == bindparam("till"))
TILL = select(till.c.body).where(till.c.id == bindparam("till"))
TILLS = select(till.c.body).order_by(till.c.id)
PERSON = select(person.c.body).where(person.c.id == bindparam("person"))
PEOPLE = select(person.c.body).where(person.c.is_active == 1).order_by(person.c.name)
WHO_IS_AT = (
    select(person.c.body)
    .join(signed_in, signed_in.c.person == person.c.id)
    .where(signed_in.c.till == bindparam("till"))
)
