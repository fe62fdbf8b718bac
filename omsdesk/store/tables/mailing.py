"""Mails and what became of them; and, beside the journal, addresses that were typed for one mail alone."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Index, Table, literal_column

from omsdesk.store.tables.schema import key, metadata, text, whole

mail_job = Table(
    "mail_job",
    metadata,
    key("id"),
    text("letter"),
    text("document"),
    text("customer"),
    text("first"),
    text("last"),
    text("state", default="queued"),
    text("detail"),
    whole("attempt"),
    whole("asked_ms"),
    whole("offset_minutes"),
    whole("noted_ms"),
    whole("asked_position"),
    sqlite_with_rowid=False,
)
is_open: ColumnElement[bool] = literal_column("state IN ('queued', 'deferred', 'sending', 'unknown', 'failed')")
"""Mails that still want something; written out so that SQLite sees that the index below serves the query."""

Index("mail_job_document", mail_job.c.document, mail_job.c.asked_ms)
Index("mail_job_open", mail_job.c.asked_ms, sqlite_where=is_open)

mail_address = Table("mail_address", metadata, key("job"), text("address"), whole("asked_ms"), sqlite_with_rowid=False)
"""Known to this station alone, and gone when the mail is: the journal forgets nobody, so it hears of none of them."""
