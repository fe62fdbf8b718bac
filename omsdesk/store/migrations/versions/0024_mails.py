"""Documents that go out by e-mail, and addresses that were typed for one of them alone."""

from __future__ import annotations

from alembic import op

revision = "0024"
down_revision = "0023"

_CHANGES = (
    """
CREATE TABLE mail_job (
    id TEXT NOT NULL,
    letter TEXT DEFAULT '' NOT NULL,
    document TEXT DEFAULT '' NOT NULL,
    customer TEXT DEFAULT '' NOT NULL,
    first TEXT DEFAULT '' NOT NULL,
    last TEXT DEFAULT '' NOT NULL,
    state TEXT DEFAULT 'queued' NOT NULL,
    detail TEXT DEFAULT '' NOT NULL,
    attempt INTEGER DEFAULT '0' NOT NULL,
    asked_ms INTEGER DEFAULT '0' NOT NULL,
    offset_minutes INTEGER DEFAULT '0' NOT NULL,
    noted_ms INTEGER DEFAULT '0' NOT NULL,
    asked_position INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID
""",
    "CREATE INDEX mail_job_document ON mail_job (document, asked_ms)",
    """
CREATE INDEX mail_job_open ON mail_job (asked_ms)
WHERE state IN ('queued', 'deferred', 'sending', 'unknown', 'failed')
""",
    """
CREATE TABLE mail_address (
    job TEXT NOT NULL,
    address TEXT DEFAULT '' NOT NULL,
    asked_ms INTEGER DEFAULT '0' NOT NULL,
    PRIMARY KEY (job)
) WITHOUT ROWID
""",
)


def upgrade() -> None:
    """Add the tables."""
    for change in _CHANGES:
        op.execute(change)
