"""Rows of documents that are there twice under one id."""

from __future__ import annotations

from itertools import permutations
from pathlib import Path

import pytest

from omsdesk.store import doubles
from omsdesk.store.engine import Connection, open_writer

SAME = "SELECT id FROM paper WHERE id = :document OR id BETWEEN :document || '~' AND :document || '~~'"
CONTENT = "SELECT word FROM paper WHERE id = :row"
RENAME = "UPDATE paper SET id = :new WHERE id = :row"


@pytest.fixture
def papers(tmp_path: Path) -> Connection:
    connection = open_writer(tmp_path / "papers.db")
    connection.run("CREATE TABLE paper (id TEXT PRIMARY KEY, word TEXT)")
    return connection


def put(papers: Connection, word: str) -> None:
    is_there = papers.value("SELECT 1 FROM paper WHERE id = 'd'")
    papers.run("INSERT INTO paper VALUES (:id, :word)", id=doubles.fresh("d") if is_there else "d", word=word)
    doubles.settle(papers, "d", SAME, (CONTENT,), (RENAME,))


@pytest.mark.parametrize("order", list(permutations(("apple", "pear", "plum"))))
def test_their_places_follow_from_what_they_say(papers: Connection, order: tuple[str, ...]) -> None:
    papers.run("INSERT INTO paper VALUES ('c~2', 'another'), ('d2', 'one more'), ('e', 'and one')")
    for word in order:
        put(papers, word)
    assert papers.rows("SELECT id, word FROM paper WHERE id LIKE 'd%' ORDER BY word") == [
        ("d", "apple"),
        ("d2", "one more"),
        ("d~2", "pear"),
        ("d~3", "plum"),
    ]


def test_more_than_nine_are_ranked_by_number_and_not_by_name(papers: Connection) -> None:
    for letter in "lkjihgfedcba":
        put(papers, letter)
    assert papers.value("SELECT word FROM paper WHERE id = 'd~12'") == "l"
    assert papers.value("SELECT word FROM paper WHERE id = 'd~2'") == "b"


def test_two_that_say_the_same_are_two(papers: Connection) -> None:
    put(papers, "apple")
    put(papers, "apple")
    assert papers.rows("SELECT id FROM paper ORDER BY id") == [("d",), ("d~2",)]


def test_a_row_names_its_document_and_its_place() -> None:
    assert doubles.parts("d") == ("d", 0)
    assert doubles.parts("d~2") == ("d", 2)
    assert doubles.exactly("d") == "d~1"
    assert doubles.exactly("d~2") == "d~2"
    assert [doubles.row_of("d", place) for place in (1, 2)] == ["d", "d~2"]
