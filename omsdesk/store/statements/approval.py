"""Approvals."""

from __future__ import annotations

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from omsdesk.store.tables.approval import approval, shut_out
from omsdesk.store.tables.sale import sale

GIVE = upsert(approval).on_conflict_do_nothing()
SHUT_OUT = upsert(shut_out).on_conflict_do_nothing()
WAITS = select(func.count(), func.max(shut_out.c.until_ms)).where(
    shut_out.c.person == bindparam("person"),
    shut_out.c.till == bindparam("till"),
    shut_out.c.utc_ms > bindparam("since"),
)
"""How often somebody's PIN had to rest at a till, and until when."""
HOLDING = select(
    approval.c.id, approval.c.right, approval.c.approver, approval.c.most, approval.c.sale, approval.c.until_ms
).where(
    or_(
        (approval.c.sale == bindparam("sale")) & (approval.c.sale != ""),
        (approval.c.till == bindparam("till"))
        & (approval.c.until_ms >= bindparam("now"))
        & (approval.c.until_ms > 0)
        & (approval.c.asker == bindparam("asker"))
        & (approval.c.is_training == bindparam("is_training")),
    )
)
"""What may hold for a ticket at a till: what is for this ticket, and what has not ended for whoever asked for it.

What was learnt with holds while one learns."""

_WITHIN = (approval.c.utc_ms >= bindparam("since"), approval.c.utc_ms < bindparam("until"))
_SHUT_WITHIN = (shut_out.c.utc_ms >= bindparam("since"), shut_out.c.utc_ms < bindparam("until"))
GIVEN = (
    select(
        approval.c.id, approval.c.till, approval.c.utc_ms, approval.c.right, approval.c.most, approval.c.until_ms,
        approval.c.approver, approval.c.asker, approval.c.reason, approval.c.by_badge, func.coalesce(sale.c.number, ""),
        or_(approval.c.is_training == 1, func.coalesce(sale.c.is_training, 0) == 1),
    )
    .outerjoin_from(approval, sale, sale.c.id == approval.c.sale)
    .where(*_WITHIN, or_(bindparam("asker") == "", approval.c.asker == bindparam("asker")))
    .order_by(approval.c.utc_ms.desc(), approval.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
"""What was agreed to in a time, the newest first; with an asker, what they wanted."""
GIVEN_TO = select(approval.c.asker, func.count()).where(*_WITHIN).group_by(approval.c.asker)
SHUT_OUTS = (
    select(
        shut_out.c.id, shut_out.c.till, shut_out.c.utc_ms, shut_out.c.person, shut_out.c.wrong, shut_out.c.right,
        shut_out.c.asker,
    )
    .where(*_SHUT_WITHIN, or_(bindparam("asker") == "", shut_out.c.asker == bindparam("asker")))
    .order_by(shut_out.c.utc_ms.desc(), shut_out.c.id)
    .limit(bindparam("most"))
)  # fmt: skip
SHUT_OUTS_OF = select(shut_out.c.asker, func.count()).where(*_SHUT_WITHIN).group_by(shut_out.c.asker)
