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
    silence: float = 15.0
    """The longest pause while nobody answers: whoever comes back is found soon, and nobody has more work by it."""
    most: float = 300.0
    """The longest pause of a service that answers, and has too much to do."""
    eager: float = 3.0
    """Between a turn that failed and one that somebody here asks for, by a sale or by a key."""
    refused: float = 900.0
    """After a refusal, which only a person can change."""

    def pause_after(self, failures: int, longest: float, chance: float) -> float:
        """Choose a pause: any up to the longest one, so that the tills of a town do not all come at once.

        ``chance`` is drawn from 0 to 1.
        """
        return chance * min(longest, self.first * 2.0 ** min(failures - 1, 30))


class Schedule:
    """When the next turn is due. Moments are those of a clock that only goes forward, in seconds."""

    def __init__(self, pace: Pace, chance: Callable[[], float], now: float) -> None:
        """Begin within the first seconds: in the morning all tills are switched on together."""
        self._pace, self._chance = pace, chance
        self._failures = 0
        self._ended = now - pace.eager
        self._is_wanted = self._is_put_off = False
        self.is_line_good = False
        self.due = now + pace.pause_after(1, pace.silence, chance())

    def set_out(self) -> None:
        """Note that a turn begins: what happens from here on needs another one."""
        self._is_wanted = False

    def done(self, now: float) -> None:
        """Note that a turn went through."""
        self._failures, self.is_line_good, self._is_put_off, self._ended = 0, True, False, now
        self.due = now + (self._pace.gather if self._is_wanted else self._pace.poll)

    def failed(self, now: float, *, got_somewhere: bool = False) -> None:
        """Note that nobody answered, or that this computer could not do its part.

        ``got_somewhere``: something was answered before. Who has much to tell is stopped often, and is on the way.
        """
        self.due = now + self._pause(now, self._pace.silence, got_somewhere=got_somewhere)
        self._is_put_off = False
        if self._is_wanted:
            self.wake(now)

    def put_off(self, now: float, retry_after: float = 0.0, *, got_somewhere: bool = False) -> None:
        """Note that the service has too much to do; ``retry_after`` is how long it wants to be left alone."""
        pause = self._pause(now, self._pace.most, got_somewhere=got_somewhere)
        self.due = now + (retry_after + self._chance() * self._pace.first if retry_after > pause else pause)
        self._is_put_off = True

    def refused(self, now: float) -> None:
        """Note that the service said no."""
        self.is_line_good, self._is_put_off, self._ended = False, True, now
        self.due = now + self._pace.refused

    def doubt(self, now: float, times: int = 1) -> None:
        """Note that the line over which news come broke: whether it was the service, a turn finds out soon.

        Not at once: all stations of a service have noticed it in the same moment. ``times``: how often in a row. Where
        no news ever come through, though turns do, ever fewer turns are spent on that.
        """
        pause = self._pace.silence * (2.0 ** min(times - 1, 30) - 1 + self._chance())
        self.due = min(self.due, now + pause)

    def wake(self, now: float) -> None:
        """Note news from here or there. A service that said something against it is left alone all the same."""
        self._is_wanted = True
        if not self._is_put_off:
            self.due = min(self.due, self._soonest(now))

    def ask(self, now: float) -> None:
        """Note that a person wants it now, whatever was said against it."""
        self._is_wanted = True
        self.due = now if self.is_line_good else min(self.due, self._soonest(now))

    def _soonest(self, now: float) -> float:
        return max(now, self._ended + (self._pace.gather if self.is_line_good else self._pace.eager))

    def _pause(self, now: float, longest: float, *, got_somewhere: bool) -> float:
        self._failures = 1 if got_somewhere else self._failures + 1
        self.is_line_good, self._ended = False, now
        return self._pace.pause_after(self._failures, longest, self._chance())
