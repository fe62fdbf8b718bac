"""Brings the scanners of a station and its window together: who is heard, where it goes, and what it sounds like."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from omsdesk.ui.sounds import Sound

if TYPE_CHECKING:
    from collections.abc import Callable

    from omsdesk.devices.scanner import Scan
    from omsdesk.ui.devices.station_devices import StationDevices
    from omsdesk.ui.sounds import Speaker
    from omsdesk.ui.window import Window


class Scanning(QObject):
    """Lives as long as both."""

    def __init__(
        self, devices: StationDevices, window: Window, speaker: Speaker, has_own_sounds: Callable[[], bool]
    ) -> None:
        """``has_own_sounds`` tells whether the screen in front answers a scan by ear itself, as the till does."""
        super().__init__(window)
        self._devices, self._window, self._speaker = devices, window, speaker
        self._has_own_sounds = has_own_sounds
        devices.scanned.connect(window.scans.arrived)
        devices.attached.connect(self._follow)
        window.scans.heard.connect(lambda _: window.rail.flash())
        window.scans.waiting_changed.connect(window.rail.set_waiting)
        window.scans.given.connect(self._sound)

    def _follow(self, _role: str, _device: object) -> None:
        self._window.set_scanners(self._devices.readers)

    def _sound(self, _scan: Scan, is_taken: bool) -> None:
        if not self._has_own_sounds():
            self._speaker.play(Sound.OK if is_taken else Sound.BLOCKED)
