"""What a shop says of its roles; whether an approval came by a badge; PINs that were wrong too often."""

from __future__ import annotations

from alembic import op

revision = "0015"
down_revision = "0014"

_CHANGES = (
    """
CREATE TABLE role (
    id TEXT NOT NULL,
    body TEXT NOT NULL,
    revision INTEGER DEFAULT '1' NOT NULL,
    PRIMARY KEY (id)
)
""",
    "ALTER TABLE approval ADD COLUMN by_badge INTEGER DEFAULT '0' NOT NULL",
    """
CREATE TABLE shut_out (
    id TEXT NOT NULL,
    person TEXT DEFAULT '' NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    until_ms INTEGER DEFAULT '0' NOT NULL,
    wrong INTEGER DEFAULT '0' NOT NULL,
    "right" TEXT DEFAULT '' NOT NULL,
    asker TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID
""",
    "CREATE INDEX shut_out_of ON shut_out (person, till, utc_ms)",
    "CREATE INDEX shut_out_time ON shut_out (utc_ms)",
)


def upgrade() -> None:
    """Add the tables."""
    for change in _CHANGES:
        op.execute(change)
