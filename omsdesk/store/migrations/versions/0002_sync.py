"""What a station knows of the service that it tells and hears of others from."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"

_CHANGES = (
    """
CREATE TABLE moved (
    position INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    number INTEGER NOT NULL,
    hash BLOB NOT NULL,
    PRIMARY KEY (position)
)
""",
    "CREATE INDEX moved_from ON moved (epoch, number)",
    """
CREATE TABLE acknowledged (
    epoch INTEGER NOT NULL,
    number INTEGER NOT NULL,
    chain_end BLOB NOT NULL,
    PRIMARY KEY (epoch)
)
""",
    """
CREATE TABLE feed_mark (
    scope TEXT NOT NULL,
    number INTEGER NOT NULL,
    digest BLOB NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (scope, number)
)
""",
    """
CREATE TABLE fork (
    id INTEGER NOT NULL,
    epoch INTEGER NOT NULL,
    old_epoch INTEGER NOT NULL,
    kept INTEGER NOT NULL,
    moved INTEGER NOT NULL,
    PRIMARY KEY (id)
)
""",
    """
CREATE TABLE doubt (
    position INTEGER NOT NULL,
    scope TEXT NOT NULL,
    PRIMARY KEY (position)
)
""",
    """
CREATE TABLE quarantine (
    position INTEGER NOT NULL,
    reason TEXT NOT NULL,
    PRIMARY KEY (position)
)
""",
)


def upgrade() -> None:
    """Add the marks of sync."""
    for change in _CHANGES:
        op.execute(change)
