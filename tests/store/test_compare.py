"""Two tables side by side: every row that differs is told once, whatever stands in it."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from omsdesk.store.compare import table_differences, word_differences
from omsdesk.store.engine import Connection

Table = dict[tuple[str, int], Any]

# Whatever a damaged page can hold, in columns of any type; what SQLite cannot store apart.
anything = st.one_of(st.none(), st.integers(-(2**40), 2**40), st.text("aäB漢 ", max_size=3), st.binary(max_size=3))
tables = st.dictionaries(st.tuples(st.text("abÄ漢", max_size=2), st.integers(-3, 3)), anything, max_size=8)


def connection(rows: Table) -> Connection:
    raw = sqlite3.connect(":memory:", isolation_level=None)
    raw.execute("CREATE TABLE thing (b INTEGER, value, a TEXT, PRIMARY KEY (a, b))")
    raw.executemany("INSERT INTO thing(a, b, value) VALUES (?, ?, ?)", [(*key, value) for key, value in rows.items()])
    return Connection(raw)


def differences(stored: Table, replayed: Table) -> list[str]:
    with closing(connection(stored)) as old, closing(connection(replayed)) as new:
        return list(table_differences("thing", old, new))


@given(stored=tables, replayed=tables)
def test_every_row_that_differs_is_told_once(stored: Table, replayed: Table) -> None:
    expected = [
        f"Table thing, {a} {b}: "
        + (
            "the row is missing."
            if (a, b) not in stored
            else "the row does not come from the journal."
            if (a, b) not in replayed
            else f"value is {stored[a, b]!r} and should be {replayed[a, b]!r}."
        )
        for a, b in sorted(stored.keys() | replayed.keys())
        if ((a, b) in stored, stored.get((a, b))) != ((a, b) in replayed, replayed.get((a, b)))
    ]
    assert differences(stored, replayed) == expected


@given(table=tables)
def test_equal_tables_differ_nowhere(table: Table) -> None:
    assert differences(table, dict(reversed(table.items()))) == []


def test_a_key_of_another_kind_is_a_row_of_its_own() -> None:
    assert differences({("a", "x"): 1}, {("a", 1): 1}) == [  # type: ignore[dict-item]  # that is the damage
        "Table thing, a 1: the row is missing.",
        "Table thing, a x: the row does not come from the journal.",
    ]


def test_other_columns_end_the_comparison() -> None:
    with closing(connection({})) as old, closing(connection({("a", 1): 1})) as new:
        old.run("ALTER TABLE thing ADD COLUMN more")
        assert list(table_differences("thing", old, new)) == ["Table thing has other columns than it should have."]


def words(*texts: str) -> Connection:
    raw = sqlite3.connect(":memory:", isolation_level=None)
    raw.execute("CREATE VIRTUAL TABLE found USING fts5(words, content='')")
    raw.executemany("INSERT INTO found(rowid, words) VALUES (?, ?)", list(enumerate(texts, 1)))
    return Connection(raw)


@given(st.lists(st.lists(st.sampled_from(["red", "green", "blue", "käse"]), max_size=3), max_size=4))
def test_an_index_that_was_merged_inside_still_says_the_same(rows: list[list[str]]) -> None:
    texts = [" ".join(row) for row in rows]
    with closing(words(*texts)) as old, closing(words(*texts)) as new:
        old.run("INSERT INTO found(found) VALUES ('optimize')")
        assert list(word_differences("found", old, new)) == []


def test_words_of_the_wrong_row_are_told() -> None:
    with closing(words("red cheese", "blue")) as old, closing(words("red", "blue cheese")) as new:
        assert list(word_differences("found", old, new)) == [
            "Index found: row 1 is found by “cheese”.",
            "Index found: row 2 is not found by “cheese”.",
        ]
