"""Approvals."""

from __future__ import annotations

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from omsdesk.store.tables.approval import approval, shut_out

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
        & (approval.c.asker == bindparam("asker")),
    )
)
"""What may hold for a ticket at a till: what is for this ticket, and what has not ended for whoever asked for it."""
