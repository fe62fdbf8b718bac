"""The people in the settings: who works here, with which role, and their PINs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from omsdesk.actions.people import hash_pin
from omsdesk.domain.people import RIGHTS, Person, Role, SavePerson
from omsdesk.store.queries.settings import everybody
from omsdesk.ui.settings.office import NO_RIGHT, Office

ROLES = {
    Role.CASHIER: "sells and closes shifts",
    Role.SUPERVISOR: "also voids, moves cash and goods",
    Role.MANAGER: "also products, people, settings and reports",
    Role.OWNER: "everything, and who else may own",
    Role.CLERK: "moves goods",
    Role.ACCOUNTANT: "reads reports",
}
"""What each role is for, in a few words; ``domain.people.RIGHTS`` decides."""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody as they stand in the form. An empty PIN leaves the one they have."""

    name: str = ""
    role: str = str(Role.CASHIER)
    is_active: bool = True
    pin: str = ""
    pin_again: str = ""


def problems(draft: PersonDraft, *, has_pin: bool) -> dict[str, str]:
    """Say what is wrong with which field."""
    found: dict[str, str] = {}
    if not draft.name.strip():
        found["name"] = "Type the person's name."
    if draft.pin and not (draft.pin.isdecimal() and 4 <= len(draft.pin) <= 8):
        found["pin"] = "A PIN has four to eight digits."
    elif not draft.pin and not has_pin and draft.is_active:
        found["pin"] = "Choose a PIN of four to eight digits: it is how they sign in."
    elif draft.pin != draft.pin_again:
        found["pin_again"] = "The two entries differ. Type the PIN again."
    return found


class PeopleSession:
    """State and intents of the people's page. It knows no widget; PINs are hashed away from the window."""

    def __init__(self, office: Office) -> None:
        """Show whoever is first."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.people: list[Person] = []
        self.chosen: Person | None = None
        self.is_new = False
        self.draft = self.start = PersonDraft()
        self.errors: dict[str, str] = {}
        self.refusal = self.saved = ""
        self.is_saving = False
        self._before: Person | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the people again; what was typed and not saved yet stays."""
        self.people = everybody(self.office.reader)
        if self.chosen is None and self.people and not self.is_new:
            self._take(self.people[0])
        self._tell()

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change people."""
        return self.office.may("people.edit")

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return self.is_new or self.draft != self.start

    def rights_of(self, role: str) -> int:
        """How many rights a role has, for the order of roles."""
        return len(RIGHTS[Role(role)])

    def choose(self, person: str) -> None:
        """Show somebody."""
        found = next((row for row in self.people if row.id == person), None)
        if found is not None:
            self._take(found)
            self._tell()

    def begin(self) -> None:
        """Show an empty form for somebody new."""
        self.chosen, self.is_new = Person(self.office.clock.new_id(), "", Role.CASHIER), True
        self.draft = self.start = PersonDraft()
        self.errors, self.refusal, self.saved = {}, "", ""
        self._tell()

    def set(self, name: str, value: str | bool) -> None:
        """Take what was typed into a field."""
        if getattr(self.draft, name) != value:
            change: dict[str, Any] = {name: value}
            self.draft = replace(self.draft, **change)
            self.errors.pop(name, None)
            self.saved = ""
            self._tell()

    def save(self) -> None:
        """Save who is shown; a new PIN is hashed first."""
        if self.is_saving or self.chosen is None or not self.has_changes:
            return
        self.errors = problems(self.draft, has_pin=bool(self.chosen.pin_hash))
        self.refusal = "" if self.may_edit else NO_RIGHT
        if not (self.errors or self.refusal):
            self.is_saving = True
            pin, known = self.draft.pin, self.chosen
            self.office.work.work(lambda: hash_pin(pin) if pin else known.pin_hash, self._hashed)
        self._tell()

    def _hashed(self, pin_hash: str) -> None:
        if self.chosen is None:
            return
        draft, known = self.draft, self.chosen
        person = Person(known.id, draft.name.strip(), Role(draft.role), pin_hash, draft.is_active)
        before = None if self.is_new else known
        self.office.change(
            SavePerson(person), then=lambda _: self._saved(person, before, "Saved"), refused=self._refused
        )

    def take_back(self) -> None:
        """Save them as they were before; somebody new does not work here any more."""
        before, self._before = self._before, None
        if before is not None:
            self.office.change(SavePerson(before), then=lambda _: self._saved(before, None, ""), refused=self._refused)

    def _saved(self, person: Person, before: Person | None, sentence: str) -> None:
        self._before = before or (replace(person, is_active=False) if sentence else None)
        self.is_saving = False
        self._take(person)
        self.people = everybody(self.office.reader)
        self.saved = f"{sentence} “{person.name}”" if sentence else ""
        self._tell()

    def _refused(self, sentence: str) -> None:
        self.is_saving, self.refusal = False, sentence
        self._tell()

    def _take(self, person: Person) -> None:
        self.chosen, self.is_new = person, False
        self.draft = self.start = PersonDraft(person.name, str(person.role), person.is_active)
        self.errors, self.refusal, self.saved = {}, "", ""

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
