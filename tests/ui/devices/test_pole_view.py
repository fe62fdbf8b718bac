"""The display on the screen: amounts stand below one another whatever the letters before them."""

from __future__ import annotations

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.devices.pole_view import PoleView

LINES = ("Iiiiiii        12.90", "WWWWWWW        12.90")


def painted(view: PoleView) -> QImage:
    return view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)


@pytest.mark.parametrize("name", theme.THEMES)
def test_both_lines_end_at_the_same_dots(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    theme.apply(theme.load(name), qapp)
    view = PoleView("Customer display")
    qtbot.addWidget(view)
    view.resize(336, view.sizeHint().height())
    view.show_lines(*LINES)
    assert view.lines == LINES
    picture = painted(view)
    half, ground = picture.height() // 2, picture.pixel(20, picture.height() // 2)
    ends = [
        max(
            x
            for x in range(12, picture.width() - 12)
            for y in range(top + 11, top + half - 11)
            if picture.pixel(x, y) != ground
        )
        for top in (0, half)
    ]
    assert ends[0] == ends[1]
    theme.apply(theme.load("light"), qapp)


def test_a_screen_reader_reads_both_lines(qtbot: QtBot) -> None:
    view = PoleView("Customer display")
    qtbot.addWidget(view)
    assert view.accessibleName() == "Customer display"
    view.show_lines(*LINES)
    assert view.accessibleName() == f"Customer display: {LINES[0]}, {LINES[1]}"
