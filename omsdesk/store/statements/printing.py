"""Print jobs."""

from __future__ import annotations

from sqlalchemy import bindparam, func, insert, select, update

from omsdesk.store.tables.journal import journal, station
from omsdesk.store.tables.printing import is_unsettled, label_batch, print_job

ASK = insert(print_job).values(
    {
        name: bindparam(name)
        for name in (
            "id", "till", "paper", "document", "is_copy", "opens_drawer", "state", "asked_ms", "asked_position",
            "role",
        )
    }
)  # fmt: skip
_ONE = print_job.c.id == bindparam("job")
NOTE = update(print_job).values(state=bindparam("new_state"), detail=bindparam("new_detail")).where(_ONE)
COUNT = update(print_job).values(done=bindparam("new_done"), sent=bindparam("new_sent")).where(_ONE)
ADD_BATCH = insert(label_batch).values(
    {name: bindparam(name) for name in ("id", "till", "title", "design", "rows", "count", "shop")}
)
BATCH = select(
    label_batch.c.till, label_batch.c.title, label_batch.c.design, label_batch.c.rows, label_batch.c.shop
).where(label_batch.c.id == bindparam("batch"))
MARK_COPY = update(print_job).values(is_copy=1).where(_ONE)
ASK_AGAIN = update(print_job).values(asked_position=bindparam("position")).where(_ONE)
STATE = select(print_job.c.state).where(print_job.c.id == bindparam("job"))
WAS_ASKED = (
    select(print_job.c.id)
    .where(
        print_job.c.document == bindparam("document"),
        print_job.c.paper == bindparam("paper"),
        print_job.c.state != "cancelled",
    )
    .limit(1)
)
LAST_OF = (
    select(print_job.c.id, print_job.c.state)
    .where(print_job.c.document == bindparam("document"), print_job.c.paper == bindparam("paper"))
    .order_by(print_job.c.asked_position.desc())
    .limit(1)
)
_JOB = (
    print_job.c.id, print_job.c.paper, print_job.c.document, print_job.c.is_copy, print_job.c.opens_drawer,
    print_job.c.state, print_job.c.detail, print_job.c.asked_ms, print_job.c.role,
    print_job.c.done, print_job.c.sent,
)  # fmt: skip
_is_inherited = func.coalesce(journal.c.epoch < select(station.c.epoch).where(station.c.id == 1).scalar_subquery(), 0)
_HEAD = (label_batch.c.title, label_batch.c.count)
BATCHES = (
    select(*_JOB, *_HEAD)
    .select_from(print_job.join(label_batch, label_batch.c.id == print_job.c.document))
    # Found by the few batches there are, not among all receipts that were ever printed.
    .where(print_job.c.document.in_(select(label_batch.c.id)))
    .order_by(print_job.c.asked_position.desc())
    .limit(bindparam("most"))
)
UNSETTLED = (
    select(*_JOB, _is_inherited)
    .select_from(print_job.outerjoin(journal, journal.c.position == print_job.c.asked_position))
    .where(is_unsettled)
    .order_by(print_job.c.asked_position)
)
_of_role = print_job.c.role == bindparam("role")
COUNTS = select(print_job.c.state, func.count()).where(_of_role).group_by(print_job.c.state)
_day = (print_job.c.asked_ms + bindparam("offset_ms")) // 86_400_000
DAYS = (
    select(_day, print_job.c.state, func.count(), func.sum(print_job.c.done))
    .where(_of_role, print_job.c.asked_ms >= bindparam("since_ms"))
    .group_by(_day, print_job.c.state)
)
"""Counts the days since 1970 in the shop's own time."""
