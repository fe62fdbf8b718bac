"""Shifts and cash."""

from __future__ import annotations

from sqlalchemy import bindparam, func, literal_column, select, update
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.cash import cash_movement, shift, shift_sum

OPEN = insert(shift).values(
    {name: bindparam(name) for name in ("id", "till", "opened_ms", "opened_by", "float_counted", "currency")}
)
_ONE = shift.c.id == bindparam("shift")
CLOSE = update(shift).values(closed_ms=bindparam("closed_ms"), z_number=bindparam("z_number")).where(_ONE)
NUMBER = (
    update(shift)
    .values(
        last_number=bindparam("number"),
        first_number=func.coalesce(func.nullif(shift.c.first_number, ""), bindparam("number")),
    )
    .where(_ONE)
)

_sum = insert(shift_sum)
ADD_UP = _sum.on_conflict_do_update(
    index_elements=["shift", "measure", "key"],
    set_={
        "count": shift_sum.c.count + _sum.excluded.count,
        "amount": shift_sum.c.amount + _sum.excluded.amount,
        "base": shift_sum.c.base + _sum.excluded.base,
        "name": _sum.excluded.name,
    },
)
MOVE = insert(cash_movement)

OPEN_AT = select(shift.c.id).where(shift.c.till == bindparam("till"), shift.c.closed_ms.is_(None)).limit(1)
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
    .order_by(shift.c.closed_ms.desc())
    .limit(bindparam("most"))
)
MOVEMENTS = (
    select(cash_movement.c.reason, cash_movement.c.note, cash_movement.c.amount)
    .where(cash_movement.c.shift == bindparam("shift"), literal_column("reason IN ('pay_in', 'pay_out')"))
    .order_by(cash_movement.c.utc_ms, cash_movement.c.id)
)
