"""A screen that faces the customer, as it is set up: a window of the interface is put on it, so there is no wire."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from omsdesk.devices.attendant import Link


def _nobody(*_said: object) -> None:
    """Tell nobody."""


@dataclass(slots=True)
class CustomerScreen:
    """Where it is, and what it shows. ``folder`` and ``on_link`` are set by whoever starts it."""

    place: str = ""
    """The screen, by its serial number or name; empty is any that the till's window is not on."""
    is_window: bool = False
    """Whether it is a window to try and to teach with, beside the till's own."""
    theme: str = "light"
    slides: str = ""
    """The folder of the pictures that are shown between two customers; none where it is empty."""
    seconds: int = 8
    """How long each of them is shown."""
    names_customer: bool = False
    folder: Path = Path()
    """Where a folder that is no full path begins."""
    on_link: Callable[[Link], None] = _nobody
    on_trial: Callable[[str, str], None] = _nobody
    """Set by the window: shows two lines for a moment."""

    def show(self, upper: str, lower: str) -> None:
        """Show two lines for a moment, to see that it is the right screen."""
        self.on_trial(upper, lower)

    @property
    def slides_folder(self) -> Path | None:
        """The folder of the pictures."""
        return self.folder / self.slides if self.slides else None
