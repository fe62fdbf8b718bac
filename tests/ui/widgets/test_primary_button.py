"""The green button reads its amount, takes one press and spins only if the work lasts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from omsdesk.ui import theme
from omsdesk.ui.widgets.layouts import row
from omsdesk.ui.widgets.primary_button import PrimaryButton

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


def test_the_primary_button_reads_its_amount(show: Show) -> None:
    button = show(PrimaryButton("Pay", "credit-card", "F12"), 400, 68)
    button.set_amount("€73.75")
    assert button.accessibleName() == "Pay €73.75"
    assert button.grab().toImage().pixelColor(200, 34) == theme.current().colour.pay


def test_the_primary_button_grows_with_its_amount(show: Show, qtbot: QtBot) -> None:
    foot = QWidget()
    button = PrimaryButton("Take it", "check", "Enter")
    foot.setLayout(row(1, button))
    show(foot, 600, 80)
    button.set_amount("€1,273.75")
    qtbot.waitUntil(lambda: button.width() >= button.wanted_width(theme.current()))


def test_the_primary_button_takes_one_press_and_spins_only_if_work_lasts(show: Show, qtbot: QtBot) -> None:
    button = show(PrimaryButton("Pay", "credit-card"), 300, 68)
    pressed: list[bool] = []
    button.clicked.connect(lambda: pressed.append(True))
    calm = button.grab().toImage()
    button.set_busy(True)
    QTest.mouseClick(button, LEFT)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Return)
    assert pressed == []
    button.clearFocus()
    assert button.grab().toImage() == calm, "short work is nobody's business"
    qtbot.waitUntil(lambda: button.grab().toImage() != calm)
    button.set_busy(False)
    QTest.mouseClick(button, LEFT)
    assert len(pressed) == 1
