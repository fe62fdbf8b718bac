"""What somebody has to settle: fields with several values, and the choice of one. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

from omsdesk.actions.settle import settlement
from omsdesk.domain.values import Stamp
from omsdesk.store.queries.conflicts import Conflict, Said, conflicts
from omsdesk.ui.sync.office import NO_RIGHT, Office
from omsdesk.ui.sync.value_words import code_words, field_words, noun_words, value_words
from omsdesk.ui.sync_words import clock_time

Key = tuple[str, str, str]


class Value(NamedTuple):
    """One of the values in words, and whose word it is."""

    words: str
    who: str
    when: str
    where: str


def key_of(conflict: Conflict) -> Key:
    """Name a conflict."""
    return conflict.noun, conflict.subject, conflict.field


class ConflictsSession:
    """State and intents of the part where somebody settles."""

    def __init__(self, office: Office, name_of: Callable[[str], str]) -> None:
        """Know of nothing yet; ``name_of`` calls a station by name."""
        self.office, self._name_of = office, name_of
        self.listeners: list[Callable[[], None]] = []
        self.refusal = self.done = ""
        self.conflicts: list[Conflict] = []
        self.chosen: Key | None = None
        self.is_saving = self.is_read = False

    @property
    def conflict(self) -> Conflict | None:
        """The one that is shown."""
        return next((row for row in self.conflicts if key_of(row) == self.chosen), None)

    @property
    def may_settle(self) -> bool:
        """Whether whoever is here may settle the one that is shown."""
        conflict = self.conflict
        if conflict is None or not conflict.values:
            return False
        return self.office.may(settlement(conflict, conflict.values[0].value, "").permission)

    def title(self, conflict: Conflict) -> tuple[str, str]:
        """Say what a conflict is about, and which of its fields."""
        name = code_words(conflict.name) if conflict.noun == "barcode" else conflict.name
        return name, f"{noun_words(conflict)} · {field_words(conflict, self.office.locale)}"

    def values(self, conflict: Conflict) -> list[Value]:
        """Write the values side by side."""
        return [self._value(conflict, said) for said in conflict.values]

    def _value(self, conflict: Conflict, said: Said) -> Value:
        words = value_words(conflict, said.value, self.office.locale)
        if said.at is None:
            return Value(words, "when it was made", "", "")
        now = self.office.clock.now()
        when = clock_time(said.at.utc_ms, Stamp(now.utc_ms, said.at.offset_minutes))
        return Value(words, said.author, when, self._name_of(said.station))

    def refresh(self) -> None:
        """Read again what there is."""
        self.office.work.ask(conflicts, self._told)

    def _told(self, found: list[Conflict]) -> None:
        before = [key_of(row) for row in self.conflicts]
        self.conflicts, self.is_read = found, True
        keys = [key_of(row) for row in found]
        if self.chosen not in keys:
            # The next one takes the place of the one that is settled.
            at = before.index(self.chosen) if self.chosen in before else 0
            self.chosen = keys[min(at, len(keys) - 1)] if keys else None
        self._tell()

    def choose(self, key: Key) -> None:
        """Show a conflict."""
        if key != self.chosen:
            self.chosen, self.refusal, self.done = key, "", ""
            self._tell()

    def settle(self, at: int) -> None:
        """Say which value holds: an ordinary edit of whoever is here."""
        conflict = self.conflict
        if conflict is None or self.is_saving or not 0 <= at < len(conflict.values):
            return
        command = settlement(conflict, conflict.values[at].value, self.office.clock.new_id())
        self.done, self.refusal = "", "" if self.office.may(command.permission) else NO_RIGHT
        if not self.refusal:
            self.is_saving = True
            name, field = self.title(conflict)
            words = value_words(conflict, conflict.values[at].value, self.office.locale).replace("\n", ", ")
            sentence = f"Settled. {name}, {field.partition(' · ')[2].lower()}: {words}."
            self.office.change(command, then=lambda _: self._settled(sentence), refused=self._refused)
        self._tell()

    def _settled(self, sentence: str) -> None:
        self.is_saving, self.done = False, sentence
        self.refresh()

    def _refused(self, sentence: str) -> None:
        self.is_saving, self.refusal = False, sentence
        self.refresh()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
