"""What the spooler asks: the jobs that still want something."""

from __future__ import annotations

from omsdesk.domain.printing import RECEIPT, PaperKind, PrintState
from omsdesk.domain.records import record
from omsdesk.store.engine import Connection
from omsdesk.store.queries.ticket import is_heard
from omsdesk.store.sql import Statements

_sql = Statements("printing")


@record
class Job:
    """A print job as it stands."""

    job: str
    paper: PaperKind
    document: str
    is_copy: bool
    opens_drawer: bool
    state: PrintState
    detail: str
    asked_ms: int
    role: str = RECEIPT
    is_inherited: bool = False
    """Whether it was asked for before this database was put back or copied: it may have come out already."""


def unsettled(connection: Connection, till: str) -> list[Job]:
    """List the jobs of a till that are not done, oldest first."""
    return [
        Job(
            job, PaperKind(paper), document, bool(is_copy), bool(opens), PrintState(state), detail, asked_ms, role,
            bool(old),
        )
        for job, paper, document, is_copy, opens, state, detail, asked_ms, role, old in connection.rows(
            _sql.UNSETTLED, till=till
        )
    ]  # fmt: skip


def was_asked(connection: Connection, paper: PaperKind, document: str) -> bool:
    """Tell whether what comes out now is a copy: this paper was asked for before and not cancelled.

    There is one original, and it comes from the station that made the document: what another printed is not known here.
    """
    is_known = connection.value(_sql.WAS_ASKED, paper=str(paper), document=document) is not None
    return is_known or is_heard(connection, document)


def state_of(connection: Connection, job: str) -> str:
    """Tell a job's state; empty where there is no such job."""
    return str(connection.value(_sql.STATE, job=job) or "")
