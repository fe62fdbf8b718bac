"""Customers: how they are written and found."""

from __future__ import annotations

from sqlalchemy import bindparam, delete, func, literal, select, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.customer import customer, customer_group, customer_key
from omsdesk.store.tables.field_write import field_conflict, field_write
from omsdesk.store.tables.sale import sale
from omsdesk.store.tables.search_rows import SHELF

# ---- writing

LAST_NO = select(func.max(customer.c.no))
KNOWN = select(customer.c.no, customer.c.body, customer.c.visits, customer.c.is_forgotten).where(
    customer.c.id == bindparam("id")
)
_customer = insert(customer).values({column.name: bindparam(column.name) for column in customer.c})
SAVE = _customer.on_conflict_do_update(
    index_elements=["no"],
    set_={name: _customer.excluded[name] for name in ("body", "revision", "card", "is_active", "is_forgotten")},
)
ADD_KEY = insert(customer_key).on_conflict_do_nothing()
DROP_KEY = delete(customer_key).where(
    customer_key.c.key == bindparam("key"), customer_key.c.customer_no == bindparam("customer_no")
)
INDEX_WORDS = "INSERT INTO customer_search(rowid, words) VALUES (:row, :words)"
FORGET_WORDS = "INSERT INTO customer_search(customer_search, rowid, words) VALUES ('delete', :row, :words)"

_group = insert(customer_group)
SAVE_GROUP = _group.on_conflict_do_update(
    index_elements=["id"], set_={"body": _group.excluded.body, "revision": _group.excluded.revision}
)

FORGET_WRITES, FORGET_CONFLICTS = (
    delete(table).where(table.c.noun == "customer", table.c.subject == bindparam("id"))
    for table in (field_write, field_conflict)
)

COUNT_VISIT = (
    update(customer)
    .values(visits=customer.c.visits + 1)
    .where(customer.c.id == bindparam("id"))
    .returning(customer.c.no, customer.c.visits, customer.c.body)
)
EARLY_VISITS = (
    select(func.count())
    .select_from(sale)
    .where(sale.c.customer == bindparam("id"), sale.c.customer != "", sale.c.is_training == 0)
)

# ---- reading

CUSTOMER_ROW, GROUP_ROW = (
    select(table.c.body, table.c.revision).where(table.c.id == bindparam("id")) for table in (customer, customer_group)
)
GROUPS = select(customer_group.c.body).order_by(customer_group.c.id)
IDS_OF_CARD = (
    select(customer.c.id)
    .where(customer.c.card == bindparam("card"), customer.c.card != "", customer.c.is_active == 1)
    .order_by(customer.c.id)
)

_LISTED = (customer.c.no, customer.c.body, customer.c.revision, customer.c.visits)
# The name alone is what many candidates are ranked by: few of their bodies are ever read.
_FOUND = (*_LISTED, func.coalesce(func.json_extract(customer.c.body, literal("$.name")), literal("")))

# SQLAlchemy has no word for MATCH on a virtual table.
BY_WORDS = f"""
SELECT {", ".join(column.name for column in _LISTED)}, coalesce(json_extract(body, '$.name'), '')
FROM customer_search CROSS JOIN customer ON customer.no = (customer_search.rowid & {SHELF - 1})
WHERE customer_search MATCH :expression AND customer_search.rowid < {SHELF}
LIMIT :most
"""  # noqa: S608 - made of names and numbers of this package

_keyed = (
    select(customer_key.c.customer_no)
    .where(customer_key.c.key >= bindparam("low"), customer_key.c.key < bindparam("high"))
    .limit(bindparam("most"))
    .subquery()
)
BY_KEY = select(*_FOUND).join(_keyed, _keyed.c.customer_no == customer.c.no).where(customer.c.is_active == 1)
UP_TO = (
    select(*_LISTED).where(customer.c.no <= bindparam("top")).order_by(customer.c.no.desc()).limit(bindparam("most"))
)

# ---- what they bought

_THEIRS = (sale.c.customer == bindparam("customer"), sale.c.customer != "", sale.c.completed_ms.is_not(None))
RECEIPTS_OF = (
    select(
        sale.c.id, sale.c.number, sale.c.completed_ms, sale.c.item_count, sale.c.total, sale.c.currency,
        sale.c.is_double, sale.c.till,
    )
    .where(*_THEIRS, sale.c.is_training == 0)
    .order_by(sale.c.completed_ms.desc(), sale.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
TURNOVER_OF = (
    select(sale.c.currency, func.count(), func.sum(sale.c.total - sale.c.loaded))
    .where(*_THEIRS, sale.c.is_training == 0)
    .group_by(sale.c.currency)
    .order_by(sale.c.currency)
)
