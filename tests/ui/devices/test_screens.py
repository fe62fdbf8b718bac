"""The screens that are offered for the customer: none that the program stands on itself."""

from __future__ import annotations

from PySide6.QtWidgets import QMainWindow
from pytestqt.qtbot import QtBot

from omsdesk.devices.address import Bus
from omsdesk.ui.devices import screens


def test_a_screen_is_offered_as_long_as_nobody_works_on_it(qtbot: QtBot) -> None:
    (found,) = screens.look()
    assert found.address.bus is Bus.SCREEN
    assert found.name.startswith("Screen")
    assert "×" in found.details["size"]
    window = QMainWindow()
    qtbot.addWidget(window)
    window.show()
    assert screens.look() == []
    window.hide()
    assert screens.look() == [found]
