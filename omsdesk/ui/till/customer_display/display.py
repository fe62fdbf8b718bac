"""Tells all by which the customer sees something, a moment after the till itself has shown it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from PySide6.QtCore import QObject, QTimer

from omsdesk.ui.till.counter import Aspect
from omsdesk.ui.till.customer_display.shown import Shown, Stage, idle, shown
from omsdesk.ui.till.goods.incoming import QuantityWanted

if TYPE_CHECKING:
    from omsdesk.domain.sale import SaleCompleted
    from omsdesk.ui.till.state import TillState

AFTER_MS = 30
"""So much later than the till: two pictures of its own window come first, and ten quick scans are one change."""
_WEIGHS_MS = 150
_FORGETS_MS = 60_000
"""After so long without a next customer, nobody needs to read what the last one paid."""
_ABOUT = {Aspect.MODE, Aspect.CART, Aspect.LEFT}


class Viewer(Protocol):
    """Something that the customer looks at."""

    def show_to_customer(self, shown: Shown) -> None:
        """Show this from now on. It waits for nothing."""


class CustomerDisplay(QObject):
    """Works out what there is to see whenever the till tells of a change; costs nothing while nobody looks."""

    def __init__(self, state: TillState) -> None:
        """Listen to a till."""
        super().__init__()
        self._state = state
        self._viewers: dict[str, Viewer] = {}
        self._last: Shown | None = None
        self._completed: SaleCompleted | None = None
        self._is_forgotten = False
        self._soon, self._weighs, self._forgets = (QTimer(self) for _ in range(3))
        for timer, rest, act in (
            (self._soon, AFTER_MS, self._look),
            (self._weighs, _WEIGHS_MS, self._look),
            (self._forgets, _FORGETS_MS, self._forget),
        ):
            timer.setInterval(rest)
            timer.setSingleShot(timer is not self._weighs)
            timer.timeout.connect(act)
        state.counter.listeners.append(self._heard)

    def set_viewer(self, role: str, viewer: Viewer | None) -> None:
        """Let one more look on, or none in this role any more."""
        if viewer is None:
            self._viewers.pop(role, None)
            return
        self._viewers[role] = viewer
        # The others see once more what they see already.
        self._last = None
        self._look()

    def look_again(self) -> None:
        """See what is different, such as the shop's name."""
        if self._viewers and not self._soon.isActive():
            self._soon.start()

    def _heard(self, aspect: Aspect) -> None:
        if aspect in _ABOUT:
            self.look_again()

    def _now(self) -> Shown:
        demand, scale = self._state.session.intake.demand, self._state.counter.scale
        is_weighing = isinstance(demand, QuantityWanted) and scale is not None
        if is_weighing is not self._weighs.isActive():
            (self._weighs.start if is_weighing else self._weighs.stop)()
        found = shown(self._state, scale.live_weight() if is_weighing and scale is not None else None)
        self._mind(self._state.checkout.completed)
        return idle(self._state) if self._is_forgotten and found.stage is Stage.DONE else found

    def _mind(self, completed: SaleCompleted | None) -> None:
        """Count from the end of each sale how long it is remembered."""
        if completed is not self._completed:
            self._completed, self._is_forgotten = completed, False
            self._forgets.stop()
            if completed is not None:
                self._forgets.start()

    def _look(self) -> None:
        found = self._now()
        if self._viewers and found != self._last:
            self._last = found
            for viewer in tuple(self._viewers.values()):
                viewer.show_to_customer(found)

    def _forget(self) -> None:
        self._is_forgotten = True
        self._look()
