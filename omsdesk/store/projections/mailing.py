"""Mails as rows."""

from __future__ import annotations

from omsdesk.domain.mailing import MailAsked, MailNoted, MailState
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.sql import Statements

_sql = Statements("mailing")


@on(MailAsked)
def asked(connection: Connection, entry: Entry, fact: MailAsked) -> None:
    """Put a mail into the outbox."""
    connection.run(
        _sql.ASK,
        id=fact.job,
        letter=str(fact.letter),
        document=fact.document,
        customer=fact.customer,
        first=fact.first,
        last=fact.last,
        asked_ms=entry.stamp.utc_ms,
        offset_minutes=entry.stamp.offset_minutes,
        noted_ms=entry.stamp.utc_ms,
        asked_position=entry.position,
    )


@on(MailNoted)
def noted(connection: Connection, entry: Entry, fact: MailNoted) -> None:
    """Note what became of a mail; one that is to be sent again was asked for on this disk."""
    connection.run(
        _sql.NOTE,
        job=fact.job,
        new_state=str(fact.state),
        new_detail=fact.detail,
        new_attempt=fact.attempt,
        new_ms=entry.stamp.utc_ms,
    )
    if fact.state is MailState.QUEUED:
        connection.run(_sql.ASK_AGAIN, job=fact.job, position=entry.position)
