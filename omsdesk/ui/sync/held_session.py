"""Changes that the service does not tell before a manager looked at them: who made them may not, as far as it knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from omsdesk.store.queries.till import person
from omsdesk.sync.rights import RIGHTS
from omsdesk.ui.exchange import Trouble
from omsdesk.ui.sync.aside_session import kind_words
from omsdesk.ui.sync.office import NO_RIGHT, Office
from omsdesk.ui.sync_words import clock_time

if TYPE_CHECKING:
    from omsdesk.sync.messages import HeldEntries, HeldEntry


class HeldSession:
    """State and intents of the part about what is held back. It knows no widget."""

    def __init__(self, office: Office, name_of: Callable[[str], str]) -> None:
        """Know of nothing yet; ``name_of`` calls a station by name."""
        self.office, self._name_of = office, name_of
        self.listeners: list[Callable[[], None]] = []
        self.refusal = self.done = ""
        self.entries: tuple[HeldEntry, ...] = ()
        self.is_busy = False

    def refresh(self) -> None:
        """Ask the service what it holds back."""
        if self.office.exchange.service.is_enrolled and not self.is_busy:
            self.is_busy = True
            self.office.exchange.held(self._told, self._failed)

    def title(self, entry: HeldEntry) -> str:
        """Say what was changed."""
        return kind_words(entry.kind)

    def line(self, entry: HeldEntry) -> str:
        """Say who changed it, and when and where."""
        who = person(self.office.reader, entry.actor)
        when = clock_time(entry.utc_ms, self.office.clock.now())
        name = who.name if who else entry.actor
        return " · ".join(part for part in (when, name, self._name_of(entry.device)) if part)

    def release(self, entry: HeldEntry) -> None:
        """Have it told to all stations. Only who may make such a change may let one pass."""
        from omsdesk.sync.messages import Decision

        here = self.office.person()
        if here is None or not here.may(RIGHTS.get(entry.kind, "shop.own")):
            self.refusal, self.done = NO_RIGHT, ""
            self._tell()
        elif not self.is_busy:
            self.is_busy = True
            decision = Decision(entry.device, entry.epoch, entry.number, here.id)
            self.office.exchange.release(decision, self._released, self._failed)

    def _released(self, held: HeldEntries) -> None:
        self.refusal, self.done = "", "It is told to every station now."
        self._show(held)

    def _told(self, held: HeldEntries) -> None:
        self.refusal = ""
        self._show(held)

    def _show(self, held: HeldEntries) -> None:
        self.entries, self.is_busy = held.entries, False
        self._tell()

    def _failed(self, trouble: Trouble) -> None:
        self.is_busy, self.refusal, self.done = False, trouble.sentence, ""
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
