"""When a station talks to the service: at once on news, now and then without, and ever more seldom where it fails."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Pace:
    """How often, in seconds."""

    poll: float = 60.0
    """Without any news: hints may get lost, the poll is the truth."""
    gather: float = 0.5
    """Between the end of a turn and the next one: a ticket's lines go together."""
    first: float = 1.0
    """The longest pause after a first failure; it doubles with each further one."""
    most: float = 300.0
    refused: float = 900.0
    """After a refusal, which only a person can change."""

    def pause_after(self, failures: int, chance: float) -> float:
        """Choose a pause: any up to the longest one, so that the tills of a town do not all come at once.

        ``chance`` is drawn from 0 to 1.
        """
        return chance * min(self.most, self.first * 2.0 ** min(failures - 1, 30))


class Schedule:
    """When the next turn is due. Moments are those of a clock that only goes forward, in seconds."""

    def __init__(self, pace: Pace, chance: Callable[[], float], now: float) -> None:
        """Begin within the first seconds: in the morning all tills are switched on together."""
        self._pace, self._chance = pace, chance
        self._failures = 0
        self._ended = now - pace.gather
        self._is_wanted = False
        self.is_line_good = False
        self.due = now + pace.pause_after(1, chance())

    def set_out(self) -> None:
        """Note that a turn begins: what happens from here on needs another one."""
        self._is_wanted = False

    def done(self, now: float) -> None:
        """Note that a turn went through."""
        self._failures, self.is_line_good, self._ended = 0, True, now
        self.due = now + (self._pace.gather if self._is_wanted else self._pace.poll)

    def failed(self, now: float, retry_after: float = 0.0, *, got_somewhere: bool = False) -> None:
        """Note that a turn failed; ``retry_after`` is how long the service wants to be left alone.

        ``got_somewhere``: something was answered before. Who has much to tell is stopped often, and is on the way.
        """
        self._failures = 1 if got_somewhere else self._failures + 1
        self.is_line_good, self._ended = False, now
        pause = self._pace.pause_after(self._failures, self._chance())
        self.due = now + (retry_after + self._chance() * self._pace.first if retry_after > pause else pause)

    def refused(self, now: float) -> None:
        """Note that the service said no."""
        self.is_line_good, self._ended = False, now
        self.due = now + self._pace.refused

    def wake(self, now: float) -> None:
        """Note news from here or there. On a bad line it has to wait: the next attempt takes it along."""
        self._is_wanted = True
        if self.is_line_good:
            self.due = min(self.due, max(now, self._ended + self._pace.gather))

    def ask(self, now: float) -> None:
        """Note that a person wants it now, however bad the line was."""
        self._is_wanted = True
        self.due = now
