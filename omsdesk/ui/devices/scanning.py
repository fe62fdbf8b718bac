"""Brings the scanners of a station and its window together: who is heard, where it goes, and what it sounds like."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from omsdesk.ui.navigation import Intent
from omsdesk.ui.sounds import Sound

if TYPE_CHECKING:
    from omsdesk.devices.scanner import Scan
    from omsdesk.settings import Settings
    from omsdesk.ui.devices.station_devices import StationDevices
    from omsdesk.ui.devices.virtual_scanner import VirtualScanner
    from omsdesk.ui.sounds import Speaker
    from omsdesk.ui.widgets.result_list import Result
    from omsdesk.ui.window import Window


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What scanning asks of the program around it."""

    has_own_sounds: Callable[[], bool]
    """Whether the screen in front answers a scan by ear itself, as the till does."""
    may_edit: Callable[[], bool]
    """Whether whoever is here may change how this computer is set."""
    settings: Callable[[], Settings]
    keep: Callable[[Settings], None]
    find: Callable[[str], Sequence[Result]]
    """List products by their barcodes for what was typed, and some for nothing."""


class Scanning(QObject):
    """Lives as long as both."""

    def __init__(self, devices: StationDevices, window: Window, speaker: Speaker, around: Surroundings) -> None:
        """Listen to all scanners from now on."""
        super().__init__(window)
        self._devices, self._window, self._speaker, self._around = devices, window, speaker, around
        self._virtual: VirtualScanner | None = None
        devices.scanned.connect(window.scans.arrived)
        devices.attached.connect(self._follow)
        window.scans.heard.connect(lambda _: window.rail.flash())
        window.scans.waiting_changed.connect(window.rail.set_waiting)
        window.scans.given.connect(self._sound)
        window.commands += [
            Intent("scanner.set_up", "Set up a scanner", "scan-barcode", self.set_up, is_possible=around.may_edit),
            Intent("scanner.virtual", "Scan without a scanner", "scan-line", self.show_virtual),
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

    def show_virtual(self) -> None:
        """Show the scanner to be clicked."""
        from omsdesk.ui.devices.virtual_scanner import VirtualScanner

        if self._virtual is None:
            self._virtual = VirtualScanner(self._around.find, self._window)
            self._virtual.scanned.connect(self._window.scans.arrived)
        self._virtual.show()
        self._virtual.raise_()
        self._virtual.activateWindow()

    def _follow(self, _role: str, _device: object) -> None:
        self._window.set_scanners(self._devices.readers)

    def _sound(self, _scan: Scan, is_taken: bool) -> None:
        if not self._around.has_own_sounds():
            self._speaker.play(Sound.OK if is_taken else Sound.BLOCKED)
