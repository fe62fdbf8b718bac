"""What somebody may do at a till by themselves, and what needs another person's PIN or badge, on the same screen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from omsdesk.domain.messages import Command, Decision, Event, Refusal, event
from omsdesk.domain.people import NotAllowed, Person
from omsdesk.domain.records import record
from omsdesk.domain.rights import RIGHTS, can_be_lent
from omsdesk.domain.values import Money, Stamp


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
    """What they would agree to, as the end of a sentence; ``AMOUNT`` holds the place of an amount, as in the wording.
    """
    lent_for: str = ""
    """The document it is about: the ticket, or what the command makes."""
    is_own: bool = False
    """Whether whoever asks may do it by themselves, once they said that they mean it."""
    others: tuple[ApprovalNeeded, ...] = ()
    """What else the same action needs: it is asked for in one."""

    @property
    def every(self) -> tuple[ApprovalNeeded, ...]:
        """All that the action needs, right by right."""
        return (replace(self, others=()), *self.others)

    @property
    def assumed(self) -> Grant:
        """The leave that would be enough."""
        return Grant("", self.right, "", self.size)


@record
class Approve(Command):
    """Agree to something that somebody else wants to do. Its author is who approves, after their PIN was checked."""

    grant: Grant
    till: str
    asker: str
    """Who wants to do it: somebody else, or the author, who may do it and says that they mean it."""
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
    """Decide whether somebody may agree to it: only what they might do themselves.

    Who means what they may do themselves need not say why.
    """
    grant = command.grant
    if not can_be_lent(grant.right):
        return Refusal("This cannot be approved for somebody else. Sign in and do it yourself.")
    # Leave for any amount is for those to give who have no limit themselves.
    is_enough = approver is not None and (grant.most > 0 or approver.limit(grant.right) is None)
    if approver is None or not is_enough or not approver.may(grant.right, grant.most):
        return Refusal("This person may not approve it either. Ask somebody with more rights.")
    if grant.until is not None and grant.until.utc_ms <= at.utc_ms:
        return Refusal("This approval would be over already. Choose a later end.")
    if not command.reason.strip() and command.asker != approver.id:
        return Refusal("Say why: a manager reads it later.")
    if not grant.sale and grant.until is None:
        return Refusal("An approval needs an end: a ticket, or a time.")
    reason = command.reason.strip()
    return (ApprovalGiven(grant.grant, grant, command.till, command.asker, reason, command.by_badge, is_training),)


def missing(
    right: str, size: int, what: str, author: Person, lent_for: str = "", amounts: tuple[Money, ...] = ()
) -> Refusal:
    """Say that somebody has to agree, or that nobody can; ``what`` is what it is about, as the end of a sentence."""
    if not (can_be_lent(right) and author.may_ask(right)):
        return NotAllowed(f"{author.name} may not {what}. Ask somebody to sign in who may.", amounts)
    return ApprovalNeeded(f"{author.name} may not {what}. Ask somebody who may.", amounts, right, size, what, lent_for)


def told(right: str, size: int, what: str, lent_for: str, amounts: tuple[Money, ...] = ()) -> ApprovalNeeded | None:
    """Ask somebody who may do it whether they mean it; None where that is not asked."""
    if right not in RIGHTS or not RIGHTS[right].is_told:
        return None
    return ApprovalNeeded(f"Say yes first to {what}.", amounts, right, size, what, lent_for, is_own=True)


def together(needed: Sequence[ApprovalNeeded]) -> ApprovalNeeded:
    """Ask for all that one action needs in one; of a right for the most that it needs.

    Where another person has to agree to some of it, it is that which is asked for, and the rest when they did.
    """
    of_others = [row for row in needed if not row.is_own] or needed
    most: dict[str, ApprovalNeeded] = {}
    for row in of_others:
        known = most.get(row.right)
        if known is None or known.size < row.size:
            most[row.right] = row
    first, *rest = most.values()
    return replace(first, others=tuple(rest))
