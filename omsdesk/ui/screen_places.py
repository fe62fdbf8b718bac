"""The screens of this computer by names that stay: where each is known again after it was unplugged."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QScreen


def place_of(screen: QScreen, screens: Iterable[QScreen]) -> str:
    """Name a screen by its serial number, which no socket changes; by its socket where several have the same."""
    serial = screen.serialNumber().strip()
    is_its_own = serial and sum(other.serialNumber().strip() == serial for other in screens) == 1
    return serial if is_its_own else screen.name()


def screen_at(place: str, screens: Sequence[QScreen], own: QScreen | None) -> QScreen | None:
    """Find a screen; no place is any that does not show what ``own`` does. None where it is not there."""
    if not place:
        return next((screen for screen in screens if is_apart(screen, own)), None)
    return next((screen for screen in screens if place in {place_of(screen, screens), screen.name()}), None)


def is_apart(screen: QScreen, own: QScreen | None) -> bool:
    """Tell whether a screen shows something else than another one: two that mirror each other do not."""
    return own is None or not screen.geometry().intersects(own.geometry())
