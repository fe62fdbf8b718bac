"""The people in the settings: who works here, with which role, and their PINs."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import partial
from typing import Any

from omsdesk.actions.execute import Done
from omsdesk.actions.people import could_be_badge, hash_badge, hash_pin
from omsdesk.domain.field_write import changed
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.store.queries.field_writes import left_at, revisions
from omsdesk.store.queries.settings import everybody
from omsdesk.store.queries.till import product_by_barcode
from omsdesk.ui.drafts import rebased
from omsdesk.ui.settings.office import NO_RIGHT, Office
from omsdesk.ui.settings.typed_over import TypedOver

ROLES = {
    Role.CASHIER: "sells and closes shifts",
    Role.SUPERVISOR: "also agrees to more, moves cash and goods",
    Role.MANAGER: "also products, people, settings and reports",
    Role.OWNER: "everything, and who else may own",
    Role.CLERK: "moves goods",
    Role.ACCOUNTANT: "reads reports",
}
"""What each role is for where the shop said nothing else, in a few words; ``domain.rights`` decides."""


@dataclass(frozen=True, slots=True)
class PersonDraft:
    """Somebody as they stand in the form. An empty PIN leaves the one they have."""

    name: str = ""
    role: str = str(Role.CASHIER)
    is_active: bool = True
    pin: str = ""
    pin_again: str = ""
    has_badge: bool = False
    badge: str = ""
    """The code of a new badge. Empty leaves the one they have."""


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
    if draft.badge and not could_be_badge(draft.badge):
        found["badge"] = "This code is too short: it could be guessed, or taken for a PIN. Use nine signs or more."
    return found


class PeopleSession(TypedOver[PersonDraft]):
    """State and intents of the people's page. It knows no widget; PINs are hashed away from the window."""

    right = "people.edit"

    def __init__(self, office: Office) -> None:
        """Show whoever is first."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.people: list[Person] = []
        self._revisions: dict[str, int] = {}
        self._bases: dict[str, int] = {}
        """Which revision of somebody what is typed of them was typed over."""
        self.chosen: Person | None = None
        self.is_new = False
        self.draft = self.start = PersonDraft()
        self.errors: dict[str, str] = {}
        self.refusal = self.notice = self.saved = ""
        self.is_saving = False
        self._left: dict[str, tuple[Person, PersonDraft]] = {}
        """What was typed of people who were left before it was saved, as it stands over who they were."""
        self._undo: tuple[Person, Person, int] | None = None
        """Somebody before they were saved, and after, and the revision that left."""
        self.refresh()

    def refresh(self) -> None:
        """Read the people again: what was typed and not saved yet stays, what was not touched follows."""
        self._read()
        if self.chosen is None and self.people:
            self._show(self.people[0])
        found = self._known(self.chosen.id) if self.chosen else None
        if found is not None and found != self.chosen:
            self._stand_on(found, self.start)
        if found is not None and self.draft == self.start:
            self._note_base(found.id)
        self._tell()

    def _read(self) -> None:
        # The revisions first: what is saved elsewhere in between was then not seen here.
        self._revisions = revisions(self.office.reader, Person)
        self.people = everybody(self.office.reader)

    def _note_base(self, person: str) -> None:
        self._bases[person] = self._revisions.get(person, 0)

    def _known(self, person: str) -> Person | None:
        return next((row for row in self.people if row.id == person), None)

    def _stand_on(self, person: Person, base: PersonDraft) -> None:
        self.chosen, self.is_new = person, False
        self.start = _draft_of(person)
        self.draft = rebased(self.draft, base, self.start)

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return self.is_new or self.draft != self.start

    @property
    def unsaved(self) -> list[str]:
        """The names of people who were left before they were saved, by id; what was typed is still there."""
        return [*self._left]

    @property
    def typed_over(self) -> list[tuple[str, str]]:
        """Id and name of everybody with something typed and not saved, whoever is shown first."""
        shown = [(self.chosen.id, self.draft.name)] if self.chosen is not None and self.draft != self.start else []
        return [*shown, *((person, draft.name) for person, (_, draft) in self._left.items())]

    @property
    def listed(self) -> list[Person]:
        """Everybody, and at the end who is new and was left before they were saved."""
        new = (replace(person, name=draft.name) for person, draft in self._left.values() if not person.name)
        return [*self.people, *new]

    # ------------------------------------------------------------------------------ who is shown

    def choose(self, person: str) -> None:
        """Show somebody; what was typed of who was shown before waits for them."""
        found = self._known(person) or (self._left[person][0] if person in self._left else None)
        if found is not None and (self.chosen is None or found.id != self.chosen.id):
            self._leave()
            self._show(found)
            self._tell()

    def begin(self) -> None:
        """Show an empty form for somebody new."""
        self._leave()
        self._show(Person(self.office.clock.new_id(), "", Role.CASHIER))
        self._tell()

    def _leave(self) -> None:
        if self.chosen is not None and self.draft != self.start:
            self._left[self.chosen.id] = (self.chosen, self.draft)

    def _show(self, person: Person) -> None:
        self.chosen, self.is_new = person, not person.name
        self.draft = self.start = _draft_of(person)
        self.errors, self.refusal, self.saved = {}, "", ""
        if person.id not in self._left:
            self._note_base(person.id)
        else:
            was, typed = self._left.pop(person.id)
            self.draft = rebased(typed, _draft_of(was), self.start)

    def set(self, name: str, value: str | bool) -> None:
        """Take what was typed into a field."""
        if getattr(self.draft, name) != value:
            change: dict[str, Any] = {name: value}
            self.draft = replace(self.draft, **change)
            self.errors.pop(name, None)
            self.saved = ""
            self._tell()

    # ------------------------------------------------------------------------------ saving

    def save(self) -> None:
        """Save who is shown; a new PIN is hashed first."""
        if self.is_saving or not self.has_changes:
            return
        self.refresh()
        known, sent, is_new = self.chosen, self.draft, self.is_new
        if known is None:
            return
        self.errors = problems(sent, has_pin=bool(known.pin_hash)) | self._article_of(sent.badge)
        self.refusal = "" if self.may_edit else NO_RIGHT
        if not (self.errors or self.refusal):
            self.is_saving = True
            # Whoever is shown when PIN and badge are hashed may be somebody else already.
            self.office.work.work(
                partial(_hashed, known, sent, tuple(self.people)),
                lambda hashes: self._save(known, sent, *hashes, is_new=is_new),
            )
        self._tell()

    def _article_of(self, badge: str) -> dict[str, str]:
        """Say that a code is that of an article: whoever buys one could agree to anything."""
        office, shop = self.office, self.office.shop
        day = office.clock.now().day
        found = product_by_barcode(office.reader, badge, shop, day) if badge and shop is not None else None
        return {} if found is None else {"badge": f"This is the barcode of “{found.article.name}”. Use another code."}

    def _save(self, known: Person, sent: PersonDraft, pin_hash: str, badge_hash: str, *, is_new: bool) -> None:
        person = Person(known.id, sent.name.strip(), Role(sent.role), pin_hash, sent.is_active, badge_hash)
        before = replace(person, is_active=False) if is_new else known
        said = () if is_new else changed(known, person)
        self.office.change(
            SavePerson(person, said, self._bases.get(person.id, 0)),
            then=lambda done: self._saved(person, sent, done, before),
            refused=lambda reason: self._refused(person, reason),
        )

    def discard(self) -> None:
        """Forget what was typed and not saved; instead of somebody new the first one is shown."""
        self.draft = self.start
        if self.chosen is not None:
            self._show(self.people[0] if self.is_new and self.people else self.chosen)
        self._tell()

    def take_back(self) -> None:
        """Save them as they were before; somebody new does not work here any more."""
        undo, self._undo = self._undo, None
        self._read()
        now = self._known(undo[0].id) if undo else None
        if undo is not None and now is not None:
            before, after, revision = undo
            person, base = rebased(before, after, now), self.start
            self.office.change(
                SavePerson(person, changed(before, after), revision),
                then=lambda done: self._saved(person, base, done),
                refused=lambda reason: self._refused(person, reason),
            )

    def _saved(self, person: Person, base: PersonDraft, done: Done, before: Person | None = None) -> None:
        """Go on from what was saved; ``before`` is what takes it back, if it can be taken back."""
        revision = left_at(self.office.reader, "person", person.id, done.entries)
        self.is_saving, self._undo = False, None if before is None else (before, person, revision)
        self._bases[person.id] = revision
        if self.chosen is not None and self.chosen.id == person.id:
            # What was typed while the disk was busy is not lost.
            self._stand_on(person, base)
        elif person.id in self._left:
            draft = rebased(self._left.pop(person.id)[1], base, _draft_of(person))
            if draft != _draft_of(person):
                self._left[person.id] = (person, draft)
        self.refusal, self.saved = "", f"Saved “{person.name}”" if before is not None else ""
        self.refresh()

    def _refused(self, person: Person, sentence: str) -> None:
        self.is_saving = False
        is_shown = self.chosen is not None and self.chosen.id == person.id
        self.refusal = sentence if is_shown else f"“{person.name}” was not saved: {sentence}"
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def _draft_of(person: Person) -> PersonDraft:
    return PersonDraft(person.name, str(person.role), person.is_active, has_badge=bool(person.badge_hash))


def _hashed(known: Person, sent: PersonDraft, people: tuple[Person, ...]) -> tuple[str, str]:
    """Make the hashes of PIN and badge; what was not typed stays as it is."""
    pin = hash_pin(sent.pin) if sent.pin else known.pin_hash
    badge = known.badge_hash if sent.has_badge else ""
    return pin, hash_badge(sent.badge, people) if sent.badge else badge
