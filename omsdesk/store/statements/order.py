"""Orders."""

from __future__ import annotations

from sqlalchemy import and_, bindparam, delete, func, select
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.account import account
from omsdesk.store.tables.customer import customer
from omsdesk.store.tables.journal import journal
from omsdesk.store.tables.order import order_word, reservation, shop_order

# ---- writing

_order = insert(shop_order).values({column.name: bindparam(column.name) for column in shop_order.c})
SAVE = _order.on_conflict_do_update(
    index_elements=["id"],
    set_={column.name: _order.excluded[column.name] for column in shop_order.c if column.name != "id"},
)
CLEAR_WORDS = delete(order_word).where(order_word.c.shop_order == bindparam("id"))
IS_FORGOTTEN = select(customer.c.is_forgotten).where(customer.c.id == bindparam("id"))
IDS_OF_PARTY = select(shop_order.c.id).where(shop_order.c.party == bindparam("party"), shop_order.c.party != "")
ADD_WORD = insert(order_word)
CLEAR_RESERVED = delete(reservation).where(reservation.c.shop_order == bindparam("id"))
RESERVE = insert(reservation)

# ---- reading

_PREFIX = "deposit:"
_BALANCE = func.coalesce(account.c.balance, 0)
_HELD = shop_order.outerjoin(account, account.c.id == _PREFIX + shop_order.c.id)
ORIGIN = select(journal.c.origin).where(journal.c.position == bindparam("position"))
BODY = select(shop_order.c.body).where(shop_order.c.id == bindparam("id"))
_ROW = select(shop_order.c.body, _BALANCE).select_from(_HELD)
ONE = _ROW.where(shop_order.c.id == bindparam("id"))
BY_NUMBER = _ROW.where(shop_order.c.number == bindparam("number"), shop_order.c.is_known == 1).order_by(
    shop_order.c.placed_ms, shop_order.c.id
)
_WITH_MONEY = select(func.substr(account.c.id, len(_PREFIX) + 1)).where(
    account.c.kind == "deposit", account.c.balance != 0
)
OPEN = (
    _ROW.where(
        shop_order.c.id.in_(select(shop_order.c.id).where(shop_order.c.is_open == 1).union(_WITH_MONEY)),
        shop_order.c.is_known == 1,
    )
    .order_by(shop_order.c.placed_ms.desc(), shop_order.c.id.desc())
    .limit(bindparam("most"))
)
NEWEST = (
    _ROW.where(shop_order.c.is_known == 1)
    .order_by(shop_order.c.placed_ms.desc(), shop_order.c.id.desc())
    .limit(bindparam("most"))
)
OPEN_COUNT = select(func.count()).where(
    shop_order.c.is_open == 1, shop_order.c.is_known == 1, shop_order.c.purpose != "quotation"
)
OF_PARTY = (
    _ROW.where(shop_order.c.party == bindparam("party"), shop_order.c.party != "", shop_order.c.is_known == 1)
    .order_by(shop_order.c.placed_ms.desc(), shop_order.c.id.desc())
    .limit(bindparam("most"))
)
_asked = func.json_each(bindparam("words")).table_valued("key", "value")
_BEGINS = and_(order_word.c.word >= _asked.c.value, order_word.c.word < _asked.c.value.concat("\U0010ffff"))
WITH_WORDS = (
    _ROW.where(
        shop_order.c.id.in_(
            select(order_word.c.shop_order)
            .select_from(_asked.join(order_word, _BEGINS))
            .group_by(order_word.c.shop_order)
            .having(func.count(_asked.c.key.distinct()) >= bindparam("least"))
        ),
        shop_order.c.is_known == 1,
    )
    .order_by(shop_order.c.is_open.desc(), shop_order.c.placed_ms.desc(), shop_order.c.id.desc())
    .limit(bindparam("most"))
)
"""Those of so many of the words that somebody asks for, by their beginnings."""
RESERVED = select(func.coalesce(func.sum(reservation.c.quantity), 0)).where(
    reservation.c.product == bindparam("product"), reservation.c.place == bindparam("place")
)
KEPT = (
    select(reservation.c.product, func.sum(reservation.c.quantity))
    .where(reservation.c.place == bindparam("place"))
    .group_by(reservation.c.product)
)
KEPT_FOR = (
    select(shop_order.c.id, reservation.c.quantity)
    .join(shop_order, and_(shop_order.c.id == reservation.c.shop_order))
    .where(reservation.c.product == bindparam("product"), reservation.c.place == bindparam("place"))
    .order_by(shop_order.c.placed_ms, shop_order.c.id)
)
