"""Opening, counting and closing: the shift's part of the till."""

from __future__ import annotations

from omsdesk.actions.execute import Done
from omsdesk.domain.cash import (
    CloseShift,
    Counted,
    MoveCash,
    OpenDrawer,
    OpenShift,
    ShiftClosed,
    ShiftFigures,
    TakeXReport,
)
from omsdesk.domain.values import Money
from omsdesk.store.queries import shift as queries
from omsdesk.store.queries.till import Held, paid_in_part
from omsdesk.ui.till.counter import Aspect, Counter, Tone


class ShiftDesk:
    """State and intents around the drawer."""

    def __init__(self, counter: Counter) -> None:
        """Take the counter."""
        self.counter = counter
        self.closed: ShiftClosed | None = None
        """The shift that was just closed, for its report on the screen."""
        self.is_blind = False
        """Whether whoever counts is not told what is expected."""

    @property
    def is_open(self) -> bool:
        """Whether anything can be sold."""
        return bool(self.counter.shift)

    def figures(self) -> ShiftFigures | None:
        """Read the figures so far."""
        return queries.figures(self.counter.reader, self.counter.shift, self.counter.shop)

    def paid_in_part(self) -> list[Held]:
        """List the unfinished tickets whose money lies in the drawer: they come before the count."""
        return paid_in_part(self.counter.reader, self.counter.till.id)

    def open(self, float_counted: Money) -> None:
        """Begin to sell with what was counted."""
        self.closed = None
        self.counter.change(OpenShift(self.counter.clock.new_id(), float_counted), then=self._changed)

    def pay_in(self, amount: Money, reason: str) -> None:
        """Put money into the drawer."""
        self._move(amount, reason)

    def pay_out(self, amount: Money, reason: str) -> None:
        """Take money out of the drawer."""
        self._move(-amount, reason)

    def _move(self, amount: Money, reason: str) -> None:
        counter, way = self.counter, "in" if amount.minor > 0 else "out"
        sentence = f"{counter.money(amount if amount.minor > 0 else -amount)} paid {way}: {reason.strip()}."
        command = MoveCash(counter.shift, counter.clock.new_id(), amount, reason)
        counter.change(command, then=lambda done: self._say(done, Tone.OK, sentence))

    def open_drawer(self, reason: str = "No sale") -> None:
        """Open the drawer without a sale."""
        command = OpenDrawer(self.counter.shift, self.counter.clock.new_id(), reason)
        self.counter.change(command, then=lambda done: self._say(done, Tone.INFO, "The drawer was opened."))

    def _say(self, done: Done, tone: Tone, sentence: str) -> None:
        if done.entries:
            self.counter.say(tone, sentence)
        else:
            self.counter.say(Tone.INFO, "In training nothing is booked, and the drawer stays shut.")

    def x_report(self) -> None:
        """Print the figures so far."""
        command = TakeXReport(self.counter.shift, self.counter.clock.new_id())
        self.counter.change(command, then=lambda _: self.counter.say(Tone.OK, "The X report is printing."))

    def close(self, counted: tuple[Counted, ...]) -> None:
        """End the shift with what was counted, whatever it is."""
        self.counter.change(CloseShift(self.counter.shift, counted), then=self._changed)

    def begin_next(self) -> None:
        """Put the report of the closed shift away."""
        self.closed = None
        self.counter.tell(Aspect.MODE)

    def _changed(self, done: Done) -> None:
        self.closed = next((fact for fact in done.facts if isinstance(fact, ShiftClosed)), None)
        self.counter.refresh()
        self.counter.hush()
        self.counter.tell(Aspect.MODE, Aspect.STATUS)
