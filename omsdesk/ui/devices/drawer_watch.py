"""Looks after drawers that say whether they are open: left open too long, or opened by nobody the program knows of."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from omsdesk.domain.printing import PrintAsked, PrintNoted, PrintState

if TYPE_CHECKING:
    from omsdesk.domain.messages import Event

SENSOR, ALARM = "sensor", "alarm_seconds"
"""Options of a printer: whether its drawer tells, and how long it may stand open."""
NO_SENSOR = "none"
OFTEN = 2.0
"""Seconds between two looks at a drawer that tells."""
USUAL_ALARM = 60

_OPENING_SECONDS = 20.0
"""So long after a kick an open drawer was opened by it: it is looked at every few seconds only."""
_ENDED = {PrintState.PRINTED, PrintState.SENT, PrintState.UNKNOWN, PrintState.CANCELLED}


class DrawerWatch(QObject):
    """One drawer. ``heard`` may be called from any thread, all else from the GUI's."""

    left_open = Signal(bool)
    """True once it stands open for too long, False when it is shut again."""

    def __init__(self, on_unasked: Callable[[], None], clock: Callable[[], float] = time.monotonic) -> None:
        """``on_unasked`` is called for each opening that nothing asked for."""
        super().__init__()
        self._on_unasked, self._clock = on_unasked, clock
        self._asked: set[str] = set()
        self._kicked_at = float("-inf")
        self._is_open: bool | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ring)
        self._is_ringing = False
        self.alarm_seconds = USUAL_ALARM
        """How long it may stand open; 0 is for ever."""

    def heard(self, fact: Event) -> None:
        """Remember which print jobs open the drawer, and when they do."""
        if isinstance(fact, PrintAsked) and fact.opens_drawer:
            self._asked.add(fact.job)
        elif isinstance(fact, PrintNoted) and fact.job in self._asked and fact.state in _ENDED:
            self._asked.discard(fact.job)
            self._kicked_at = self._clock()

    def seen(self, is_open: bool | None) -> None:
        """Take what the sensor says; None where nobody knows."""
        was_open, self._is_open = self._is_open, is_open
        if is_open and not was_open:
            # What stood open when the program began may have been opened by it before.
            if was_open is False and not self._is_expected():
                self._on_unasked()
            if self.alarm_seconds:
                self._timer.start(self.alarm_seconds * 1000)
        elif not is_open:
            self._timer.stop()
            if self._is_ringing:
                self._is_ringing = False
                self.left_open.emit(False)

    def _is_expected(self) -> bool:
        return bool(self._asked) or self._clock() - self._kicked_at < _OPENING_SECONDS

    def _ring(self) -> None:
        self._is_ringing = True
        self.left_open.emit(True)
