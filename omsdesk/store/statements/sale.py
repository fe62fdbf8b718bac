"""Tickets."""

from __future__ import annotations

from sqlalchemy import (
    ColumnElement,
    bindparam,
    case,
    exists,
    func,
    insert,
    null,
    or_,
    select,
    tuple_,
    union,
    union_all,
    update,
)
from sqlalchemy.dialects.sqlite import insert as upsert

from omsdesk.store.statements.other_store import not_heard
from omsdesk.store.tables import sale_places
from omsdesk.store.tables.catalogue import product
from omsdesk.store.tables.journal import journal, moved
from omsdesk.store.tables.other_store import told_refund, told_return
from omsdesk.store.tables.sale import (
    given_up,
    sale,
    sale_line,
    sale_place,
    sale_refund,
    sale_return,
    sale_tax,
    sale_tender,
)

# ---- writing

START = (
    upsert(sale)
    .values(
        {name: bindparam(name) for name in ("id", "till", "shift", "started_ms", "currency", "is_training", "cashier")}
    )
    .on_conflict_do_nothing()
)
_ONE = sale.c.id == bindparam("sale")


def _same(document: str) -> ColumnElement[bool]:
    """Match the rows of a document, however many there are of it."""
    low, high = bindparam(document).concat("~"), bindparam(document).concat("~~")
    return or_(sale.c.id == bindparam(document), sale.c.id.between(low, high))


LATE_START = update(sale).values(started_ms=bindparam("started_ms")).where(_same("id"))
LATE_HEAD = (
    update(sale)
    .values({name: bindparam(name) for name in ("shift", "cashier", "currency", "is_training")})
    .where(sale.c.id == bindparam("id"), sale.c.number.is_(None))
)
"""What is known of a ticket whose start was heard after something that came of it."""

_turn = upsert(sale).values(
    {
        name: bindparam(name)
        for name in ("id", "turn", "till", "is_voided", "held_as", "item_count", "total", "currency")
    }
)
_said = _turn.excluded
TURN = _turn.on_conflict_do_update(
    index_elements=["id"],
    set_={name: _said[name] for name in ("turn", "is_voided", "held_as", "item_count", "total")}
    | {name: func.coalesce(func.nullif(_said[name], ""), sale.c[name]) for name in ("till", "currency")},
    where=sale.c.number.is_(None)
    & (
        tuple_(
            _said.turn, -_said.is_voided, _said.till, func.coalesce(_said.held_as, ""), _said.item_count, _said.total
        )
        > tuple_(
            sale.c.turn, -sale.c.is_voided, sale.c.till, func.coalesce(sale.c.held_as, ""), sale.c.item_count,
            sale.c.total,
        )
    ),
)  # fmt: skip
"""What became of a ticket last: not what was heard last, but what has the greater turn. None is more than an end."""

_place = upsert(sale_place).values({name: bindparam(name) for name in ("sale", "till", "turn", "state")})
PLACE = _place.on_conflict_do_update(
    index_elements=["sale", "till"],
    set_={"turn": _place.excluded.turn, "state": _place.excluded.state},
    where=tuple_(_place.excluded.turn, _place.excluded.state) > tuple_(sale_place.c.turn, sale_place.c.state),
)

_DEED = ("utc_ms", "person", "product", "amount", "reason")
_give_up = upsert(given_up).values({name: bindparam(name) for name in ("sale", "line", *_DEED)})
GIVE_UP = _give_up.on_conflict_do_update(
    index_elements=["sale", "line"],
    set_={name: _give_up.excluded[name] for name in _DEED},
    where=tuple_(*(_give_up.excluded[name] for name in _DEED)) > tuple_(*(given_up.c[name] for name in _DEED)),
)
"""What was given up last is told, in whatever order it is heard."""

