"""Rows of documents that came to be twice under one id.

A ticket that two tills took up while apart may be completed at both, and a copied disk goes on with what was on it.
What happened happened: both stand in the tables. The rows of one keep the document's id, those of the next have it with
a mark and a place. Which is which follows from what they say, so the order in which they were heard plays no part.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from omsdesk.store.engine import Connection

_MARK = "~"


def parts(row: str) -> tuple[str, int]:
    """Split a row's id into that of its document and its place among those of one id; 0 where it names none."""
    document, _, place = row.partition(_MARK)
    return document, int(place) if place.isdigit() else 0


def row_of(document: str, place: int) -> str:
    """Name the row at a place, counted from 1."""
    return document if place == 1 else f"{document}{_MARK}{place}"


def exactly(row: str) -> str:
    """Name a row of a document that there are two of, so that its place is told even if it is the first."""
    return row if _MARK in row else f"{row}{_MARK}1"


def fresh(document: str) -> str:
    """Name the row of one more of a document, until ``settle`` gives it its place."""
    return f"{document}{_MARK}new"


def settle(connection: Connection, document: str, same: str, contents: Sequence[str], renames: Iterable[str]) -> None:
    """Give each row of a document its place.

    ``same`` asks for their ids, ``contents`` for what they say, the most telling first; ``renames`` change an id.
    """
    ids = [row for (row,) in connection.rows(same, document=document)]
    ids.sort(key=lambda row: [connection.rows(question, row=row) for question in contents])
    moved = [(old, row_of(document, place)) for place, old in enumerate(ids, 1) if old != row_of(document, place)]
    aside = [(old, f"{document}{_MARK}{_MARK}{number}") for number, (old, _) in enumerate(moved)]
    back = [(away, new) for (_, away), (_, new) in zip(aside, moved, strict=True)]
    for old, new in (*aside, *back):
        for rename in renames:
            connection.run(rename, row=old, new=new)
