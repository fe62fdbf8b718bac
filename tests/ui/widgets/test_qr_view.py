"""A code on the screen is read back by somebody else's reader."""

from __future__ import annotations

import pytest
import zxingcpp
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.widgets.qr_view import QrView

TEXT = "https://desk.example:8460#7KQ3-9F2M-XA4T"


def read(view: QrView) -> list[str]:
    """Read what a picture of the widget shows."""
    image = view.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8)
    picture = memoryview(image.constBits()).cast("B", (image.height(), image.bytesPerLine()))
    return [found.text for found in zxingcpp.read_barcodes(picture)]


@pytest.mark.parametrize("look", theme.THEMES)
@pytest.mark.parametrize("scale", [1.0, 1.5])
def test_the_code_is_read_in_every_theme(qtbot: QtBot, qapp: QApplication, look: str, scale: float) -> None:
    theme.apply(theme.load(look, scale), qapp)
    view = QrView()
    qtbot.addWidget(view)
    view.show_text(TEXT)
    view.resize(view.sizeHint())
    assert read(view) == [TEXT]
    assert view.accessibleName() == TEXT
    theme.apply(theme.load("light"), qapp)


def test_another_text_is_another_code(qtbot: QtBot) -> None:
    view = QrView()
    qtbot.addWidget(view)
    view.resize(260, 260)
    for text in (TEXT, "short", TEXT + "-and-much-longer" * 6):
        view.show_text(text)
        assert read(view) == [text]


def test_nothing_is_shown_without_a_text(qtbot: QtBot) -> None:
    view = QrView()
    qtbot.addWidget(view)
    view.resize(260, 260)
    assert read(view) == []
    view.show_text(TEXT)
    view.show_text("")
    assert read(view) == []
