"""Print jobs as rows."""

from __future__ import annotations

import json

from omsdesk.domain.body import to_body
from omsdesk.domain.labels import LabelsAsked
from omsdesk.domain.printing import PrintAsked, PrintNoted, PrintState
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("printing")


@on(PrintAsked)
def asked(connection: Connection, entry: Entry, fact: PrintAsked) -> None:
    """Put a job into the queue."""
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
    """Note what became of a job; one that is to be printed again waits behind the others.

    How far labels are is only said anew by what says it, and by what lets them be printed again.
    """
    connection.run(_sql.NOTE, job=fact.job, new_state=str(fact.state), new_detail=fact.detail)
    if fact.done or fact.state is PrintState.QUEUED:
        connection.run(_sql.COUNT, job=fact.job, new_done=fact.done, new_sent=fact.sent)
    if fact.is_copy:
        connection.run(_sql.MARK_COPY, job=fact.job)
    if fact.state is PrintState.QUEUED:
        connection.run(_sql.ASK_AGAIN, job=fact.job, position=entry.position)


@on(LabelsAsked)
def labels_asked(connection: Connection, _: Entry, fact: LabelsAsked) -> None:
    """Keep what labels were asked for: the job that prints them follows as a fact of its own."""
    rows = json.dumps([to_body(row) for row in fact.rows], ensure_ascii=False, separators=(",", ":"))
    connection.run(
        _sql.ADD_BATCH, id=fact.batch, till=fact.till, title=fact.title, design=fact.design, rows=rows,
        count=fact.count, shop=fact.shop,
    )  # fmt: skip
