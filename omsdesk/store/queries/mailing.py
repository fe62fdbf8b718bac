"""What the outbox asks, and what a screen says of a mail."""

from __future__ import annotations

from omsdesk.domain.mailing import Letter, MailState
from omsdesk.domain.records import record
from omsdesk.domain.values import Stamp
from omsdesk.store.engine import Connection, Row
from omsdesk.store.sql import Statements

_sql = Statements("mailing")


@record
class Mail:
    """A mail as it stands."""

    job: str
    letter: Letter
    document: str
    customer: str
    first: str
    last: str
    state: MailState
    detail: str
    attempt: int
    asked: Stamp
    noted_ms: int
    is_inherited: bool = False
    """Whether it was asked for before this database was put back or copied: it may have been sent already."""


def one(connection: Connection, job: str) -> Mail | None:
    """Find a mail."""
    row = connection.row(_sql.ONE, job=job)
    return _mail(row) if row else None


def waiting(connection: Connection) -> list[Mail]:
    """List the mails that this station has still to send, the oldest first, and those on their way."""
    return [_mail(row) for row in connection.rows(_sql.WAITING)]


def of_document(connection: Connection, document: str) -> list[Mail]:
    """List the mails that brought or will bring a document, the newest first."""
    return [_mail(row) for row in connection.rows(_sql.OF_DOCUMENT, document=document)]


def in_trouble(connection: Connection, most: int = 100) -> list[Mail]:
    """List the newest mails that were not sent, or of which nobody knows."""
    return [_mail(row) for row in connection.rows(_sql.IN_TROUBLE, most=most)]


def typed_address(connection: Connection, job: str) -> str:
    """Give the address that was typed for one mail; empty where there is none, or it is not kept any more."""
    return str(connection.value(_sql.ADDRESS, job=job) or "")


def _mail(row: Row) -> Mail:
    job, letter, document, customer, first, last, state, detail, attempt, asked, offset, noted, *past = row
    return Mail(
        job,
        Letter(letter),
        document,
        customer,
        first,
        last,
        MailState(state),
        detail,
        attempt,
        Stamp(asked, offset),
        noted,
        bool(past and past[0]),
    )
