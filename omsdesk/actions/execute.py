"""The only place where a change begins: commands in, facts on the disk, changes out."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from omsdesk.actions.clock import Clock
from omsdesk.domain.approval import ApprovalNeeded, missing, together
from omsdesk.domain.messages import Command, Event, Refusal, UnknownEvent
from omsdesk.domain.people import SYSTEM, NotAllowed, Person
from omsdesk.domain.records import record
from omsdesk.domain.rights import what
from omsdesk.domain.sale_command import SaleCommand
from omsdesk.store.database import Database, Transaction
from omsdesk.store.engine import StoreFailure
from omsdesk.store.journal import Entry
from omsdesk.store.queries.approval import grants
from omsdesk.store.queries.till import begun_by, person, till_of
from omsdesk.store.queries.till import station as station_of

_FROM_NEWER_VERSION = (
    "A station with a newer version of this program worked on this. Go on with it there, or update this station."
)
_log = logging.getLogger(__name__)


@record
class Changes:
    """What is different now: pairs of noun and id, such as ``("sale", "0193…")``."""

    subjects: frozenset[tuple[str, str]]

    def touch(self, *nouns: str) -> bool:
        """Tell whether anything of these nouns changed."""
        return any(noun in nouns for noun, _ in self.subjects)


@record
class Done:
    """An action that is durable, with the entries it left in the journal."""

    entries: tuple[Entry, ...]

    @property
    def facts(self) -> tuple[Event, ...]:
        """The facts of the action, in order."""
        return tuple(entry.fact for entry in self.entries)

    @property
    def changes(self) -> Changes:
        """What the action changed."""
        return Changes(frozenset((fact.kind.partition(".")[0], fact.subject) for fact in self.facts))


@record
class NotSaved(Refusal):
    """The disk did not take it: nothing was lost, and nothing was done."""


@record
class FromNewerVersion(Refusal):
    """A station with a newer version of this program wrote part of what this is about."""


Outcome = Done | Refusal


class _RefusedError(Exception):
    """Leaves the transaction, so that it is rolled back."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.sentence)
        self.refusal = refusal


class Executor:
    """Carries commands out, one action at a time, and tells listeners what was done."""

    def __init__(self, database: Database, clock: Clock) -> None:
        """Take the database and the clock to work with."""
        self.database = database
        self.clock = clock
        self.listeners: list[Callable[[Done], None]] = []

    def execute(self, actor: str, *commands: Command) -> Outcome:
        """Carry out commands as one action: all of them, durably, or none.

        Where somebody has to agree, it is found out at once what all of them need: one question is asked, and none
        for what could not be done anyway.
        """
        needed: list[ApprovalNeeded] = []
        while True:
            outcome = self._attempt(actor, commands, needed)
            if not isinstance(outcome, ApprovalNeeded):
                return outcome
            if any(row.right == outcome.right and row.size >= outcome.size for row in needed):
                return together(needed)
            needed.append(outcome)

    def _attempt(self, actor: str, commands: tuple[Command, ...], needed: list[ApprovalNeeded]) -> Outcome:
        """Carry commands out; where leave is only assumed, tell what they need and leave nothing behind."""
        try:
            with self.database.transaction(actor, self.clock.now()) as transaction:
                transaction.assumed = tuple(row.assumed for row in needed)
                for command in commands:
                    _carry_out(transaction, command)
                _ask_for(needed)
        except _RefusedError as refused:
            return refused.refusal
        except StoreFailure as failure:
            return NotSaved(str(failure))
        except UnknownEvent:
            return FromNewerVersion(_FROM_NEWER_VERSION)
        done = Done(tuple(transaction.entries))
        if done.entries:
            self._tell(done)
        return done

    def _tell(self, done: Done) -> None:
        for listener in self.listeners:
            try:
                listener(done)
            except Exception:  # noqa: BLE001 - whatever it is
                # The action is on the disk: whoever asked for it must hear that, whatever a listener makes of it.
                _log.exception("A listener failed on %s", done.changes)


def _ask_for(needed: list[ApprovalNeeded]) -> None:
    if needed:
        raise _RefusedError(together(needed))


def _finishes(transaction: Transaction, command: Command) -> bool:
    """Tell whether somebody goes on with a ticket of theirs: who may not sell any more still serves their customer."""
    if not isinstance(command, SaleCommand):
        return False
    return begun_by(transaction.connection, command.sale) == transaction.author.actor


def _carry_out(transaction: Transaction, command: Command) -> None:
    author = transaction.author.actor
    if command.permission and author != SYSTEM:
        refusal = _lacking(transaction, command, person(transaction.connection, author))
        if refusal is not None:
            raise _RefusedError(refusal)
    # The first command pays for what every command needs; a window that has only just opened does not.
    from omsdesk.actions.handlers import handler_of
    from omsdesk.domain.consequences import consequences

    decision: Any = handler_of(type(command))(transaction, command)
    if isinstance(decision, Refusal):
        raise _RefusedError(decision)
    waiting = list(decision)
    while waiting:
        fact = waiting.pop(0)
        transaction.record(fact)
        waiting = [*consequences(fact), *waiting]


def _lacking(transaction: Transaction, command: Command, who: Person | None) -> Refusal | None:
    """Say what is missing that somebody may do this: their role allows it, or another person agreed to it."""
    right, size = command.permission, command.size
    if who is not None and (who.may(right, size) or _finishes(transaction, command)):
        return None
    if who is None or not who.is_active:
        return NotAllowed("Whoever does this does not work here. Ask somebody to sign in who does.")
    till, now = till_of(transaction.connection, station_of(transaction.connection).till), transaction.author.stamp
    given = grants(transaction.connection, till, command.lent_for, who.id, now) if till else ()
    if any(grant.holds(right, size, command.lent_for, now) for grant in (*transaction.assumed, *given)):
        return None
    return missing(right, size, what(right), who, command.lent_for)
