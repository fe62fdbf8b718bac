"""Whether somebody is who they say: by PIN or badge, and not more often than a guesser would need."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Protocol, TypeVar

from omsdesk.actions.clock import Clock
from omsdesk.actions.execute import Outcome
from omsdesk.actions.people import knows_pin, whose_badge
from omsdesk.domain.attempts import FREE, ShutOut
from omsdesk.domain.messages import Command
from omsdesk.domain.people import SYSTEM, Person
from omsdesk.store.engine import Connection
from omsdesk.store.queries.approval import waits

_Answer = TypeVar("_Answer")
_WRONG = "This PIN is not right. Try again."


class Work(Protocol):
    """What is done away from the window, as ``ui.background.Background`` does it."""

    def change(self, actor: str, *commands: Command, then: Callable[[Outcome], None]) -> None:
        """Have commands carried out as one action."""

    def work(self, task: Callable[[], _Answer], then: Callable[[_Answer], None]) -> None:
        """Have something slow done."""


class Proof:
    """Checks PINs and badges at a station, and counts what was wrong, wherever on the screen it was typed."""

    def __init__(self, reader: Connection, work: Work, clock: Clock, till: Callable[[], str]) -> None:
        """Know of no wrong PIN; ``till`` tells which till this is, or which device where it is none."""
        self._reader, self._work, self._clock, self._till = reader, work, clock, till
        self._wrong: dict[str, int] = {}
        """How many PINs of a person were wrong since one was right, or since they had to wait."""

    def wait(self, person: Person) -> int:
        """Tell for how many seconds a person's PIN rests; 0 where it may be typed."""
        now = self._clock.now()
        rest = waits(self._reader, person.id, self._till(), now).until_ms - now.utc_ms
        return max(0, -(-rest // 1000))

    def words(self, person: Person) -> str:
        """Say that a PIN was wrong, and what to do."""
        seconds = self.wait(person)
        return f"Too many wrong PINs. Try again in {_span(seconds)}." if seconds else _WRONG

    def check_pin(
        self, person: Person, pin: str, then: Callable[[bool], None], *, right: str = "", actor: str = SYSTEM
    ) -> None:
        """Check a PIN; while it rests, it is not even looked at.

        ``right`` is what an approval is wanted for, ``actor`` who stands there and wants it.
        """
        if self.wait(person):
            then(False)
            return

        def checked(is_right: bool) -> None:
            self._wrong[person.id] = 0 if is_right else self._wrong.get(person.id, 0) + 1
            if self._wrong[person.id] < FREE:
                then(is_right)
                return
            self._wrong[person.id] = 0
            rest = ShutOut(self._clock.new_id(), person.id, self._till(), FREE, right)
            self._work.change(actor, rest, then=lambda _: then(False))

        self._work.work(lambda: knows_pin(person, pin), checked)

    def find_badge(self, code: str, people: Iterable[Person], then: Callable[[Person | None], None]) -> None:
        """Find whose badge was read, of those who still work here."""
        known = [person for person in people if person.is_active]
        self._work.work(lambda: whose_badge(code, known), then)


def _span(seconds: int) -> str:
    minutes, rest = divmod(seconds, 60)
    return f"{minutes}:{rest:02} min" if minutes else f"{seconds} s"
