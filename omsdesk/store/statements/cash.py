"""Shifts and cash."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Text, bindparam, case, func, literal_column, or_, select, tuple_, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.cash import cash_movement, drawer_found_open, drawer_opening, shift, shift_sum
from omsdesk.store.tables.journal import journal
from omsdesk.store.tables.sale import sale

_HEAD = ("till", "opened_ms", "opened_by", "float_counted", "currency")
OPEN = insert(shift).values({name: bindparam(name) for name in ("id", *_HEAD)}).on_conflict_do_nothing()
_ONE = shift.c.id == bindparam("shift")


def _same(document: str, key: ColumnElement[str]) -> ColumnElement[bool]:
    """Match the rows of a document, however many there are of it."""
    low, high = bindparam(document).concat("~"), bindparam(document).concat("~~")
    return or_(key == bindparam(document), key.between(low, high))


LATE_OPEN = update(shift).values({name: bindparam(name) for name in _HEAD}).where(_same("id", shift.c.id))
"""What is known of a shift whose opening was heard after something that happened in it."""

CLOSE = (
    update(shift)
    .values(closed_ms=bindparam("closed_ms"), z_number=bindparam("z_number"))
    .where(_ONE, shift.c.closed_ms.is_(None))
)
SET_CLOSE = update(shift).values(closed_ms=bindparam("closed_ms"), z_number=bindparam("z_number")).where(_ONE)
CLOSES = select(shift.c.z_number, shift.c.closed_ms).where(_same("shift", shift.c.id), shift.c.closed_ms.is_not(None))
KNOW = insert(shift).values(id=bindparam("shift")).on_conflict_do_nothing()
_other = shift.alias()
ONE_MORE = (
    insert(shift)
    .from_select(
        ["id", *_HEAD],
        select(bindparam("row", type_=Text), *(_other.c[name] for name in _HEAD)).where(
            _other.c.id == bindparam("shift")
        ),
    )
    .on_conflict_do_nothing()
)
"""A row for one more close of a shift."""

_first = insert(shift).values(id=bindparam("shift"), first_number=bindparam("number"), last_number=bindparam("number"))
_number = _first.excluded.last_number


def _is_before(one: ColumnElement[str], other: ColumnElement[str]) -> ColumnElement[bool]:
    # Series and counters get longer as they go on: Z is before AA, and 999999 before 1000000.
    return tuple_(func.length(one), one) < tuple_(func.length(other), other)


NUMBER = _first.on_conflict_do_update(
    index_elements=["id"],
    set_={
        "first_number": case(
            (or_(shift.c.first_number == "", _is_before(_number, shift.c.first_number)), _number),
            else_=shift.c.first_number,
        ),
        "last_number": case((_is_before(shift.c.last_number, _number), _number), else_=shift.c.last_number),
    },
)

_sum = insert(shift_sum)
ADD_UP = _sum.on_conflict_do_update(
    index_elements=["shift", "measure", "key"],
    set_={
        "count": shift_sum.c.count + _sum.excluded.count,
        "amount": shift_sum.c.amount + _sum.excluded.amount,
        "base": shift_sum.c.base + _sum.excluded.base,
        "name": func.max(shift_sum.c.name, _sum.excluded.name),
    },
)
MOVE = (
    insert(cash_movement)
    .values({column.name: bindparam(column.name) for column in cash_movement.c})
    .on_conflict_do_nothing()
)
SAME_MOVES = select(cash_movement.c.id).where(_same("document", cash_movement.c.id))
CONTENT_OF_MOVE = select(*(column for column in cash_movement.c if column.name != "id")).where(
    cash_movement.c.id == bindparam("row")
)
RENAME_MOVE = update(cash_movement).values(id=bindparam("new")).where(cash_movement.c.id == bindparam("row"))

OPEN_AT = (
    select(shift.c.id)
    .where(shift.c.till == bindparam("till"), shift.c.closed_ms.is_(None))
    .order_by(shift.c.opened_ms)
    .limit(1)
)
"""The shift that was opened first: that of a copied disk never takes the place of the one that is counted here."""
SHIFT = select(
    shift.c.id, shift.c.till, shift.c.opened_ms, shift.c.opened_by, shift.c.float_counted, shift.c.currency,
    shift.c.first_number, shift.c.last_number, shift.c.closed_ms, shift.c.z_number,
).where(_ONE)  # fmt: skip
SUMS = (
    select(
        shift_sum.c.measure, shift_sum.c.key, shift_sum.c.name, shift_sum.c.count, shift_sum.c.amount,
        shift_sum.c.base,
    )
    .where(shift_sum.c.shift == bindparam("shift"))
    .order_by(shift_sum.c.measure, shift_sum.c.key)
)  # fmt: skip
CLOSED_AT = (
    select(shift.c.id, shift.c.z_number, shift.c.closed_ms)
    .where(shift.c.till == bindparam("till"), shift.c.closed_ms.is_not(None))
    .order_by(shift.c.closed_ms.desc(), shift.c.id)
    .limit(bindparam("most"))
)
MOVEMENTS = (
    select(cash_movement.c.reason, cash_movement.c.note, cash_movement.c.amount)
    .where(cash_movement.c.shift == bindparam("shift"), literal_column("reason IN ('pay_in', 'pay_out')"))
    .order_by(cash_movement.c.utc_ms, cash_movement.c.id)
)

FIND_OPEN = insert(drawer_found_open).on_conflict_do_nothing()
_found = drawer_found_open.c
_WITHIN = (_found.utc_ms >= bindparam("since"), _found.utc_ms < bindparam("until"))
FOUND_OPEN = (
    select(_found.id, _found.till, _found.utc_ms, _found.shift, _found.person)
    .where(*_WITHIN, or_(bindparam("person") == "", _found.person == bindparam("person")))
    .order_by(_found.utc_ms.desc(), _found.id)
    .limit(bindparam("most"))
)
"""Drawers that were found open in a time, the newest first; with a person, while they were signed in."""
OPEN_DRAWER = insert(drawer_opening).on_conflict_do_nothing()
_opened = drawer_opening.c
_OPENED_WITHIN = (_opened.utc_ms >= bindparam("since"), _opened.utc_ms < bindparam("until"))
OPENED = (
    select(_opened.id, _opened.till, _opened.utc_ms, _opened.person, _opened.reason)
    .where(*_OPENED_WITHIN, or_(bindparam("person") == "", _opened.person == bindparam("person")))
    .order_by(_opened.utc_ms.desc(), _opened.id)
    .limit(bindparam("most"))
)
"""Drawers that were opened without a sale in a time, the newest first; with a person, by them."""
OPENED_BY = select(_opened.person, func.count()).where(*_OPENED_WITHIN).group_by(_opened.person)
FOUND_OPEN_WITH = select(_found.person, func.count()).where(*_WITHIN).group_by(_found.person)
SALE_BEFORE = (
    select(sale.c.number, sale.c.completed_ms)
    .where(sale.c.till == bindparam("till"), sale.c.completed_ms <= bindparam("at"))
    .order_by(sale.c.completed_ms.desc())
    .limit(1)
)
MOVED_BEFORE = (
    select(cash_movement.c.note, cash_movement.c.utc_ms)
    .where(
        cash_movement.c.shift == bindparam("shift"), cash_movement.c.utc_ms <= bindparam("at"),
        literal_column("reason IN ('pay_in', 'pay_out')"),
    )
    .order_by(cash_movement.c.utc_ms.desc())
    .limit(1)
)  # fmt: skip

EPOCH_OF_OTHERS = (
    select(func.max(journal.c.epoch))
    .select_from(shift.join(journal, journal.c.subject == shift.c.id))
    .where(shift.c.till == bindparam("till"), journal.c.origin != bindparam("device"))
)
