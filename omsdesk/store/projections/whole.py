"""Master data that is kept whole: a shop, a person, a customer as one body, merged field by field."""

from __future__ import annotations

import json
from typing import Any, NamedTuple, Protocol, TypeVar

from omsdesk.domain.body import from_body, to_body
from omsdesk.domain.field_write import Seen
from omsdesk.domain.messages import Json
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.field_write import FieldWrites

_Whole = TypeVar("_Whole")


class Said(Protocol):
    """A fact that says something of the fields of a subject."""

    @property
    def id(self) -> str:
        """The subject."""

    @property
    def said(self) -> tuple[str, ...]:
        """The fields it speaks of; of all, where it is the first that was said."""

    @property
    def saw(self) -> tuple[str, ...]:
        """The writes it takes the place of."""

    @property
    def generation(self) -> int:
        """0 for the first that was said."""


class Row(NamedTuple):
    """What the tables of all of them share."""

    id: str
    body: str
    revision: int


def merge(
    connection: Connection, entry: Entry, noun: str, question: str, fact: Said, said: _Whole
) -> tuple[_Whole, Row] | None:
    """Merge what was said into what is known; nothing yet where the first that was said is still to be heard.

    ``question`` asks for body and revision. A field that holds its default stands as null among the writes, and is left
    out of bodies.
    """
    writes = FieldWrites(connection, noun, entry, {fact.id})
    body: dict[str, Json] = to_body(said)
    known = connection.row(question, id=fact.id)
    revision: int = known[1] if known else 1
    if not fact.generation:
        body |= writes.begin(fact.id)
        writes.save()
    else:
        revision = revision + 1 if known else 0
        shown = writes.take(
            fact.id, Seen(fact.saw, fact.generation), {name: body.get(name) for name in fact.said}, revision
        )
        writes.save()
        if not known:
            return None
        body = json.loads(known[0]) | shown
    kind: Any = type(said)
    whole: _Whole = from_body(kind, {name: value for name, value in body.items() if value is not None})
    return whole, row_of(fact.id, whole, revision)


def row_of(id: str, whole: object, revision: int) -> Row:
    """Write a subject as its row."""
    return Row(id, json.dumps(to_body(whole), ensure_ascii=False, separators=(",", ":")), revision)
