"""What others agreed to, asked by every decision that somebody may not take alone; and whose PIN has to rest."""

from __future__ import annotations

from typing import NamedTuple

from omsdesk.domain.approval import Grant
from omsdesk.domain.attempts import REMEMBERED
from omsdesk.domain.shop import Till
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("approval")


def grants(connection: Connection, till: Till, sale: str, asker: str, now: Stamp) -> tuple[Grant, ...]:
    """List what may hold for a ticket at a till now, or for whoever stands there."""
    training = int(till.is_training)
    rows = connection.rows(_sql.HOLDING, till=till.id, sale=sale, asker=asker, now=now.utc_ms, is_training=training)
    return tuple(
        Grant(grant, right, approver, most, of, Stamp(until, now.offset_minutes) if until else None)
        for grant, right, approver, most, of, until in rows
    )


class Waits(NamedTuple):
    """How often somebody's PIN had to rest at a till lately, and until when it rests."""

    times: int
    until_ms: int


def waits(connection: Connection, person: str, till: str, now: Stamp) -> Waits:
    """Tell how somebody's PIN fared at a till in the last hour."""
    since = now.utc_ms - REMEMBERED * 1_000
    count, until = connection.row(_sql.WAITS, person=person, till=till, since=since) or (0, 0)
    return Waits(count, until or 0)
