"""What was rung up and given up, by whom; drawers that somebody opened without a sale."""

from __future__ import annotations

import json
import zlib

from alembic import op

revision = "0028"
down_revision = "0027"

_CHANGES = (
    """
CREATE TABLE given_up (
    sale TEXT NOT NULL,
    line TEXT NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    person TEXT DEFAULT '' NOT NULL,
    product TEXT DEFAULT '' NOT NULL,
    amount INTEGER DEFAULT '0' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (sale, line)
) WITHOUT ROWID
""",
    "CREATE INDEX given_up_time ON given_up (utc_ms)",
    """
CREATE TABLE drawer_opening (
    id TEXT NOT NULL,
    till TEXT DEFAULT '' NOT NULL,
    utc_ms INTEGER DEFAULT '0' NOT NULL,
    shift TEXT DEFAULT '' NOT NULL,
    person TEXT DEFAULT '' NOT NULL,
    reason TEXT DEFAULT '' NOT NULL,
    PRIMARY KEY (id)
) WITHOUT ROWID
""",
    "CREATE INDEX drawer_opening_time ON drawer_opening (utc_ms)",
)
_SAID = """
SELECT kind, utc_ms, actor, body FROM journal
WHERE kind IN ('sale.line_removed', 'sale.voided', 'cash.drawer_opened') ORDER BY position
"""
_GIVE_UP = "INSERT INTO given_up (sale, line, utc_ms, person, product, amount, reason) VALUES (?, ?, ?, ?, ?, ?, ?)"
_OPEN_DRAWER = """
INSERT OR IGNORE INTO drawer_opening (id, till, utc_ms, shift, person, reason) VALUES (?, ?, ?, ?, ?, ?)
"""


def upgrade() -> None:
    """Add the tables, and what the journal says of earlier days."""
    for change in _CHANGES:
        op.execute(change)
    connection = op.get_bind()
    gone: dict[tuple[str, str], tuple[int, str, str, int, str]] = {}
    for kind, utc_ms, actor, body in connection.exec_driver_sql(_SAID):
        fact = json.loads(body if body.startswith(b"{") else zlib.decompress(body))
        if kind == "cash.drawer_opened":
            row = (fact["opening"], fact["till"], utc_ms, fact["shift"], actor, fact["reason"])
            connection.exec_driver_sql(_OPEN_DRAWER, row)
            continue
        key, deed = (fact["sale"], ""), (utc_ms, actor, "", fact.get("total", (0,))[0], fact.get("reason", ""))
        if kind == "sale.line_removed":
            key, deed = (fact["sale"], fact["line"]), (utc_ms, actor, fact["product"], fact["amount"][0], "")
            if deed[3] <= 0:
                continue
        gone[key] = max(gone.get(key, deed), deed)
    for key, deed in gone.items():
        connection.exec_driver_sql(_GIVE_UP, (*key, *deed))
