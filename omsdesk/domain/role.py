"""What a shop says of a role: each right for itself, over what is usual."""

from __future__ import annotations

from collections.abc import Iterable
from typing import ClassVar

from omsdesk.domain.field_write import UNSEEN, Seen
from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.people import NobodyLeft, NotAllowed, Person, Role
from omsdesk.domain.records import record
from omsdesk.domain.rights import OWNER, RIGHTS, Leave, Measure, Rule, Rules, can_be_lent, is_fixed
from omsdesk.domain.tax import PPM

_LETS_IN = "people.edit"
_NO_OWNER = "Nobody could manage people any more. Make somebody an owner first."


@record
class SaveRole(Command):
    """Say how far a role may do some things; ``base`` as in ``SavePerson``."""

    permission: ClassVar[str] = "people.edit"
    role: str
    rules: tuple[Rule, ...]
    base: int = 0


@event("role.saved")
@record
class RoleSaved(Event):
    """It was said how far a role may do some things; the rest as in ``PersonSaved``, each right for itself."""

    id: str
    rules: tuple[Rule, ...]
    saw: tuple[str, ...] = ()
    generation: int = 0


def decide(
    command: SaveRole, before: Rules, people: Iterable[Person], seen: Seen = UNSEEN, *, may_own: bool
) -> Decision:
    """Decide on what a role may: ``before`` is what it may now, ``people`` are the active ones.

    ``may_own`` tells whether the author is an owner: what those may who can change roles is for an owner to say, so
    that nobody gives themselves more.
    """
    if command.role not in set(Role):
        return Refusal("There is no such role.")
    if command.role == OWNER:
        return NotAllowed("An owner may everything: so there is always somebody who can put things right.")
    fault = next(filter(None, map(_fault, command.rules)), None)
    if fault is not None:
        return fault
    after = {**before, **{rule.right: rule for rule in command.rules}}
    has_owner = any(person.role == OWNER for person in people)
    is_for_owners = before[_LETS_IN].allows() or after[_LETS_IN].allows()
    if is_for_owners and has_owner and not may_own:
        return NotAllowed("What those may who can change roles is for an owner to say. Ask an owner to sign in.")
    if not has_owner and before[_LETS_IN].allows() and not after[_LETS_IN].allows():
        return NobodyLeft(_NO_OWNER)
    return (RoleSaved(command.role, command.rules, seen.refs, seen.generation),) if command.rules else ()


def _fault(rule: Rule) -> Refusal | None:
    right = RIGHTS.get(rule.right)
    if right is None or is_fixed(rule.right):
        return Refusal("This right cannot be given or taken.")
    if rule.leave is Leave.APPROVAL and not can_be_lent(rule.right):
        return Refusal(f"Nobody can agree to this for somebody else: {right.what}. Allow it, or do not.")
    if rule.most is None:
        return None
    if rule.leave is not Leave.ALLOWED or right.measure is Measure.NOTHING:
        return Refusal(f"This has no limit: {right.what}.")
    if rule.most < 0 or (right.measure is Measure.SHARE and rule.most > PPM):
        return Refusal("Type a limit that is not below zero; a percentage is 100 at most.")
    return None
