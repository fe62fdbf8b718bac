"""What the settings' screens work with beyond the back office: what holds for this computer alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from omsdesk.settings import Settings
from omsdesk.ui import office

if TYPE_CHECKING:
    from omsdesk.sync.messages import KnownDevice

NO_RIGHT = "You can look at the settings. To change them, ask a manager to sign in."


def _nobody(_till: str, then: Callable[[KnownDevice | None], None]) -> None:
    then(None)


@dataclass(frozen=True, slots=True)
class Station:
    """This computer: what holds for it alone, and the ways to change that."""

    settings: Callable[[], Settings]
    keep: Callable[[Settings], None]
    """Writes the settings and makes them hold: theme, text size, sounds, printer. Raises OSError."""
    become_till: Callable[[str], None]
    """Makes this computer a till, or (empty) a back office."""
    make_demo_shop: Callable[[], None]
    """Fills an empty database with the demonstration shop; slow, called in another thread. Raises StoreFailure."""
    who_is: Callable[[str, Callable[[KnownDevice | None], None]], None] = _nobody
    """Asks which other computer is a till; None where none is known to be."""


@dataclass(frozen=True, slots=True)
class Office(office.Office):
    """``station`` is this computer."""

    station: Station
