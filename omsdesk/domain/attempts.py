"""PINs that were wrong too often: whoever tries has to wait, longer each time, and it is evidence."""

from __future__ import annotations

from omsdesk.domain.messages import Command, Decision, Event, event
from omsdesk.domain.records import record
from omsdesk.domain.values import Stamp

FREE = 3
"""Wrong PINs in a row before somebody has to wait."""
_FIRST_WAIT, _LONGEST_WAIT = 30, 900
"""Seconds."""
REMEMBERED = 3_600
"""Seconds for which an earlier wait makes the next one longer."""


@record
class ShutOut(Command):
    """Let a person's PIN rest at a till: it was typed wrong too often."""

    attempt: str
    person: str
    till: str
    """The till, or the device where it is none."""
    wrong: int
    right: str = ""
    """What their approval was wanted for; empty where somebody wanted to sign in."""


@event("people.shut_out")
@record
class PersonShutOut(Event):
    """A person's PIN was typed wrong too often at a till, and nobody could try again for a while."""

    id: str
    person: str
    till: str
    wrong: int
    until: Stamp
    right: str = ""


def decide(command: ShutOut, before: int, at: Stamp) -> Decision:
    """Decide how long to wait: twice as long as last time, with ``before`` waits in the last hour."""
    seconds = min(_FIRST_WAIT * 2 ** min(before, 10), _LONGEST_WAIT)
    until = Stamp(at.utc_ms + seconds * 1_000, at.offset_minutes)
    return (PersonShutOut(command.attempt, command.person, command.till, command.wrong, until, command.right),)
