"""What a person may not do alone: who is asked for it, how they prove who they are, and that it is done then."""

from __future__ import annotations

from collections.abc import Callable

from omsdesk.actions.execute import Outcome
from omsdesk.actions.people import could_be_badge
from omsdesk.domain.approval import ApprovalNeeded, Approve, Grant
from omsdesk.domain.messages import Command, Refusal, written
from omsdesk.domain.people import Person
from omsdesk.domain.records import record
from omsdesk.domain.rights import RIGHTS, Measure
from omsdesk.domain.values import Stamp
from omsdesk.store.queries import till as queries
from omsdesk.ui.proof import Proof
from omsdesk.ui.rule_words import size_words
from omsdesk.ui.till.counter import Aspect, Counter, GivenUp
from omsdesk.ui.till.goods.incoming import Demand
from omsdesk.ui.till.intake import Intake

MINUTES = 15
"""How long leave for a time lasts."""
_REASONS = {
    "return": ("Known customer", "Faulty goods", "Wrong goods sold", "Goodwill"),
    "cash": ("Change for the drawer", "To the bank", "Bill paid in cash", "Wrong entry"),
    "sale": ("Wrong price shown", "Customer changed their mind", "Wrong entry", "Goodwill"),
}
_NOBODY = GivenUp("Nobody agreed to it, and nothing was changed.")
_NOT_MEANT = GivenUp("Nothing was changed.")


@record
class ApprovalWanted(Demand):
    """Somebody has to agree before it is done: another person, or whoever wants it says that they mean it."""

    needed: ApprovalNeeded
    asker: Person
    commands: tuple[Command, ...]
    then: Callable[[Outcome], None]
    """Hears what came of it, done or not."""


