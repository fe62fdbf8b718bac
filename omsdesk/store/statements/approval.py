"""Approvals."""

from __future__ import annotations

from sqlalchemy import bindparam, or_, select
from sqlalchemy.dialects.sqlite import insert as upsert

from omsdesk.store.tables.approval import approval

GIVE = upsert(approval).on_conflict_do_nothing()
HOLDING = select(
    approval.c.id, approval.c.right, approval.c.approver, approval.c.most, approval.c.sale, approval.c.until_ms
).where(
    or_(
        (approval.c.sale == bindparam("sale")) & (approval.c.sale != ""),
        (approval.c.till == bindparam("till")) & (approval.c.until_ms >= bindparam("now")) & (approval.c.until_ms > 0),
    )
)
"""What may hold for a ticket at a till: what is for this ticket, and what has not ended."""
