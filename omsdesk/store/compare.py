"""Two databases side by side: which rows differ, told one by one, in memory that does not grow with the tables."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from omsdesk.store.engine import Connection, Row

_Columns = list[tuple[str, int]]


def table_differences(table: str, stored: Connection, replayed: Connection) -> Iterator[str]:
    """Compare a table row by row with what the journal makes of it."""
    columns = _columns(table, replayed)
    if columns != _columns(table, stored):
        yield f"Table {table} has other columns than it should have."
        return
    names = [name for name, _ in columns]
    keys = [names.index(name) for name, place in sorted(columns, key=lambda column: column[1]) if place]
    order = ", ".join(f'"{names[index]}"' for index in keys)
    query = f'SELECT * FROM "{table}" ORDER BY {order}'  # noqa: S608 - names from the database itself
    for key, old, new in _merged(stored.each(query), replayed.each(query), keys):
        where = f"Table {table}, {' '.join(map(str, key))}"
        if old is None:
            yield f"{where}: the row is missing."
        elif new is None:
            yield f"{where}: the row does not come from the journal."
        else:
            yield f"{where}: {_changes(names, old, new)}."


def word_differences(index: str, stored: Connection, replayed: Connection) -> Iterator[str]:
    """Compare a full-text index word by word with what the journal makes of it."""
    query = f"SELECT term, doc, col, offset FROM temp.{index}_words"  # noqa: S608 - a name from the database itself
    for connection in (stored, replayed):
        _open_words(index, connection)
    for (word, row, *_), old, _ in _merged(stored.each(query), replayed.each(query), [0, 1, 2, 3]):
        verb = "is not found by" if old is None else "is found by"
        yield f"Index {index}: row {row} {verb} “{word}”."


def _open_words(index: str, connection: Connection) -> None:
    # A view of the index in this connection alone: nothing is written to the file, which may be open read-only.
    connection.run("PRAGMA query_only=OFF")
    connection.run(f"CREATE VIRTUAL TABLE temp.{index}_words USING fts5vocab(main, {index}, instance)")


def _columns(table: str, connection: Connection) -> _Columns:
    return [(name, place) for _, name, _, _, _, place in connection.rows(f'PRAGMA table_info("{table}")')]


def _changes(names: list[str], old: Row, new: Row) -> str:
    pairs = zip(names, old, new, strict=True)
    return ", ".join(f"{name} is {was!r} and should be {now!r}" for name, was, now in pairs if was != now)


def _merged(
    stored: Iterator[Row], replayed: Iterator[Row], keys: list[int]
) -> Iterator[tuple[Row, Row | None, Row | None]]:
    """Walk two sorted answers at once; gives key and both rows where they differ, None for a row that is not there."""
    old, new = next(stored, None), next(replayed, None)
    while old is not None or new is not None:
        if old == new:
            old, new = next(stored, None), next(replayed, None)
            continue
        old_key, new_key = _key(old, keys), _key(new, keys)
        if new_key is None or (old_key is not None and _rank(old_key) < _rank(new_key)):
            yield old_key or (), old, None
            old = next(stored, None)
        elif old_key is None or _rank(new_key) < _rank(old_key):
            yield new_key, None, new
            new = next(replayed, None)
        else:
            yield new_key, old, new
            old, new = next(stored, None), next(replayed, None)


def _key(row: Row | None, keys: list[int]) -> Row | None:
    return None if row is None else tuple(row[index] for index in keys)


def _rank(key: Row) -> list[tuple[int, Any]]:
    # SQLite sorts nothing before numbers before text before bytes; a damaged column may hold any of them.
    return [(0, 0) if v is None else (3 if isinstance(v, bytes) else 2 if isinstance(v, str) else 1, v) for v in key]
