"""Approvals and PINs that were wrong too often as rows: what holds now is asked at the till, all of it by a manager."""

from __future__ import annotations

from omsdesk.domain.approval import ApprovalGiven
from omsdesk.domain.attempts import PersonShutOut
from omsdesk.domain.people import SYSTEM
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("approval")


@on(ApprovalGiven)
def given(connection: Connection, entry: Entry, fact: ApprovalGiven) -> None:
    """Write what was agreed to."""
    grant = fact.grant
    connection.run(
        _sql.GIVE, id=fact.id, till=fact.till, utc_ms=entry.stamp.utc_ms, right=grant.right, most=grant.most,
        sale=grant.sale, until_ms=grant.until.utc_ms if grant.until else 0, approver=grant.approver, asker=fact.asker,
        reason=fact.reason, by_badge=int(fact.by_badge), is_training=int(fact.is_training),
    )  # fmt: skip


@on(PersonShutOut)
def shut_out(connection: Connection, entry: Entry, fact: PersonShutOut) -> None:
    """Write whose PIN had to rest."""
    connection.run(
        _sql.SHUT_OUT, id=fact.id, person=fact.person, till=fact.till, utc_ms=entry.stamp.utc_ms,
        until_ms=fact.until.utc_ms, wrong=fact.wrong, right=fact.right,
        asker="" if entry.actor == SYSTEM else entry.actor,
    )  # fmt: skip
