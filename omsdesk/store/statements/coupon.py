"""Coupons: what was made, what was used, and what was used twice."""

from __future__ import annotations

from sqlalchemy import Text, bindparam, column, func, select
from sqlalchemy.dialects.sqlite import insert

from omsdesk.store.tables.coupon import coupon, coupon_use

_codes = select(column("value", Text)).select_from(func.json_each(bindparam("codes")))

ADD = insert(coupon).on_conflict_do_nothing()
USE = insert(coupon_use).on_conflict_do_nothing()

PROMOTION_OF = select(coupon.c.promotion).where(coupon.c.code == bindparam("code"))
TAKEN = select(func.count()).select_from(coupon).where(coupon.c.code.in_(_codes))
_USE = (coupon_use.c.number, coupon_use.c.till, coupon_use.c.utc_ms, coupon_use.c.offset_minutes)
USES = (
    select(coupon_use.c.code, *_USE)
    .where(coupon_use.c.code.in_(_codes))
    .order_by(coupon_use.c.utc_ms, coupon_use.c.number)
)
_twice = select(coupon_use.c.code).group_by(coupon_use.c.code).having(func.count() > 1)
USED_TWICE = (
    select(coupon_use.c.code, coupon.c.promotion, *_USE)
    .outerjoin(coupon, coupon.c.code == coupon_use.c.code)
    .where(coupon_use.c.code.in_(_twice))
    .order_by(coupon_use.c.code, coupon_use.c.utc_ms, coupon_use.c.number)
)
_is_used = select(coupon_use.c.code).where(coupon_use.c.code == coupon.c.code).correlate(coupon).exists()
BATCHES = (
    select(coupon.c.batch, func.min(coupon.c.made_ms), func.count(), func.count().filter(_is_used))
    .where(coupon.c.promotion == bindparam("promotion"))
    .group_by(coupon.c.batch)
    .order_by(func.min(coupon.c.made_ms).desc(), coupon.c.batch)
)
CODES_OF = (
    select(coupon.c.code, _is_used)
    .where(coupon.c.promotion == bindparam("promotion"), coupon.c.batch == bindparam("batch"))
    .order_by(coupon.c.code)
)