_COMPLETION = (
    "number", "completed_ms", "day", "item_count", "total", "shift", "cashier", "till", "currency", "is_training",
    "customer",
    "loaded",
)  # fmt: skip
COMPLETE = (
    update(sale)
    .values({name: bindparam(name) for name in _COMPLETION} | {"held_as": null(), "is_voided": 0, "turn": 0})
    .where(_ONE, sale.c.number.is_(None))
)
ONE_MORE = insert(sale).values(id=bindparam("row"), started_ms=bindparam("started_ms"))
STARTED = select(sale.c.started_ms).where(_ONE)
BEGUN_BY = select(sale.c.cashier).where(_ONE, sale.c.number.is_(None), sale.c.is_voided == 0)
ADD_LINE = insert(sale_line)
ADD_RETURN = insert(sale_return)
ADD_TENDER = insert(sale_tender)
ADD_REFUND = insert(sale_refund)
ADD_TAX = insert(sale_tax)

# ---- documents of one id

_HEAD = (sale.c.completed_ms, sale.c.till, sale.c.cashier, sale.c.total, sale.c.item_count, sale.c.shift)
SAME = select(sale.c.id).where(_same("document"))
MARK_DOUBLE = update(sale).values(is_double=1).where(_same("document"))
HEAD_OF = select(sale.c.number, *_HEAD).where(sale.c.id == bindparam("row"))
LINES_OF, TENDERS_OF, TAXES_OF = (
    select(*(column for column in table.c if column.name != "sale"))
    .where(table.c.sale == bindparam("row"))
    .order_by(table.c.position)
    for table in (sale_line, sale_tender, sale_tax)
)
RENAME = update(sale).values(id=bindparam("new")).where(sale.c.id == bindparam("row"))
RENAME_LINES, RENAME_RETURNS, RENAME_TENDERS, RENAME_REFUNDS, RENAME_TAXES = (
    update(table).values(sale=bindparam("new")).where(table.c.sale == bindparam("row"))
    for table in (sale_line, sale_return, sale_tender, sale_refund, sale_tax)
)

# ---- reading

_IS_UNFINISHED = (sale.c.number.is_(None), sale.c.is_voided == 0)
_AT = sale.c.till == bindparam("till")
_PLACED = sale_place.join(sale, sale.c.id == sale_place.c.sale)
_IN_WORK_OR_HELD = (sale_place.c.till == bindparam("till"), sale_place.c.state != sale_places.ENDED)

_unfinished = union(
    select(sale.c.id, sale.c.started_ms).where(_AT, *_IS_UNFINISHED, sale.c.is_training == 0),
    select(sale.c.id, sale.c.started_ms).select_from(_PLACED).where(*_IN_WORK_OR_HELD, sale.c.is_training == 0),
).subquery()
UNFINISHED_AT = select(_unfinished.c.id, _unfinished.c.started_ms).order_by(_unfinished.c.started_ms, _unfinished.c.id)
OPEN_AT = union_all(
    select(sale.c.id).where(_AT, *_IS_UNFINISHED, sale.c.held_as.is_(None)),
    select(sale_place.c.sale).where(*_IN_WORK_OR_HELD, sale_place.c.state == sale_places.OPEN),
)
HELD = (
    select(sale.c.id, sale.c.held_as, sale.c.item_count, sale.c.total, sale.c.currency, sale.c.started_ms, sale.c.till)
    .where(*_IS_UNFINISHED, sale.c.held_as.is_not(None))
    .order_by(sale.c.started_ms, sale.c.id)
)
HELD_COUNT = select(func.count()).select_from(sale).where(_AT, *_IS_UNFINISHED, sale.c.held_as.is_not(None))
_COMPLETED = (
    sale.c.id, sale.c.number, sale.c.completed_ms, sale.c.item_count, sale.c.total, sale.c.currency, sale.c.is_double,
    sale.c.till,
)  # fmt: skip
LAST_COMPLETED = (
    select(*_COMPLETED)
    .where(_AT, sale.c.completed_ms.is_not(None))
    .order_by(sale.c.completed_ms.desc())
    .limit(bindparam("most"))
)
BY_NUMBER = select(*_COMPLETED).where(sale.c.number == bindparam("number")).order_by(sale.c.completed_ms, sale.c.id)
COMPLETED_AS = select(*_COMPLETED).where(_same("document"), sale.c.completed_ms.is_not(None)).order_by(sale.c.number)
DOUBLES = select(*_COMPLETED).where(sale.c.is_double == 1).order_by(sale.c.completed_ms.desc()).limit(bindparam("most"))

