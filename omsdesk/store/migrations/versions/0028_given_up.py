"""What was rung up and given up, by whom; drawers that somebody opened without a sale."""

from __future__ import annotations

import json
import zlib
from collections.abc import Iterator
from typing import Any

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
    times INTEGER DEFAULT '0' NOT NULL,
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
WHERE kind IN ('sale.line_removed', 'sale.voided', 'sale.void_taken_back', 'cash.drawer_opened')
OR kind = 'sale.line_added' AND subject IN (SELECT subject FROM journal WHERE kind = 'sale.line_removed')
ORDER BY position
"""
_GIVE_UP = """
INSERT INTO given_up (sale, line, utc_ms, person, product, amount, reason, times) VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_OPEN_DRAWER = """
INSERT OR IGNORE INTO drawer_opening (id, till, utc_ms, shift, person, reason) VALUES (?, ?, ?, ?, ?, ?)
"""
_Deed = tuple[int, str, str, int, str]
"""When, who, which product, its amount, why."""
_PUT_BACK: _Deed = (0, "", "", 0, "")


def upgrade() -> None:
    """Add the tables, and what the journal says of earlier days."""
    for change in _CHANGES:
        op.execute(change)
    connection = op.get_bind()
    gone: dict[tuple[str, str], tuple[_Deed, int]] = {}
    for kind, utc_ms, actor, body in connection.exec_driver_sql(_SAID):
        fact = json.loads(body if body.startswith(b"{") else zlib.decompress(body))
        if kind == "cash.drawer_opened":
            row = (fact["opening"], fact["till"], utc_ms, fact["shift"], actor, fact["reason"])
            connection.exec_driver_sql(_OPEN_DRAWER, row)
            continue
        for key, deed, times in _given_up(kind, fact, utc_ms, actor):
            last, before = gone.get(key, (deed, 0))
            gone[key] = (max(last, deed), before + times)
    for (sale, line), (deed, times) in gone.items():
        connection.exec_driver_sql(_GIVE_UP, (sale, line, *deed, times))


def _given_up(kind: str, fact: dict[str, Any], utc_ms: int, actor: str) -> Iterator[tuple[tuple[str, str], _Deed, int]]:
    sale = fact["sale"]
    if kind == "sale.line_removed" and fact["amount"][0] > 0:
        yield (sale, fact["line"]), (utc_ms, actor, fact["product"], fact["amount"][0], ""), 1
    elif kind == "sale.line_added" and fact.get("index", -1) >= 0:
        yield (sale, fact["row"]["line"]), _PUT_BACK, -1
    elif kind == "sale.voided":
        yield (sale, ""), (utc_ms, actor, "", fact["total"][0], fact["reason"]), 1
    elif kind == "sale.void_taken_back":
        yield (sale, ""), _PUT_BACK, -1
