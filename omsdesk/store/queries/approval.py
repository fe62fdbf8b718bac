"""What others agreed to: asked by every decision that somebody may not take alone."""

from __future__ import annotations

from omsdesk.domain.approval import Grant
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("approval")


def grants(connection: Connection, till: str, sale: str, now: Stamp) -> tuple[Grant, ...]:
    """List what may hold for a ticket at a till now."""
    rows = connection.rows(_sql.HOLDING, till=till, sale=sale, now=now.utc_ms)
    return tuple(
        Grant(grant, right, approver, most, of, Stamp(until, now.offset_minutes) if until else None)
        for grant, right, approver, most, of, until in rows
    )
