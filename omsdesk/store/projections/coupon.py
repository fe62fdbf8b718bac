"""Coupons as rows: what was made, and every use that was heard of."""

from __future__ import annotations

from omsdesk.domain.coupon import CouponsMade, CouponsUsed
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("coupon")


@on(CouponsMade)
def coupons_made(connection: Connection, entry: Entry, fact: CouponsMade) -> None:
    """Keep the codes of a batch."""
    made = entry.stamp.utc_ms
    connection.many(
        _sql.ADD,
        ({"code": code, "promotion": fact.promotion, "batch": fact.batch, "made_ms": made} for code in fact.codes),
    )


@on(CouponsUsed)
def coupons_used(connection: Connection, _: Entry, fact: CouponsUsed) -> None:
    """Keep where codes were used, beside other uses of the same code."""
    for code in fact.codes:
        connection.run(
            _sql.USE, code=code, sale=fact.sale, number=fact.number, shop=fact.shop, till=fact.till,
            utc_ms=fact.at.utc_ms, offset_minutes=fact.at.offset_minutes,
        )  # fmt: skip
