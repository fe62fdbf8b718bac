"""Follows the devices while they run: how each is now, and what happened to it, in a file that outlives the program."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal

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
    from omsdesk.domain.values import Stamp
    from omsdesk.ui.devices.station_devices import StationDevices


_SAVE_MS = 60_000
"""After so long what was scanned is on the disk: a scan is too little to be written alone."""


class Chronicle(QObject):
    """Lives as long as the devices do; ``changed`` names the role of which there is news."""

    changed = Signal(str)

    def __init__(
        self,
        devices: StationDevices,
        folder: Path,
        now: Callable[[], Stamp],
        later: Callable[[Callable[[], None]], object],
    ) -> None:
        """Keep the file in ``folder``; ``later`` has it written by another thread."""
        super().__init__(devices)
        self._devices, self._now, self._later = devices, now, later
        self._history = History(folder)
        self._known: dict[str, Standing] = {}
        self._saving = QTimer(self)
        self._saving.setSingleShot(True)
        self._saving.setInterval(_SAVE_MS)
        self._saving.timeout.connect(self._save)
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
        return ANY_SCANNER if role.startswith(SCANNER) else NOTHING

    def account(self, role: str) -> Account:
        """Tell what happened to the device of a role."""
        setting = self._devices.setting_of(role)
        return self._history.account(device_key(setting)) if setting else Account()

    def heard(self, scan: Scan) -> None:
        """Note a scan, of whatever scanner."""
        role = scan.source or f"{SCANNER}1"
        setting = self._devices.setting_of(role)
        if setting is not None:
            self._history.note_scan(device_key(setting), self._now())
            if not self._saving.isActive():
                self._saving.start()
        self._note(role, HEARD)

    def close(self) -> None:
        """Write what is not written yet."""
        self._saving.stop()
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
            if standing.tone is Tone.BAD:
                self._history.note_fault(device_key(setting), standing.sentence, self._now())
            else:
                self._history.note_back(device_key(setting), self._now())
            self._save()
        self._note(role, standing)

    def _save(self) -> None:
        self._later(self._history.save)

    def _attached(self, role: str, device: object) -> None:
        if device is None:
            self._known.pop(role, None)
        self.changed.emit(role)

    def _note(self, role: str, standing: Standing) -> None:
        self._known[role] = standing
        self.changed.emit(role)
