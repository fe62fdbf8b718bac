"""Drawers that were open although nothing had asked for it."""

from __future__ import annotations

from alembic import op

revision = "0027"
down_revision = "0026"

_CHANGES = (
    """
CREATE TABLE drawer_found_open (
    id TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    shift TEXT DEFAULT '' NOT NULL,
    person TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID
""",
    "CREATE INDEX drawer_found_open_time ON drawer_found_open (utc_ms)",
    # They were noted before there was a table of them, without whoever was signed in.
    """
INSERT OR IGNORE INTO drawer_found_open (id, till, utc_ms, shift)
SELECT subject, json_extract(CAST(body AS TEXT), '$.till'), utc_ms,
    coalesce(json_extract(CAST(body AS TEXT), '$.shift'), '')
FROM journal WHERE kind = 'cash.drawer_found_open'
""",
)


def upgrade() -> None:
    """Add the table, and what was noted before."""
    for change in _CHANGES:
        op.execute(change)
