"""Entries that were heard and could not be put into the tables: kept as they came, and listed here."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from omsdesk.domain.values import Stamp
from omsdesk.store import exchange, journal
from omsdesk.store.engine import Connection
from omsdesk.store.queries.till import person
from omsdesk.ui.sync.office import Office
from omsdesk.ui.sync_words import clock_time

MOST = 200


class Aside(NamedTuple):
    """An entry that was put aside: what it is, whose it is, and why."""

    position: int
    kind: str
    who: str
    station: str
    at: Stamp
    reason: str


def kind_words(kind: str) -> str:
    """Say what an entry is about: ``sale.completed`` is ``Sale: completed``."""
    noun, _, what = kind.partition(".")
    return f"{noun.capitalize()}: {what.replace('_', ' ')}" if what else noun.capitalize()


def set_aside(connection: Connection) -> list[Aside]:
    """List what was put aside, the first of it."""
    found = []
    for row in exchange.set_aside(connection)[:MOST]:
        origin, _, _, entry = journal.stray(connection, row.position)
        who = person(connection, entry.actor)
        at = Stamp(entry.utc_ms, entry.offset_minutes)
        name = who.name if who else entry.actor
        found.append(Aside(row.position, kind_words(entry.kind), name, origin, at, row.reason))
    return found


class AsideSession:
    """State of the part about what was put aside; there is nothing to do but to know."""

    def __init__(self, office: Office, name_of: Callable[[str], str]) -> None:
        """Know of nothing yet; ``name_of`` calls a station by name."""
        self.office, self._name_of = office, name_of
        self.listeners: list[Callable[[], None]] = []
        self.refusal = self.done = ""
        self.entries: list[Aside] = []

    def refresh(self) -> None:
        """Read again what there is."""
        self.office.work.ask(set_aside, self._told)

    def line(self, entry: Aside) -> str:
        """Say whose an entry is, and when and where it was made."""
        when = clock_time(entry.at.utc_ms, self.office.clock.now())
        return " · ".join(part for part in (when, entry.who, self._name_of(entry.station)) if part)

    def _told(self, found: list[Aside]) -> None:
        self.entries = found
        for listener in self.listeners:
            listener()
