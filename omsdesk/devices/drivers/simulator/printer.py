"""A receipt printer on the screen: it shows its paper, and a person can take away its paper or open its cover."""

from __future__ import annotations

import threading
import time
from dataclasses import replace
from typing import TYPE_CHECKING

from omsdesk.devices.drivers.simulator.commands import UnknownCommand
from omsdesk.devices.drivers.simulator.painter import Painter, Sheet
from omsdesk.devices.ports import AtOnce, Condition, Delivery, PrinterStatus
from omsdesk.documents.printer_profile import EPSON_80, PrinterProfile
from omsdesk.domain.printing import PrintState

if TYPE_CHECKING:
    from collections.abc import Callable


KEPT = 50
"""Sheets that stay to be looked at: a till that runs for weeks prints thousands."""
_SHUT_AFTER_SECONDS = 4.0
"""How long somebody takes to put money in and push the drawer shut."""


class SimulatedPrinter(AtOnce):
    """Paints each job at once. ``on_sheet`` is called from the printing thread with each sheet that is cut off.

    Its drawer is pushed shut a moment after it was opened, as people do (see ``leave_drawer_open``).
    """

    def __init__(
        self,
        profile: PrinterProfile = EPSON_80,
        on_sheet: Callable[[Sheet], None] | None = None,
        *,
        has_sensor: bool = True,
    ) -> None:
        self._painter = Painter(profile)
        self.on_sheet = on_sheet
        self._has_sensor = has_sensor
        self._is_left_open = False
        self._condition = Condition.READY
        self._opened_at: float | None = None
        self._lock = threading.Lock()

    @property
    def sheets(self) -> tuple[Sheet, ...]:
        """The newest paper, up to ``KEPT`` sheets."""
        with self._lock:
            return tuple(self._painter.sheets)

    @property
    def kicked_pins(self) -> tuple[int, ...]:
        """The drawer openings so far, by connector pin."""
        with self._lock:
            return tuple(self._painter.kicked_pins)

    @property
    def is_drawer_open(self) -> bool:
        """Whether it was opened and nobody has shut it since."""
        at = self._opened_at
        return at is not None and (self._is_left_open or time.monotonic() - at < _SHUT_AFTER_SECONDS)

    def open_drawer(self) -> None:
        """Open the drawer with its key: nothing that the printer knows of."""
        self._opened_at = time.monotonic()

    def kick(self) -> bool:
        """Open the drawer without paper, too."""
        if self._condition is Condition.OFFLINE:
            return False
        self.open_drawer()
        return True

    def leave_drawer_open(self, *, is_left: bool) -> None:
        """Push the drawer shut no more, however long it stands open; or as people do, again."""
        if not self.is_drawer_open:
            self.shut_drawer()
        self._is_left_open = is_left

    def shut_drawer(self) -> None:
        """Shut the drawer."""
        self._opened_at = None

    def set_condition(self, condition: Condition) -> None:
        """Take the paper away, open the cover, switch off, or make all well again."""
        self._condition = condition

    def status(self) -> PrinterStatus:
        """Say what was set, and how the drawer is; one that is switched off says nothing of it."""
        tells = self._has_sensor and self._condition is not Condition.OFFLINE
        return PrinterStatus.of(self._condition, is_drawer_open=self.is_drawer_open if tells else None)

    def print(self, payload: bytes, name: str) -> Delivery:
        """Paint a job; a printer that is out of order refuses it and nothing comes out."""
        status = self.status()
        if not status.can_print:
            return Delivery(PrintState.FAILED, status.sentence, self._condition)
        with self._lock:
            before, kicks = len(self._painter.sheets), len(self._painter.kicked_pins)
            try:
                self._painter.print(payload)
            except UnknownCommand as fault:
                return Delivery(PrintState.UNKNOWN, str(fault), Condition.ERROR)
            if not self._painter.profile.has_cutter:
                self._painter.tear_off()
            if len(self._painter.kicked_pins) > kicks:
                self.open_drawer()
            new = self._painter.sheets[before:]
            del self._painter.sheets[:-KEPT]
        for sheet in new:
            if self.on_sheet is not None:
                self.on_sheet(replace(sheet, job=name))
        return Delivery(PrintState.PRINTED, condition=self._condition)
