"""What the spooler asks: the jobs that still want something, and the labels of one."""

from __future__ import annotations

import json

from omsdesk.domain.body import from_body
from omsdesk.domain.labels import LabelRow
from omsdesk.domain.printing import RECEIPT, PaperKind, PrintState
from omsdesk.domain.records import record
from omsdesk.domain.values import Stamp
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
    done: int = 0
    """Of labels: how many came out."""
    sent: int = 0
    """Of labels: how many may have."""
    is_inherited: bool = False
    """Whether it was asked for before this database was put back or copied: it may have come out already."""


def unsettled(connection: Connection) -> list[Job]:
    """List the jobs of this station that are not done, oldest first."""
    return [
        Job(
            job, PaperKind(paper), document, bool(is_copy), bool(opens), PrintState(state), detail, asked_ms, role,
            done, sent, bool(old),
        )
        for job, paper, document, is_copy, opens, state, detail, asked_ms, role, done, sent, old in connection.rows(
            _sql.UNSETTLED
        )
    ]  # fmt: skip


def was_asked(connection: Connection, paper: PaperKind, document: str) -> bool:
    """Tell whether what comes out now is a copy: this paper was asked for before and not cancelled.

    There is one original, and it comes from the station that made the document: what another printed is not known here.
    """
    is_known = connection.value(_sql.WAS_ASKED, paper=str(paper), document=document) is not None
    return is_known or is_heard(connection, document)


def last_of(connection: Connection, paper: PaperKind, document: str) -> tuple[str, PrintState] | None:
    """Give the job that a paper was asked for last, and its state; None where nobody asked for any."""
    found = next(iter(connection.rows(_sql.LAST_OF, paper=str(paper), document=document)), None)
    return None if found is None else (str(found[0]), PrintState(found[1]))


def state_of(connection: Connection, job: str) -> str:
    """Tell a job's state; empty where there is no such job."""
    return str(connection.value(_sql.STATE, job=job) or "")


@record
class JobDay:
    """What was asked of a printer on a day (ISO 8601), and what became of it."""

    day: str
    printed: int = 0
    unknown: int = 0
    labels: int = 0
    """How many labels came out."""


@record
class JobCounts:
    """How many jobs of a printer ended how, ever and on each of the last days."""

    printed: int = 0
    unknown: int = 0
    cancelled: int = 0
    waiting: int = 0
    days: tuple[JobDay, ...] = ()
    """Those on which there was something, the newest first."""


_OUT = (PrintState.PRINTED, PrintState.SENT)
_WAITING = (PrintState.QUEUED, PrintState.FAILED, PrintState.HELD, PrintState.SENDING)
_DAY_MS, _DAYS = 86_400_000, 7


def job_counts(connection: Connection, role: str, now: Stamp) -> JobCounts:
    """Count the jobs of a role. Reads all of them: not for the thread that paints."""
    ever = {PrintState(state): count for state, count in connection.rows(_sql.COUNTS, role=role)}
    return JobCounts(
        sum(ever.get(state, 0) for state in _OUT),
        ever.get(PrintState.UNKNOWN, 0),
        ever.get(PrintState.CANCELLED, 0),
        sum(ever.get(state, 0) for state in _WAITING),
        _days(connection, role, now),
    )


def _days(connection: Connection, role: str, now: Stamp) -> tuple[JobDay, ...]:
    offset_ms = now.offset_minutes * 60_000
    first = (now.utc_ms + offset_ms) // _DAY_MS - _DAYS + 1
    rows = connection.rows(_sql.DAYS, role=role, offset_ms=offset_ms, since_ms=first * _DAY_MS - offset_ms)
    days: dict[str, JobDay] = {}
    for number, state, count, labels in rows:
        day = Stamp(number * _DAY_MS).day
        known = days.get(day, JobDay(day))
        days[day] = JobDay(
            day,
            known.printed + (count if state in _OUT else 0),
            known.unknown + (count if state == PrintState.UNKNOWN else 0),
            known.labels + labels,
        )
    return tuple(days[day] for day in sorted(days, reverse=True))


@record
class LabelBatch:
    """Labels that were asked for together; ``design`` is a label as JSON."""

    batch: str
    till: str
    title: str
    design: str
    rows: tuple[LabelRow, ...]
    shop: str = ""


@record
class BatchJob:
    """Labels as a list shows them: how far they are, of how many."""

    job: Job
    title: str
    count: int


def label_batch(connection: Connection, batch: str) -> LabelBatch | None:
    """Read the labels of a batch; None where it is not known."""
    row = connection.row(_sql.BATCH, batch=batch)
    if row is None:
        return None
    till, title, design, rows, shop = row
    return LabelBatch(batch, till, title, design, tuple(from_body(LabelRow, body) for body in json.loads(rows)), shop)


def label_batches(connection: Connection, most: int = 20) -> list[BatchJob]:
    """List the labels that were asked for here, the newest first."""
    found = []
    for row in connection.rows(_sql.BATCHES, most=most):
        job, paper, document, is_copy, opens, state, detail, asked_ms, role, done, sent, title, count = row
        known = Job(
            job, PaperKind(paper), document, bool(is_copy), bool(opens), PrintState(state), detail, asked_ms, role,
            done, sent,
        )  # fmt: skip
        found.append(BatchJob(known, title, count))
    return found
