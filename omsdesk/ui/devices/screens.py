"""Finds the screens that could face a customer: all but those that this program stands on itself."""

from __future__ import annotations

from PySide6.QtGui import QGuiApplication, QScreen
from PySide6.QtWidgets import QApplication, QMainWindow

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.ui.screen_places import is_apart, place_of


def look() -> list[Found]:
    """List them. It asks Qt, so call it on the GUI thread; it takes no time."""
    screens = QGuiApplication.screens()
    ours = [window.screen() for window in QApplication.topLevelWidgets() if _is_in_use(window)]
    return [_found(screen, screens) for screen in screens if all(is_apart(screen, own) for own in ours)]


def _is_in_use(window: object) -> bool:
    return isinstance(window, QMainWindow) and window.isVisible()


def _found(screen: QScreen, screens: list[QScreen]) -> Found:
    room = screen.geometry()
    details = {"size": f"{room.width()} \N{MULTIPLICATION SIGN} {room.height()}", "socket": screen.name()}
    if screen.serialNumber():
        details["serial"] = screen.serialNumber()
    called = " ".join(filter(None, (screen.manufacturer(), screen.model())))
    return Found(Address(Bus.SCREEN, place_of(screen, screens)), called or f"Screen {screen.name()}", details)