class ApprovalDesk:
    """State and intents of the question. PIN, badge and reason come in any order: with both it is done."""

    def __init__(self, counter: Counter, intake: Intake, proof: Proof) -> None:
        """Ask nothing yet."""
        self.counter, self.intake, self.proof = counter, intake, proof
        self.chosen: Person | None = None
        """Who is about to type their PIN."""
        self.agreed: Person | None = None
        """Who proved that they are who they are."""
        self.reason = ""
        self.is_timed = False
        """Whether it is for a time, and not for this ticket alone."""
        self.message = ""
        """What is wrong, and what to do."""
        self.is_checking = False
        self._by_badge = False
        self._last = ""
        """Who agreed last: most likely they are still near."""
        counter.ask_approval = self._ask

    # ------------------------------------------------------------------------------ the question

    @property
    def wanted(self) -> ApprovalWanted | None:
        """What is asked now."""
        demand = self.intake.demand
        return demand if isinstance(demand, ApprovalWanted) else None

    def _ask(self, needed: ApprovalNeeded, commands: tuple[Command, ...], then: Callable[[Outcome], None]) -> None:
        asker = self.counter.person
        if asker is None:
            then(needed)
        else:
            self.intake.ask(ApprovalWanted(needed, asker, commands, then))

    def begin(self) -> None:
        """Start afresh: the question is on the screen."""
        wanted = self.wanted
        if wanted is None:
            return
        if wanted.asker.id != self.counter.actor:
            self.give_up()
            return
        people = self.approvers
        near = next((person for person in people if person.id == self._last), None)
        self.chosen = people[0] if len(people) == 1 else near
        self.agreed, self.message, self.is_checking, self._by_badge = None, "", False, False
        self.reason, self.is_timed = _reason_of(wanted.commands), not wanted.needed.lent_for

    @property
    def sentence(self) -> str:
        """Say who wants to do what, and for how much money."""
        wanted = self.wanted
        if wanted is None:
            return ""
        whole = ", and to ".join(self._what(row) for row in wanted.needed.every)
        return f"You are about to {whole}." if wanted.needed.is_own else f"{wanted.asker.name} wants to {whole}."

    def _what(self, needed: ApprovalNeeded) -> str:
        is_money = needed.right in RIGHTS and RIGHTS[needed.right].measure is Measure.MONEY
        much = f": {size_words(needed.right, needed.size, self.counter.shop)}" if is_money and needed.size else ""
        return f"{written(needed.what, needed.amounts, self.counter.money)}{much}"

    @property
    def approvers(self) -> list[Person]:
        """List who can agree to it: those who may do it themselves, and can prove who they are."""
        wanted = self.wanted
        return [] if wanted is None else [row for row in self._people() if _can_give(row, wanted)]

    @property
    def has_badges(self) -> bool:
        """Whether a badge would do."""
        return any(person.badge_hash for person in self.approvers)

    def _people(self) -> list[Person]:
        return [person for person in queries.people(self.counter.reader) if person.pin_hash or person.badge_hash]

    @property
    def reasons(self) -> tuple[str, ...]:
        """The usual reasons, and the one that was given already."""
        wanted = self.wanted
        right = wanted.needed.right if wanted else ""
        shop = self.counter.shop
        usual = shop.discount_reasons if right == "sale.discount" else _REASONS.get(right.partition(".")[0], ())
        given = _reason_of(wanted.commands) if wanted else ""
        return usual if not given or given in usual else (given, *usual)

    @property
    def once(self) -> str:
        """Name what leave holds for that is not for a time."""
        wanted = self.wanted
        is_sale = wanted is not None and any(command.permission.startswith("sale") for command in wanted.commands)
        return "This ticket" if is_sale else "Just this once"

    # ------------------------------------------------------------------------------ the answer

    def choose(self, person: Person) -> None:
        """Let this person type their PIN."""
        if not self.is_checking and self.agreed is None:
            self.chosen, self.message = person, ""
            self._tell()

    def set_reason(self, reason: str) -> None:
        """Say why."""
        self.reason = reason.strip()
        self._tell()

    def set_timed(self, is_timed: bool) -> None:
        """Give leave for a time, or for this ticket alone; once somebody typed their PIN, it is what they saw."""
        wanted = self.wanted
        if self.is_checking or self.agreed is not None:
            return
        self.is_timed = is_timed or (wanted is not None and not wanted.needed.lent_for)
        self._tell()

    def type_pin(self, pin: str) -> None:
        """Check the PIN of whoever is chosen."""
        wanted, person = self.wanted, self.chosen
        if wanted is None or self.is_checking or self.agreed is not None:
            return
        if person is None:
            self._say("Choose who agrees first.")
            return
        self.is_checking = True

        def checked(is_right: bool) -> None:
            self.is_checking = False
            if wanted is self.wanted and is_right:
                self._proved(person, by_badge=False)
            elif wanted is self.wanted:
                self._say(self.proof.words(person))

        self.proof.check_pin(person, pin, checked, right=wanted.needed.right, actor=wanted.asker.id)

    def read_badge(self, code: str) -> bool:
        """Take a scan if it may be a badge; one that is none waits for the ticket like any other."""
        wanted = self.wanted
        if wanted is None or not self.has_badges or not could_be_badge(code) or self.intake.look_up(code):
            return False

        def found(person: Person | None) -> None:
            if person is None:
                self.intake.scanned(code)
            elif wanted is not self.wanted:
                return
            elif _can_give(person, wanted):
                self._proved(person, by_badge=True)
            else:
                self._say(f"{person.name} may not agree to this. Ask somebody else.")

        self.proof.find_badge(code, self._people(), found)
        return True

    def _proved(self, person: Person, *, by_badge: bool) -> None:
        self.agreed, self.chosen, self._by_badge, self.message = person, person, by_badge, ""
        self.confirm()

    def confirm(self) -> None:
        """Go on if somebody agreed and the reason is said; otherwise say what is missing."""
        wanted, person = self.wanted, self.agreed
        if wanted is None or self.is_checking or person is None:
            self._tell()
            return
        if not self.reason:
            self._say(f"{person.name} agrees. Now say why.")
            return
        self.is_checking = True

        def arrived(outcome: Outcome) -> None:
            self.is_checking = False
            if wanted is not self.wanted:
                return
            if isinstance(outcome, Refusal):
                self.agreed = None
                self._say(outcome.in_words(self.counter.money))
                return
            self._last = person.id
            self._end(wanted, lambda then: self.counter.perform(*wanted.commands, then=then))

        self.counter.work.change(person.id, *self._approvals(wanted, person, self.reason), then=arrived)

    def mean_it(self) -> None:
        """Say yes to what one may do oneself: it is noted as what others agree to is, and done."""
        wanted = self.wanted
        if wanted is None or not wanted.needed.is_own or self.is_checking:
            return
        if wanted.asker.id != self.counter.actor:
            self.give_up()
            return
        self.is_checking = True

        def arrived(outcome: Outcome) -> None:
            self.is_checking = False
            if isinstance(outcome, Refusal):
                self._end(wanted, lambda then: then(outcome))
            else:
                self._end(wanted, lambda then: self.counter.perform(*wanted.commands, then=then))

        # It is for this once, whatever was chosen for another question before.
        self.is_timed, self._by_badge = not wanted.needed.lent_for, False
        approvals = self._approvals(wanted, wanted.asker, _reason_of(wanted.commands))
        self.counter.work.change(wanted.asker.id, *approvals, then=arrived)

    def _approvals(self, wanted: ApprovalWanted, approver: Person, reason: str) -> list[Approve]:
        """Agree to all that is asked for, right by right."""
        till, asker = self.counter.till.id, wanted.asker.id
        return [Approve(self._grant(row, approver), till, asker, reason, self._by_badge) for row in wanted.needed.every]

    def _grant(self, needed: ApprovalNeeded, approver: Person) -> Grant:
        now = self.counter.clock.now()
        is_timed = self.is_timed or not needed.lent_for
        until = Stamp(now.utc_ms + MINUTES * 60_000, now.offset_minutes) if is_timed else None
        document = "" if is_timed else needed.lent_for
        return Grant(self.counter.clock.new_id(), needed.right, approver.id, needed.size, document, until)

    def give_up(self) -> None:
        """Do without: nothing is changed, and what was scanned meanwhile is taken."""
        wanted = self.wanted
        if wanted is not None:
            self._end(wanted, lambda then: then(_NOT_MEANT if wanted.needed.is_own else _NOBODY))

    def _end(self, wanted: ApprovalWanted, act: Callable[[Callable[[Outcome], None]], None]) -> None:
        """Take the question away, do what follows from the answer, and only then take what was scanned meanwhile."""
        self.chosen = self.agreed = None
        self.intake.demand = None
        act(wanted.then)
        if self.intake.demand is None:
            self.intake.answered()

    def _say(self, message: str) -> None:
        self.message = message
        self._tell()

    def _tell(self) -> None:
        self.counter.tell(Aspect.APPROVAL)


def _can_give(person: Person, wanted: ApprovalWanted) -> bool:
    return person.id != wanted.asker.id and all(_is_enough(person, row) for row in wanted.needed.every)


def _is_enough(person: Person, needed: ApprovalNeeded) -> bool:
    has_enough = needed.size > 0 or person.limit(needed.right) is None
    return has_enough and person.may(needed.right, needed.size)


def _reason_of(commands: tuple[Command, ...]) -> str:
    """Find the reason that was given already, such as that of a discount."""
    for command in commands:
        found = getattr(command, "reason", "") or getattr(getattr(command, "discount", None), "reason", "")
        if found:
            return str(found)
    return ""
