"""Brings the scanners of a station and its window together: who is heard, where it goes, and what it sounds like."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from omsdesk.domain.records import record
from omsdesk.ui.navigation import Intent
from omsdesk.ui.sounds import Sound

if TYPE_CHECKING:
    from omsdesk.actions.clock import Clock
    from omsdesk.devices.scanner import Scan
    from omsdesk.domain.people import Person
    from omsdesk.settings import Settings
    from omsdesk.store.engine import Connection
    from omsdesk.ui.devices.station_devices import StationDevices
    from omsdesk.ui.devices.virtual_devices import VirtualDevices
    from omsdesk.ui.devices.virtual_scanner import VirtualScanner
    from omsdesk.ui.sounds import Speaker
    from omsdesk.ui.window import Window


@record
class Surroundings:
    """What scanning asks of the program around it."""

    has_own_sounds: Callable[[], bool]
    """Whether the screen in front answers a scan by ear itself, as the till does."""
    person: Callable[[], Person | None]
    """Who is here."""
    settings: Callable[[], Settings]
    keep: Callable[[Settings], None]
    reader: Connection
    clock: Clock


class Scanning(QObject):
    """Lives as long as both."""

    def __init__(self, devices: StationDevices, window: Window, speaker: Speaker, around: Surroundings) -> None:
        """Listen to all scanners from now on."""
        super().__init__(window)
        self._devices, self._window, self._speaker, self._around = devices, window, speaker, around
        self._virtual: VirtualScanner | None = None
        self._virtual_devices: VirtualDevices | None = None
        devices.scanned.connect(window.scans.arrived)
        devices.attached.connect(self._follow)
        window.scans.heard.connect(lambda _: window.rail.flash())
        window.scans.heard.connect(self._note)
        window.scans.waiting_changed.connect(window.rail.set_waiting)
        window.scans.given.connect(self._sound)
        window.commands += [
            Intent("scanner.set_up", "Set up a scanner", "scan-barcode", self.set_up, is_possible=self._may_edit),
            Intent("scanner.virtual", "Scan without a scanner", "scan-line", self.show_virtual),
            Intent("devices.virtual", "Virtual devices", "monitor", self.show_virtual_devices, "Alt+V"),
        ]

    def set_up(self) -> None:
        """Have a scanner learnt."""
        from omsdesk.ui.devices.scanner_setup import ScannerSetup
        from omsdesk.ui.devices.scanner_setup_sheet import ScannerSetupSheet

        setup = ScannerSetup(self._around.settings, self._around.keep)
        sheet = ScannerSetupSheet(setup, self._window.content)
        self._window.learn(setup.heard_typed)
        sheet.closed.connect(lambda: self._window.learn(None))
        self._window.invite(sheet)

    def show_virtual_devices(self) -> None:
        """Show the devices on the screen, where papers, weights and faults are made by hand; once more hides them."""
        from omsdesk.ui.devices.virtual_devices import VirtualDevices

        if self._virtual_devices is None:
            self._virtual_devices = VirtualDevices(self._devices, self._window, self.show_virtual)
        # A till that runs nothing but this draws no frame that a window could be closed by.
        self._virtual_devices.setVisible(self._virtual_devices.isHidden())
        # Some systems give the keys to whatever is shown, even if it wants none.
        self._window.activateWindow()

    def show_virtual(self) -> None:
        """Show the scanner to be clicked."""
        from omsdesk.ui.devices.goods_to_scan import goods_to_scan
        from omsdesk.ui.devices.virtual_scanner import VirtualScanner

        if self._virtual is None:
            around = self._around
            self._virtual = VirtualScanner(
                lambda text: goods_to_scan(around.reader, around.clock.now().day, text), self._window
            )
            self._virtual.scanned.connect(self._window.scans.arrived)
            # The next key is for whatever the scan brought up.
            self._virtual.scanned.connect(lambda _: self._window.activateWindow())
        self._virtual.show()
        self._virtual.raise_()
        self._virtual.activateWindow()

    def _may_edit(self) -> bool:
        person = self._around.person()
        return person is not None and person.may("shop.edit")

    def _follow(self, _role: str, _device: object) -> None:
        self._window.set_scanners(self._devices.readers)

    def _note(self, scan: Scan) -> None:
        self._devices.chronicle.heard(scan)

    def _sound(self, _scan: Scan, is_taken: bool) -> None:
        if not self._around.has_own_sounds():
            self._speaker.play(Sound.OK if is_taken else Sound.BLOCKED)
