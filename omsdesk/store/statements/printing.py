"""Print jobs."""

from __future__ import annotations

from sqlalchemy import bindparam, insert, select, update

from omsdesk.store.tables.printing import is_unsettled, print_job

ASK = insert(print_job).values(
    {
        name: bindparam(name)
        for name in (
            "id", "till", "paper", "document", "is_copy", "opens_drawer", "state", "asked_ms", "asked_position",
        )
    }
)  # fmt: skip
NOTE = (
    update(print_job)
    .values(state=bindparam("new_state"), detail=bindparam("new_detail"))
    .where(print_job.c.id == bindparam("job"))
)
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
_JOB = (
    print_job.c.id, print_job.c.paper, print_job.c.document, print_job.c.is_copy, print_job.c.opens_drawer,
    print_job.c.state, print_job.c.detail, print_job.c.asked_ms,
)  # fmt: skip
UNSETTLED = (
    select(*_JOB).where(print_job.c.till == bindparam("till"), is_unsettled).order_by(print_job.c.asked_position)
)
