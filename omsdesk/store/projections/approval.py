"""Approvals as rows: what holds now is asked at the till, all of them by a manager."""

from __future__ import annotations

from omsdesk.domain.approval import ApprovalGiven
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
        reason=fact.reason,
    )  # fmt: skip
