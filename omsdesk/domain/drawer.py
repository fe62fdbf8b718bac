"""A cash drawer that says whether it is open: found open although nobody had asked for it, which is worth a note."""

from __future__ import annotations

from omsdesk.domain.messages import Command, Decision, Event, event
from omsdesk.domain.records import record


@record
class NoteDrawer(Command):
    """Record that a drawer was found open: nothing the program did had opened it."""

    opening: str
    till: str
    person: str = ""
    """Whoever was signed in; empty where nobody was."""

    @property
    def document(self) -> str:
        """The opening: carried out twice, it is noted once."""
        return self.opening


@event("cash.drawer_found_open")
@record
class DrawerFoundOpen(Event):
    """A drawer was opened with its key, or by force; when, its entry says."""

    opening: str
    till: str
    shift: str = ""
    """The shift that was open; empty where none was."""
    person: str = ""
    """Whoever was signed in; empty where nobody was, or nobody knows."""


def decide(command: NoteDrawer, shift: str, *, is_known: bool) -> Decision:
    """Note an opening once, whoever stands there."""
    return () if is_known else (DrawerFoundOpen(command.opening, command.till, shift, command.person),)