DEEDS = (
    select(
        journal.c.position, journal.c.utc_ms, journal.c.offset_minutes, journal.c.actor, journal.c.kind,
        journal.c.version, journal.c.body,
        func.coalesce(
            select(moved.c.hash).where(moved.c.position == journal.c.position).correlate(journal).scalar_subquery(),
            journal.c.hash,
        ),
        journal.c.origin, journal.c.epoch, journal.c.number,
    )
    .where(journal.c.subject == bindparam("subject"), journal.c.position > bindparam("after"))
    .order_by(journal.c.position)
)  # fmt: skip
"""The entries of a document, each with where it stands in whose chain."""

IS_OWN_SERIES = (
    select(sale.c.id)
    .join(journal, journal.c.subject == sale.c.id)
    .where(
        # A counter follows a hyphen, and a full stop follows the hyphen: what is between them is of the series.
        sale.c.number.between(bindparam("series") + "-", bindparam("series") + "."),
        journal.c.kind == "sale.completed",
        journal.c.origin == bindparam("device"),
    )
    .limit(1)
)

_back = union_all(
    select(sale_return.c.quantity).where(sale_return.c.sold_line == bindparam("sold_line")),
    select(told_return.c.quantity).where(told_return.c.sold_line == bindparam("sold_line"), not_heard(told_return)),
).subquery()
CAME_BACK = select(func.coalesce(func.sum(_back.c.quantity), 0))
_given = union_all(
    select(sale_refund.c.method, sale_refund.c.amount).where(sale_refund.c.sold_sale == bindparam("sold_sale")),
    select(told_refund.c.method, told_refund.c.amount).where(
        told_refund.c.sold_sale == bindparam("sold_sale"), not_heard(told_refund)
    ),
).subquery()
GIVEN_BACK = select(_given.c.method, func.sum(_given.c.amount)).group_by(_given.c.method)

_is_back = exists().where(sale_line.c.sale == given_up.c.sale, sale_line.c.line == given_up.c.line)
_HAS_ENDED = or_(sale.c.number.is_not(None), sale.c.is_voided != 0)
_WITHIN = (
    given_up.c.utc_ms >= bindparam("since"),
    given_up.c.utc_ms < bindparam("until"),
    given_up.c.amount > 0,
    case((given_up.c.line == "", sale.c.is_voided == 1), else_=_HAS_ENDED & ~_is_back),
)
_ON = sale.c.id == given_up.c.sale
GIVEN_UP = (
    select(
        given_up.c.sale, given_up.c.line == "", sale.c.till, given_up.c.utc_ms, given_up.c.person,
        func.coalesce(product.c.name, ""), func.coalesce(product.c.variant, ""), given_up.c.amount, sale.c.currency,
        given_up.c.reason, func.coalesce(sale.c.number, ""), sale.c.is_training,
    )
    .join_from(given_up, sale, _ON)
    .outerjoin(product, product.c.id == given_up.c.product)
    .where(*_WITHIN, or_(bindparam("person") == "", given_up.c.person == bindparam("person")))
    .order_by(given_up.c.utc_ms.desc(), given_up.c.sale, given_up.c.line)
    .limit(bindparam("most"))
)  # fmt: skip
"""What was rung up and given up in a time, as far as its ticket has ended without it; with a person, by them."""
GIVEN_UP_BY = (
    select(given_up.c.person, func.sum(case((given_up.c.line == "", 1), else_=0)), func.count())
    .join_from(given_up, sale, _ON)
    .where(*_WITHIN)
    .group_by(given_up.c.person)
)
"""How many tickets somebody gave up, and how many lines and tickets together."""
