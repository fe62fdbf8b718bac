"""A new till is asked once whether its devices are to be found; then it goes on with what it was about to do."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from omsdesk.ui.devices.screen import DevicesScreen
from omsdesk.ui.devices.wizard_session import Phase

if TYPE_CHECKING:
    from omsdesk.settings import Settings
    from omsdesk.ui.window import Window

HERE = "devices"


class FirstLook:
    """Lasts from the question to the end of the search; nobody is asked again at this computer."""

    def __init__(
        self, window: Window, settings: Callable[[], Settings], keep: Callable[[Settings], None], onward: str
    ) -> None:
        """Ask on the Devices page; ``onward`` is the page that comes afterwards."""
        self._window, self._settings, self._keep, self._onward = window, settings, keep, onward
        window.go(HERE)
        page = window.shown
        if not isinstance(page, DevicesScreen):
            raise TypeError("The page of the devices is another one.")
        self._wizard = page.wizard
        self._wizard.listeners.append(self._follow)
        self._wizard.offer()

    def _follow(self) -> None:
        phase = self._wizard.phase
        if phase is Phase.OFFERED:
            return
        if self._settings().are_devices_wanted:
            # Where the file cannot be written, somebody is asked again after the next start: that is all.
            with suppress(OSError):
                self._keep(replace(self._settings(), are_devices_wanted=False))
        if phase is Phase.CLOSED:
            self._wizard.listeners.remove(self._follow)
            # What came out wrong is put right on the page that is shown already.
            if self._wizard.is_good and self._window.current == HERE:
                self._window.go(self._onward)
