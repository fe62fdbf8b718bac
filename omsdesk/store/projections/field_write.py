"""What an entry writes into the fields of master data, merged with what others wrote without knowing of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from omsdesk.domain.field_write import Merged, Seen, Write, merged
from omsdesk.domain.messages import Json
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.sql import Statements

_sql = Statements("field_write")

_REMEMBERED = 8
"""For how many revisions a value that does not hold any more is known: that long a form may stand open and its edit
still be seen as made from what was before its author. After that it becomes a conflict, which loses nothing."""


@dataclass(slots=True)
class _Row:
    """A row of the table; ``value`` is None for a write that was superseded and not heard yet."""

    subject: str
    field: str
    ref: str
    generation: int = 0
    value: str | None = None
    since: int = 0
    until: int | None = None
    position: int = 0

    @property
    def holds(self) -> bool:
        return self.until is None


class FieldWrites:
    """The writes of some subjects of one noun, as one entry finds and leaves them."""

    def __init__(self, connection: Connection, noun: str, entry: Entry, subjects: Iterable[str]) -> None:
        """Read what holds of what was written before, all of it at once."""
        self._connection = connection
        self._noun = noun
        self._entry = entry
        self._known: dict[str, dict[str, dict[str, _Row]]] = {}
        """Subject, field, ref."""
        self._touched: dict[tuple[str, str], int] = {}
        """Which fields this entry writes, and the revision it makes of their subject."""
        self._written: dict[tuple[str, str], _Row] = {}
        self._superseded: list[_Row] = []
        self._unheard: list[_Row] = []
        for row in connection.rows(_sql.TO_MERGE, noun=noun, subjects=json.dumps(list(subjects))):
            self._add(_Row(*row))
        self._contested = {key for key in self._fields() if self._is_contested(*key)}

    def _add(self, row: _Row) -> None:
        self._known.setdefault(row.subject, {}).setdefault(row.field, {})[row.ref] = row

    def _fields(self) -> Iterator[tuple[str, str]]:
        return ((subject, field) for subject, fields in self._known.items() for field in fields)

    def shown(self, subject: str) -> dict[str, Json]:
        """Give the fields of a subject that were ever edited, with the values that are shown."""
        return {field: self._merge(subject, field).value for field in self._known.get(subject, {})}

    def begin(self, subject: str) -> dict[str, Json]:
        """Hear the beginning of a subject; gives what was heard before it of edits that came after it."""
        if subject not in self._known:
            return {}
        self._touched |= dict.fromkeys(((subject, field) for field in self._known[subject]), 1)
        return self.shown(subject)

    def take(self, subject: str, seen: Seen, values: Mapping[str, Json], revision: int) -> dict[str, Json]:
        """Write what was said of a subject; gives what is shown in these fields now.

        ``revision`` is the one this makes of the subject; 0 while its beginning has yet to be heard.
        """
        heard = {ref for rows in self._known.get(subject, {}).values() for ref, row in rows.items() if row.value}
        for field, value in values.items():
            rows = self._known.setdefault(subject, {}).setdefault(field, {})
            for ref in seen.refs:
                if ref not in rows and ref not in heard:
                    # It does not hold any more, or it has yet to be heard: in both cases it is over.
                    rows[ref] = _Row(subject, field, ref, since=revision, until=revision)
                    self._unheard.append(rows[ref])
                elif ref in rows and rows[ref].holds and ref != self._entry.ref:
                    rows[ref].until = revision
                    self._superseded.append(rows[ref])
            self._put(rows, _Row(subject, field, self._entry.ref, seen.generation, _text(value), revision))
            self._touched[subject, field] = revision
        return {field: self._merge(subject, field).value for field in values}

    def _put(self, rows: dict[str, _Row], new: _Row) -> None:
        new.position = self._entry.position
        old = rows.get(new.ref)
        if old is not None and old.value is None:
            # Somebody who saw it was heard before it.
            new.until = new.since
        elif old is not None:
            # The same entry speaks of it again: the last word counts.
            new.since = old.since
        rows[new.ref] = self._written[new.subject, new.field] = new

    def _merge(self, subject: str, field: str) -> Merged:
        rows = self._known[subject][field].values()
        return merged(field, [Write(r.ref, r.generation, json.loads(r.value)) for r in rows if r.holds and r.value])

    def _is_contested(self, subject: str, field: str) -> bool:
        holding = [row for row in self._known[subject][field].values() if row.holds]
        return len(holding) > 1 and self._merge(subject, field).is_conflict

    def save(self) -> None:
        """Write the rows of what was taken, and forget what no form can have before it any more."""
        many, columns = self._connection.many, self._columns
        many(_sql.SUPERSEDE, [columns(row) | {"revision": row.until} for row in self._superseded])
        many(_sql.KEEP_UNHEARD, map(columns, self._unheard))
        many(_sql.KEEP, map(columns, self._written.values()))
        past = [(subject, field, revision - _REMEMBERED) for (subject, field), revision in self._touched.items()]
        many(
            _sql.FORGET,
            ({"noun": self._noun, "subject": s, "field": f, "before": before} for s, f, before in past if before > 0),
        )
        self._note_conflicts()

    def _columns(self, row: _Row) -> dict[str, object]:
        return {
            "noun": self._noun, "subject": row.subject, "field": row.field, "ref": row.ref,
            "generation": row.generation, "value": row.value, "since": row.since, "until": row.until,
            "position": row.position,
        }  # fmt: skip

    def _note_conflicts(self) -> None:
        # Of what has no beginning yet nobody can be asked.
        found = {key for key, revision in self._touched.items() if revision and self._is_contested(*key)}
        over = self._contested & self._touched.keys() - found
        for statement, keys in ((_sql.OPEN_CONFLICT, found), (_sql.CLOSE_CONFLICT, over)):
            self._connection.many(statement, [{"noun": self._noun, "subject": s, "field": f} for s, f in keys])


def _text(value: Json) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
