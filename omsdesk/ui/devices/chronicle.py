"""Follows the devices while they run: how each is now, and what happened to it, in a file that outlives the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from omsdesk.devices.attendant import Link, Power
from omsdesk.devices.history import Account, History, device_key
from omsdesk.devices.ports import Condition, PrinterStatus
from omsdesk.devices.roles import SCANNER
from omsdesk.devices.scanner import Reader
from omsdesk.ui.devices.standing import (
    ANY_SCANNER,
    CONNECTED,
    HEARD,
    LOOKING,
    NO_TILL,
    NOTHING,
    READER,
    Standing,
    of_link,
    of_printer,
)
from omsdesk.ui.theme import Tone

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from omsdesk.devices.scanner import Scan
    from omsdesk.ui.devices.station_devices import StationDevices


class Chronicle(QObject):
    """Lives as long as the devices do; ``changed`` names the role of which there is news."""

    changed = Signal(str)

    def __init__(
        self,
        devices: StationDevices,
        folder: Path,
        now_ms: Callable[[], int],
        later: Callable[[Callable[[], None]], object],
    ) -> None:
        """Keep the file in ``folder``; ``later`` has it written by another thread."""
        super().__init__(devices)
        self._devices, self._now_ms, self._later = devices, now_ms, later
        self._history = History(folder)
        self._known: dict[str, Standing] = {}
        self._lost: set[str] = set()
        devices.printer_changed.connect(self._printer)
        devices.link_changed.connect(self._link)
        devices.attached.connect(self._attached)

    def standing(self, role: str) -> Standing:
        """Tell how the device of a role is now."""
        known, device = self._known.get(role), self._devices.devices.get(role)
        if known is not None:
            return known
        if isinstance(device, Reader):
            return READER
        if role in self._devices.spoolers:
            return of_printer(self._devices.spoolers[role].status)
        if role in self._devices.attendants:
            return of_link(self._devices.attendants[role].link)
        if device is not None:
            return CONNECTED
        if self._devices.setting_of(role) is not None:
            return LOOKING
        if role.startswith(SCANNER):
            return ANY_SCANNER
        return NOTHING if self._devices.is_till else NO_TILL

    def account(self, role: str) -> Account:
        """Tell what happened to the device of a role."""
        setting = self._devices.setting_of(role)
        return self._history.account(device_key(setting)) if setting else Account()

    def heard(self, scan: Scan) -> None:
        """Note a scan, of whatever scanner."""
        role = scan.source or f"{SCANNER}1"
        setting = self._devices.setting_of(role)
        if setting is not None:
            self._history.note_scan(device_key(setting), self._now_ms())
        self._note(role, HEARD)

    def close(self) -> None:
        """Write what is not written yet."""
        self._history.save()

    def _printer(self, role: str, status: PrinterStatus) -> None:
        if status.condition is not Condition.UNKNOWN:
            self._remember(role, of_printer(status))

    def _link(self, role: str, link: Link) -> None:
        if link.power is not Power.UNKNOWN:
            self._remember(role, of_link(link))

    def _remember(self, role: str, standing: Standing) -> None:
        setting = self._devices.setting_of(role)
        if setting is not None:
            key, at_ms = device_key(setting), self._now_ms()
            if standing.tone is Tone.BAD:
                self._history.note_fault(key, standing.sentence, at_ms)
                self._lost.add(role)
            else:
                self._history.note_back(key, at_ms, was_lost=role in self._lost)
                self._lost.discard(role)
            self._later(self._history.save)
        self._note(role, standing)

    def _attached(self, role: str, device: object) -> None:
        if device is None:
            self._known.pop(role, None)
            self._lost.discard(role)
        self.changed.emit(role)

    def _note(self, role: str, standing: Standing) -> None:
        self._known[role] = standing
        self.changed.emit(role)
