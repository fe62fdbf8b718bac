"""Looks after drawers that say whether they are open: left open too long, in the way of a sale, opened by nobody."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

from omsdesk.domain.printing import PrintAsked, PrintNoted, PrintState
from omsdesk.domain.records import record

if TYPE_CHECKING:
    from omsdesk.domain.messages import Event
    from omsdesk.settings import DeviceSetting

SENSOR, ALARM, SHUT_FIRST = "sensor", "alarm_seconds", "shut_first"
"""Options of a printer: whether its drawer tells, how long it may stand open, whether it is shut before a sale."""
NO_SENSOR = "none"
OFTEN = 2.0
"""Seconds between two looks at a drawer that tells."""
USUAL_ALARM = 60

_OPENING_SECONDS = 20.0
"""So long after a kick an open drawer was opened by it: it is looked at every few seconds only."""
_ENDED = {PrintState.PRINTED, PrintState.SENT, PrintState.UNKNOWN, PrintState.CANCELLED}


@record
class Care:
    """How a drawer that tells is looked after."""

    alarm_seconds: int = USUAL_ALARM
    """How long it may stand open; 0 is for ever."""
    is_shut_first: bool = False
    """Whether it has to be shut before the next sale."""


def care_of(setting: DeviceSetting) -> Care | None:
    """Tell how the drawer on a printer is looked after; None where it has no sensor, or is set up wrong."""
    from omsdesk.devices import registry
    from omsdesk.devices.ports import DeviceError

    try:
        options = registry.card_of(setting.driver).whole(setting.options)
    except (DeviceError, ValueError):
        return None
    if options.get(SENSOR, NO_SENSOR) == NO_SENSOR:
        return None
    return Care(int(options.get(ALARM, USUAL_ALARM)), bool(options.get(SHUT_FIRST, False)))


class DrawerWatch(QObject):
    """One drawer. ``heard`` may be called from any thread, all else from the GUI's."""

    left_open = Signal(bool)
    """True once it stands open for too long, False when it is shut again."""
    in_the_way = Signal(bool)
    """True when it is open and has to be shut first, False when it is shut, or nobody knows any more."""

    def __init__(
        self, on_unasked: Callable[[], None], clock: Callable[[], float] = time.monotonic, care: Care | None = None
    ) -> None:
        """``on_unasked`` is called for each opening that nothing asked for."""
        super().__init__()
        self._on_unasked, self._clock, self.care = on_unasked, clock, care or Care()
        self._asked: set[str] = set()
        self._kicked_at = float("-inf")
        self._is_open: bool | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._ring)
        self._is_ringing = False

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
        if self.care.is_shut_first and bool(is_open) is not bool(was_open):
            self.in_the_way.emit(bool(is_open))
        if is_open and not was_open:
            # What stood open when the program began may have been opened by it before.
            if was_open is False and not self._is_expected():
                self._on_unasked()
            if self.care.alarm_seconds:
                self._timer.start(self.care.alarm_seconds * 1000)
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
