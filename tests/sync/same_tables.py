"""The tables that are the same wherever the same facts were heard: all there are, so that no new one is forgotten."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from omsdesk.store.engine import Connection
from omsdesk.store.replay import projected_tables

OWN_TABLES = {"print_job"}
"""What every station keeps of its own printer, and tells nobody."""
OWN_COLUMNS = {"field_write": {"since", "until", "position"}, "promotion": {"position"}}
"""What a station counts by the order in which it heard."""


def differences(one: Connection, other: Connection) -> Iterator[str]:
    """Tell what is in one of them and not in the other."""
    names = projected_tables(one)
    if names != projected_tables(other):
        yield "They have not the same tables."
    for table in names:
        if table in OWN_TABLES:
            continue
        mine, theirs = (rows_of(table, connection) for connection in (one, other))
        if mine != theirs:
            yield f"Table {table}: only in one {mine - theirs}, only in the other {theirs - mine}"


def rows_of(table: str, connection: Connection) -> Counter[str]:
    """Read all rows of a table, without what its station counts for itself."""
    own = OWN_COLUMNS.get(table, set())
    columns = [f'"{name}"' for _, name, *_ in connection.rows(f'PRAGMA table_info("{table}")') if name not in own]
    return Counter(map(repr, connection.rows(f'SELECT {", ".join(columns)} FROM "{table}"')))  # noqa: S608 - our own
