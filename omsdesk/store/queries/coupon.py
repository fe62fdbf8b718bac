"""What is asked of coupons: whether a code is good, what became of a batch, and what was used twice."""

from __future__ import annotations

import json
from collections.abc import Iterable
from itertools import groupby
from typing import TYPE_CHECKING, NamedTuple

from omsdesk.domain.coupon import CouponUse, KnownCoupon, read
from omsdesk.domain.sale import Coupon
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.queries.promotion import promotion
from omsdesk.store.queries.till import till_of
from omsdesk.store.sql import Statements

if TYPE_CHECKING:
    from omsdesk.domain.offers import Offers

_sql = Statements("coupon")


class Batch(NamedTuple):
    """Codes that were made together."""

    batch: str
    made_ms: int
    made: int
    used: int


class Twice(NamedTuple):
    """A code that was used more often than once."""

    code: str
    promotion: str
    """What the promotion is called."""
    uses: tuple[CouponUse, ...]


def known_coupon(connection: Connection, text: str, offered: Offers | None) -> KnownCoupon | None:
    """Find out what a text is that may be a coupon; None where it is none that is known here."""
    code = read(text)
    owner = connection.value(_sql.PROMOTION_OF, code=code) if code else None
    if owner is not None:
        row = promotion(connection, owner)
        use = next(iter(uses(connection, [code]).get(code, ())), None)
        is_held = offered is not None and any(held.id == owner for held in offered.promotions)
        return KnownCoupon(Coupon(code, owner), row[0].name if row else "", is_held, use)
    shown = text.strip().casefold()
    for held in offered.promotions if offered and shown else ():
        if held.coupon.strip().casefold() == shown and not held.is_by_single_codes:
            return KnownCoupon(Coupon(held.coupon.strip()), held.name, is_offered=True)
    return None


def uses(connection: Connection, codes: Iterable[str]) -> dict[str, list[CouponUse]]:
    """List where codes were used, as far as it was heard, the first use first."""
    found: dict[str, list[CouponUse]] = {}
    for code, *use in connection.rows(_sql.USES, codes=json.dumps(list(codes))):
        found.setdefault(code, []).append(_use(connection, *use))
    return found


def taken(connection: Connection, codes: Iterable[str]) -> int:
    """Count how many of these codes were made before."""
    return int(connection.value(_sql.TAKEN, codes=json.dumps(list(codes))))


def used_twice(connection: Connection) -> list[Twice]:
    """List the codes that two tills took without hearing of each other."""
    rows = connection.rows(_sql.USED_TWICE)
    return [_twice(connection, code, list(of)) for code, of in groupby(rows, key=lambda row: row[0])]


def batches(connection: Connection, promotion: str) -> list[Batch]:
    """List the batches of a promotion, the newest first."""
    return [Batch(*row) for row in connection.rows(_sql.BATCHES, promotion=promotion)]


def codes_of(connection: Connection, promotion: str, batch: str) -> list[tuple[str, bool]]:
    """List the codes of a batch, and whether each was used."""
    return [(code, bool(used)) for code, used in connection.rows(_sql.CODES_OF, promotion=promotion, batch=batch)]


def _twice(connection: Connection, code: str, rows: list[tuple[object, ...]]) -> Twice:
    owner = promotion(connection, str(rows[0][1]))
    return Twice(code, owner[0].name if owner else "", tuple(_use(connection, *row[2:]) for row in rows))  # type: ignore[arg-type]


def _use(connection: Connection, number: str, till: str, utc_ms: int, offset: int) -> CouponUse:
    where = till_of(connection, till)
    return CouponUse(number, where.name if where else till, Stamp(utc_ms, offset))
