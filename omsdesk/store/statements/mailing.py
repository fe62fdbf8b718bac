"""Mails, and addresses that are kept for one of them."""

from __future__ import annotations

from sqlalchemy import ColumnElement, bindparam, delete, func, insert, literal_column, select, update

from omsdesk.store.tables.journal import journal, station
from omsdesk.store.tables.mailing import is_open, mail_address, mail_job

_NAMES = (
    "id", "letter", "document", "customer", "first", "last", "asked_ms", "offset_minutes", "noted_ms", "asked_position",
)  # fmt: skip
_waits: ColumnElement[bool] = literal_column("state IN ('queued', 'deferred', 'sending')")
_troubles: ColumnElement[bool] = literal_column("state IN ('deferred', 'unknown', 'failed')")
ASK = insert(mail_job).values({name: bindparam(name) for name in _NAMES})
NOTE = (
    update(mail_job)
    .values(
        state=bindparam("new_state"),
        detail=bindparam("new_detail"),
        attempt=bindparam("new_attempt"),
        noted_ms=bindparam("new_ms"),
    )
    .where(mail_job.c.id == bindparam("job"))
)
ASK_AGAIN = update(mail_job).values(asked_position=bindparam("position")).where(mail_job.c.id == bindparam("job"))
_MAIL = (
    mail_job.c.id, mail_job.c.letter, mail_job.c.document, mail_job.c.customer, mail_job.c.first, mail_job.c.last,
    mail_job.c.state, mail_job.c.detail, mail_job.c.attempt, mail_job.c.asked_ms, mail_job.c.offset_minutes,
    mail_job.c.noted_ms,
)  # fmt: skip
ONE = select(*_MAIL).where(mail_job.c.id == bindparam("job"))
_is_inherited = func.coalesce(journal.c.epoch < select(station.c.epoch).where(station.c.id == 1).scalar_subquery(), 0)
WAITING = (
    select(*_MAIL, _is_inherited)
    .select_from(mail_job.outerjoin(journal, journal.c.position == mail_job.c.asked_position))
    .where(is_open, _waits)
    .order_by(mail_job.c.asked_ms, mail_job.c.id)
)
OF_DOCUMENT = (
    select(*_MAIL)
    .where(mail_job.c.document == bindparam("document"))
    .order_by(mail_job.c.asked_ms.desc(), mail_job.c.id.desc())
)
IN_TROUBLE = (
    select(*_MAIL)
    .where(is_open, _troubles)
    .order_by(mail_job.c.asked_ms.desc(), mail_job.c.id.desc())
    .limit(bindparam("most"))
)
ADDRESS = select(mail_address.c.address).where(mail_address.c.job == bindparam("job"))
KEEP_ADDRESS = (
    insert(mail_address)
    .prefix_with("OR REPLACE")
    .values(job=bindparam("job"), address=bindparam("address"), asked_ms=bindparam("asked_ms"))
)
DROP_ADDRESS = delete(mail_address).where(mail_address.c.job == bindparam("job"))
DROP_SAME_ADDRESS = delete(mail_address).where(func.lower(mail_address.c.address) == func.lower(bindparam("address")))
DROP_OLD_ADDRESSES = delete(mail_address).where(mail_address.c.asked_ms < bindparam("before_ms"))
