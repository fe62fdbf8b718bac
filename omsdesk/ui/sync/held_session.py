"""Changes that the service does not tell before a manager looked at them: who made them may not, as far as it knows."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from omsdesk.store.queries.till import person
from omsdesk.sync.rights import RIGHTS
from omsdesk.ui.exchange import Trouble
from omsdesk.ui.sync.office import NO_RIGHT, Office
from omsdesk.ui.sync_words import clock_time

if TYPE_CHECKING:
    from omsdesk.domain.people import Person
    from omsdesk.sync.messages import Decision, HeldEntries, HeldEntry, TurnedAway

    _Ask = Callable[[Decision, Callable[[HeldEntries], None], Callable[[Trouble], None]], None]


class HeldSession:
    """State and intents of the part about what is held back. It knows no widget."""

    def __init__(self, office: Office, name_of: Callable[[str], str]) -> None:
        """Know of nothing yet; ``name_of`` calls a station by name."""
        self.office, self._name_of = office, name_of
        self.listeners: list[Callable[[], None]] = []
        self.refusal = self.done = ""
        self.entries: tuple[HeldEntry, ...] = ()
        self.turned_away: tuple[TurnedAway, ...] = ()
        self.asked: HeldEntry | None = None
        """The change about which somebody is asked whether it is meant that nobody ever hears of it."""
        self.is_busy = False

    def refresh(self) -> None:
        """Ask the service what it holds back."""
        if self.office.exchange.service.is_enrolled and not self.is_busy:
            self.is_busy = True
            self.office.exchange.held(self._told, self._failed)

    def line(self, entry: HeldEntry) -> str:
        """Say who changed it, and when and where."""
        parts = (self._moment(entry.utc_ms), self._person(entry.actor), self._name_of(entry.device))
        return " · ".join(part for part in parts if part)

    def refused_line(self, refused: TurnedAway) -> str:
        """Say who changed it, and who turned that away, each with the moment."""
        who, when = self._person(refused.turned_away_by), self._moment(refused.decided_ms)
        return f"{self.line(refused.entry)}\nTurned away by {who} · {when}"

    def _moment(self, utc_ms: int) -> str:
        return clock_time(utc_ms, self.office.clock.now())

    def _person(self, actor: str) -> str:
        known = person(self.office.reader, actor)
        return known.name if known else actor

    def release(self, entry: HeldEntry) -> None:
        """Have it told to all stations. Only who may make such a change may let one pass."""
        self._decide(entry, self.office.exchange.release, "It is told to every station now.")

    def ask_to_turn_away(self, entry: HeldEntry) -> None:
        """Ask whether it is meant that nobody ever hears of it."""
        if self._person_for(entry) is not None and not self.is_busy:
            self.asked, self.refusal, self.done = entry, "", ""
        self._tell()

    def keep(self) -> None:
        """Leave it here after all."""
        self.asked = None
        self._tell()

    def turn_away(self) -> None:
        """Have it told to nobody for good, once that was asked. Only who may make such a change may do it."""
        entry, self.asked = self.asked, None
        if entry is not None:
            self._decide(entry, self.office.exchange.turn_away, "It is turned away. No other station hears of it.")

    def _decide(self, entry: HeldEntry, ask: _Ask, done: str) -> None:
        from omsdesk.sync.messages import Decision

        here = self._person_for(entry)
        if here is not None and not self.is_busy:
            self.is_busy = True
            decision = Decision(entry.device, entry.epoch, entry.number, here.id)
            ask(decision, lambda held: self._decided(held, done), self._failed)
        self._tell()

    def _person_for(self, entry: HeldEntry) -> Person | None:
        here = self.office.person()
        if here is not None and here.may(RIGHTS.get(entry.kind, "shop.own")):
            return here
        self.refusal, self.done = NO_RIGHT, ""
        return None

    def _decided(self, held: HeldEntries, done: str) -> None:
        self.refusal, self.done = "", done
        self._show(held)

    def _told(self, held: HeldEntries) -> None:
        self.refusal = ""
        self._show(held)

    def _show(self, held: HeldEntries) -> None:
        self.entries, self.turned_away, self.is_busy = held.entries, held.turned_away, False
        if self.asked not in self.entries:
            self.asked = None
        self._tell()

    def _failed(self, trouble: Trouble) -> None:
        self.is_busy, self.refusal, self.done = False, trouble.sentence, ""
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
