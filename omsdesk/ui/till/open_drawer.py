"""An open drawer stands in the way of the next sale, where the shop wants it shut first."""

from __future__ import annotations

from collections.abc import Callable

from omsdesk.ui.till.counter import Counter, Offer, Tone

SHUT_IT = "Shut the drawer, then go on."
RIGHT = "shop.edit"
"""Who may set devices up may say that a drawer is shut: its sensor can be broken."""


class OpenDrawer:
    """Knows no device: somebody tells it what the sensor says, and hears when one can go on."""

    def __init__(self, counter: Counter, on_free: Callable[[], None]) -> None:
        """``on_free`` is called as soon as nothing stands in the way any more."""
        self.counter, self._on_free = counter, on_free
        self.is_in_the_way = False
        counter.is_stopped = self._stops

    def seen(self, is_in_the_way: bool) -> None:
        """Take what the sensor says."""
        self.is_in_the_way = is_in_the_way
        if not is_in_the_way:
            self._free()

    def go_on(self) -> None:
        """Sell on although it is said to be open, until it was shut once."""
        self.is_in_the_way = False
        self._free()

    def _stops(self, more: str) -> bool:
        """Tell whether it is in the way, and say so."""
        if self.is_in_the_way:
            person = self.counter.person
            may = person is not None and person.may(RIGHT)
            offer = Offer("It is shut: go on", self.go_on, "Go on", is_careful=True) if may else None
            self.counter.say(Tone.WARN, f"{SHUT_IT} {more}".strip(), offer=offer)
        return self.is_in_the_way

    def _free(self) -> None:
        notice = self.counter.notice
        if notice is not None and notice.sentence.startswith(SHUT_IT):
            self.counter.hush()
        self._on_free()
