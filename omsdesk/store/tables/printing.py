"""The print jobs of this station and what became of them: no other hears of them (``sync/scopes.py``)."""

from __future__ import annotations

from sqlalchemy import ColumnElement, Index, Table, literal_column

from omsdesk.store.tables.schema import key, metadata, text, whole

print_job = Table(
    "print_job",
    metadata,
    key("id"),
    text("till"),
    text("paper"),
    text("document"),
    whole("is_copy"),
    whole("opens_drawer"),
    text("state", default="queued"),
    text("detail"),
    whole("asked_ms"),
    whole("asked_position"),
    text("role", default="receipt"),
    whole("done"),
    whole("sent"),
)
label_batch = Table(
    "label_batch",
    metadata,
    key("id"),
    text("till"),
    text("title"),
    text("design"),
    text("rows"),
    whole("count"),
    text("shop"),
)
is_unsettled: ColumnElement[bool] = literal_column("state IN ('queued', 'failed', 'sending', 'held', 'unknown')")
"""Jobs that still want something; written out so that SQLite sees that the index below serves the query."""

Index("print_job_document", print_job.c.document)
Index("print_job_unsettled", print_job.c.asked_position, sqlite_where=is_unsettled)
