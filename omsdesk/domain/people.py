"""The people of a shop, what their roles allow, and who stands at a till."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import field
from enum import StrEnum
from typing import ClassVar

from omsdesk.domain.field_write import UNSEEN, Seen
from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.records import record
from omsdesk.domain.rights import Leave, Rule, Rules, built_in

SYSTEM = "system"
"""The author of facts that no person made."""


class Role(StrEnum):
    """What somebody is employed to do."""

    CASHIER = "cashier"
    SUPERVISOR = "supervisor"
    MANAGER = "manager"
    OWNER = "owner"
    CLERK = "clerk"
    ACCOUNTANT = "accountant"


@record
class Person:
    """Somebody who works here. PIN and badge are kept as argon2 hashes, never as what is typed or read."""

    id: str
    name: str
    role: Role
    pin_hash: str = ""
    is_active: bool = True

    badge_hash: str = ""
    """What the code of their badge comes to, as ``actions/people.py`` makes it; empty for no badge."""
    rules: Rules | None = field(default=None, compare=False, repr=False)
    """What their role may as the shop says; None is as it is usual. It is no part of what is said of a person."""

    def may(self, right: str, size: int = 0) -> bool:
        """Tell whether their role allows so much of something; everybody may what needs no right."""
        if not right or not self.is_active:
            return self.is_active
        rule = self.rule(right)
        return rule is not None and rule.allows(size)

    def may_ask(self, right: str) -> bool:
        """Tell whether they may do something if somebody agrees."""
        rule = self.rule(right)
        return self.is_active and rule is not None and rule.leave is not Leave.DENIED

    def rule(self, right: str) -> Rule | None:
        """Find how far their role may do something; None for what nobody knows."""
        return (built_in(self.role) if self.rules is None else self.rules).get(right)

    def limit(self, right: str) -> int | None:
        """Tell how much of a right their role has; None where it has no limit."""
        rule = self.rule(right)
        return rule.most if rule is not None else None

    @property
    def initials(self) -> str:
        """The letters on their badge."""
        return "".join(word[0] for word in self.name.split()[:2]).upper()


@record
class SavePerson(Command):
    """Add somebody, or change their name, role or PIN.

    ``said`` names the fields that are changed: without it those that differ from what is known. ``base`` is the
    revision that was before its author; 0 for what is known by then.
    """

    permission: ClassVar[str] = "people.edit"
    person: Person
    said: tuple[str, ...] = ()
    base: int = 0


@record
class SignIn(Command):
    """Stand at a till, after the PIN was checked."""

    till: str
    person: str


@event("people.saved")
@record
class PersonSaved(Event):
    """Somebody was added, or changed in the fields that are ``said``; ``saw`` are the writes this takes the place of.

    Without a generation it is the first that was said of them, or from before edits said what they saw.
    """

    id: str
    person: Person
    said: tuple[str, ...] = ()
    saw: tuple[str, ...] = ()
    generation: int = 0


@event("people.signed_in")
@record
class SignedIn(Event):
    """Somebody took over a till."""

    till: str
    person: str


@record
class NotAllowed(Refusal):
    """The role of the author does not allow it."""


@record
class NobodyLeft(Refusal):
    """Somebody must be able to let people in."""


@record
class BadgeTaken(Refusal):
    """A badge says who somebody is: two people cannot have the same."""


def decide(command: SavePerson | SignIn, people: Iterable[Person], seen: Seen = UNSEEN, *, may_own: bool) -> Decision:
    """Decide on a change of people.

    ``people`` are the active ones; ``may_own`` tells whether the author may make and change owners; ``seen`` is what
    was known of the person.
    """
    known = {person.id: person for person in people}
    if isinstance(command, SavePerson):
        refusal = _refusal(command.person, known, may_own=may_own)
        return refusal or (PersonSaved(command.person.id, command.person, command.said, seen.refs, seen.generation),)
    if command.person not in known:
        return NotAllowed("This person does not work here any more. Choose another one.")
    return (SignedIn(command.till, command.person),)


def _refusal(person: Person, known: dict[str, Person], *, may_own: bool) -> Refusal | None:
    if not person.name.strip():
        return Refusal("Type the person's name.")
    before = known.get(person.id)
    if not may_own and Role.OWNER in {person.role, before.role if before else person.role}:
        return NotAllowed("Only an owner can add or change an owner. Ask an owner to sign in.")
    after = {**known, person.id: person}
    badge = person.badge_hash
    owner = next((row for row in known.values() if badge and row.badge_hash == badge and row.id != person.id), None)
    if owner is not None:
        return BadgeTaken(f"This is the badge of {owner.name}. Scan another one.")
    if any(row.may("shop.own") for row in known.values()) and not any(row.may("shop.own") for row in after.values()):
        return NobodyLeft("The shop would have no owner any more. Make somebody else an owner first.")
    if any(row.may("people.edit") for row in known.values()) and not any(
        row.may("people.edit") for row in after.values()
    ):
        return NobodyLeft("Nobody could manage people any more. Make somebody else an owner or manager first.")
    return None
