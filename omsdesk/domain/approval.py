"""What somebody may do at a till by themselves, and what needs another person's PIN or badge, on the same screen."""

from __future__ import annotations

from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.people import NotAllowed, Person
from omsdesk.domain.records import record
from omsdesk.domain.rights import can_be_lent
from omsdesk.domain.values import Stamp


@record
class Grant:
    """Leave for something, given once by somebody who may: for one ticket, or for a time."""

    grant: str
    right: str
    approver: str
    most: int = 0
    """How much it allows, in the measure of the right; 0 is any amount."""
    sale: str = ""
    """The ticket that it holds for, or another document that is made once; empty is any."""
    until: Stamp | None = None

    def holds(self, right: str, size: int, sale: str, at: Stamp) -> bool:
        """Tell whether it allows so much of something on a ticket at a moment."""
        return (
            self.right == right
            and (not self.most or size <= self.most)
            and self.sale in {"", sale}
            and (self.until is None or at.utc_ms <= self.until.utc_ms)
        )


@record
class ApprovalNeeded(Refusal):
    """Somebody with more rights has to agree: the screen asks for their PIN, and the same is done again."""

    right: str = ""
    size: int = 0
    """How much it would have to allow, in the measure of the right."""
    what: str = ""
    """What they would agree to, as the end of a sentence."""
    lent_for: str = ""
    """The document it is about: the ticket, or what the command makes."""


@record
class Approve(Command):
    """Agree to something that somebody else wants to do. Its author is who approves, after their PIN was checked."""

    grant: Grant
    till: str
    asker: str
    reason: str = ""
    by_badge: bool = False
    """Whether a badge was read, and no PIN typed."""


@event("approval.given")
@record
class ApprovalGiven(Event):
    """Somebody agreed to what another person wanted to do."""

    id: str
    grant: Grant
    till: str
    asker: str
    reason: str = ""
    by_badge: bool = False
    """Whether a badge was read, and no PIN typed."""
    is_training: bool = False
    """Whether the till was in training, so that it was about nothing real."""


def decide(command: Approve, approver: Person | None, at: Stamp, *, is_training: bool = False) -> Decision:
    """Decide whether somebody may agree to it: only what they might do themselves, and to nobody but others."""
    grant = command.grant
    if not can_be_lent(grant.right):
        return Refusal("This cannot be approved for somebody else. Sign in and do it yourself.")
    # Leave for any amount is for those to give who have no limit themselves.
    is_enough = approver is not None and (grant.most > 0 or approver.limit(grant.right) is None)
    if approver is None or not is_enough or not approver.may(grant.right, grant.most):
        return Refusal("This person may not approve it either. Ask somebody with more rights.")
    if grant.until is not None and grant.until.utc_ms <= at.utc_ms:
        return Refusal("This approval would be over already. Choose a later end.")
    if not command.reason.strip():
        return Refusal("Say why: a manager reads it later.")
    if not grant.sale and grant.until is None:
        return Refusal("An approval needs an end: a ticket, or a time.")
    reason = command.reason.strip()
    return (ApprovalGiven(grant.grant, grant, command.till, command.asker, reason, command.by_badge, is_training),)


def missing(right: str, size: int, what: str, author: Person, lent_for: str = "") -> Refusal:
    """Say that somebody has to agree, or that nobody can; ``what`` is what it is about, as the end of a sentence."""
    if not (can_be_lent(right) and author.may_ask(right)):
        return NotAllowed(f"{author.name} may not {what}. Ask somebody to sign in who may.")
    return ApprovalNeeded(f"{author.name} may not {what}. Ask somebody who may.", (), right, size, what, lent_for)
