"""Print jobs as rows."""

from __future__ import annotations

from omsdesk.domain.printing import PrintAsked, PrintNoted, PrintState
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("printing")


@on(PrintAsked)
def asked(connection: Connection, entry: Entry, fact: PrintAsked) -> None:
    """Put a job into the queue of its till."""
    connection.run(
        _sql.ASK,
        id=fact.job,
        till=fact.till,
        paper=str(fact.paper),
        document=fact.document,
        is_copy=int(fact.is_copy),
        opens_drawer=int(fact.opens_drawer),
        state=str(PrintState.QUEUED),
        asked_ms=entry.stamp.utc_ms,
        asked_position=entry.position,
        role=fact.role,
    )


@on(PrintNoted)
def noted(connection: Connection, entry: Entry, fact: PrintNoted) -> None:
    """Note what became of a job; one that is to be printed again waits behind the others."""
    connection.run(_sql.NOTE, job=fact.job, new_state=str(fact.state), new_detail=fact.detail)
    if fact.state is PrintState.QUEUED:
        connection.run(_sql.ASK_AGAIN, job=fact.job, position=entry.position)
