"""The parts together: complete at the smallest screen, in every theme and text size, and named for screen readers.

``OMSDESK_SCREENSHOTS=<folder>`` keeps the pictures.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QPoint, QSize, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QPushButton, QWidget

from omsdesk.ui import theme
from omsdesk.ui.theme import SCALES, THEMES, Tone
from omsdesk.ui.widgets.banner import Banner
from omsdesk.ui.widgets.card import Panel
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.paper_view import PaperView
from omsdesk.ui.widgets.rail import Rail
from omsdesk.ui.widgets.touch_button import TouchButton
from tests.ui.widgets.compositions import PLACES, PartsScene, SheetScene, TillScene

if TYPE_CHECKING:
    from collections.abc import Iterator

    from PySide6.QtGui import QImage
    from pytestqt.qtbot import QtBot

SCREENS = ((1366, 768, 440), (1024, 768, 360))


@pytest.fixture(autouse=True)
def light_again(qapp: QApplication) -> Iterator[None]:
    """Leave the usual theme to the next story."""
    yield
    theme.apply(theme.load("light"), qapp)


def shot(qtbot: QtBot, widget: QWidget, size: tuple[int, int], name: str) -> QImage:
    """Show a screen at a size and take its picture."""
    qtbot.addWidget(widget)
    widget.resize(*size)
    widget.show()
    qtbot.waitExposed(widget)
    QApplication.processEvents()
    picture = widget.grab().toImage()
    folder = os.environ.get("OMSDESK_SCREENSHOTS")
    if folder:
        Path(folder).mkdir(parents=True, exist_ok=True)
        assert picture.save(str(Path(folder) / f"{name}.png"))
    return picture


@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize(("width", "height", "cart"), SCREENS)
def test_a_till_looks_right_in_every_theme(
    qtbot: QtBot, qapp: QApplication, name: str, width: int, height: int, cart: int
) -> None:
    look = theme.load(name)
    theme.apply(look, qapp)
    scene = TillScene(cart)
    picture = shot(qtbot, scene, (width, height), f"till-{name}-{width}")
    assert picture.pixelColor(2, height // 2) == look.colour.rail
    assert picture.pixelColor(width - 3, 3) == look.colour.surface
    corner = scene.pay.mapTo(scene, QPoint(6, scene.pay.height() // 2))
    assert picture.pixelColor(corner) == look.colour.pay
    assert scene.grid.columns() == (4 if width == 1366 else 3)


@pytest.mark.parametrize("scale", SCALES)
@pytest.mark.parametrize(("width", "height", "cart"), SCREENS)
def test_a_till_fits_its_screen_at_every_text_size(
    qtbot: QtBot, qapp: QApplication, scale: float, width: int, height: int, cart: int
) -> None:
    theme.apply(theme.load("light", scale), qapp)
    scene = TillScene(cart)
    shot(qtbot, scene, (width, height), f"till-text-{scale}-{width}")
    assert scene.size() == QSize(width, height), "a layout that needs more would have grown the window"
    for button in scene.findChildren(QPushButton):
        if isinstance(button, TouchButton) and button.isVisible():
            assert button.height() >= 48, button.accessibleName()
            assert button.width() >= 44, button.accessibleName()


@pytest.mark.parametrize("name", THEMES)
def test_the_other_parts_look_right_in_every_theme(qtbot: QtBot, qapp: QApplication, name: str) -> None:
    theme.apply(theme.load(name), qapp)
    scene = PartsScene()
    qtbot.wait(350)
    picture = shot(qtbot, scene, (1366, 1000), f"parts-{name}")
    assert picture.pixelColor(4, 90) == theme.load(name).colour.bad
    sheet = SheetScene()
    shot(qtbot, sheet, (1024, 768), f"behind-{name}")
    sheet.sheet.open_sheet()
    shot(qtbot, sheet, (1024, 768), f"sheet-{name}")


def test_an_open_till_follows_a_new_theme_and_text_size(qtbot: QtBot, qapp: QApplication) -> None:
    theme.apply(theme.load("light"), qapp)
    scene = TillScene(440)
    shot(qtbot, scene, (1366, 768), "before")
    theme.apply(theme.load("dark", 1.25), qapp)
    changed = shot(qtbot, scene, (1366, 768), "after")
    fresh = TillScene(440)
    new = shot(qtbot, fresh, (1366, 768), "fresh")
    scene.search.setFocus()
    assert scene.grid.columns() == fresh.grid.columns()
    assert scene.pay.height() == fresh.pay.height()
    for part in ("grid", "pills", "bar", "pay", "total"):
        old, young = getattr(scene, part), getattr(fresh, part)
        assert old.geometry() == young.geometry(), part
        assert old.grab().toImage() == young.grab().toImage(), part
    assert changed.pixelColor(1360, 3) == new.pixelColor(1360, 3)


def test_every_control_has_a_name(qtbot: QtBot) -> None:
    for scene in (TillScene(440), PartsScene()):
        qtbot.addWidget(scene)
        scene.show()
        for widget in scene.findChildren(QWidget):
            if isinstance(widget, QAbstractButton) and not widget.isHidden():
                assert widget.accessibleName() or widget.text(), widget
    till = TillScene(440)
    qtbot.addWidget(till)
    for part in (till.search, till.pills, till.grid, till.lines):
        assert part.accessibleName()


def test_a_tap_never_takes_the_focus_from_the_search(qtbot: QtBot) -> None:
    scene = TillScene(440)
    shot(qtbot, scene, (1366, 768), "focus")
    scene.activateWindow()
    scene.search.setFocus()
    for target, place in (
        (scene.grid.viewport(), QPoint(40, 40)),
        (scene.lines.viewport(), QPoint(200, 20)),
        (scene.pills.viewport(), QPoint(150, 20)),
        (scene.pay, QPoint(20, 20)),
        (scene.bar.buttons["hold"], QPoint(20, 20)),
    ):
        QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=place)
        assert scene.focusWidget() is scene.search, target


@pytest.mark.parametrize("kind", ["rail", "panel", "banner", "paper", "empty"])
def test_everything_follows_a_new_theme(qtbot: QtBot, qapp: QApplication, kind: str) -> None:
    kinds: dict[str, QWidget] = {
        "rail": Rail(PLACES),
        "panel": Panel(),
        "banner": Banner(),
        "paper": PaperView("Receipt"),
        "empty": EmptyState("inbox", "Nothing here."),
    }
    made = kinds[kind]
    if isinstance(made, Banner):
        made.say("Offline", Tone.WARN, "cloud-off")
    shot(qtbot, made, (300, 500), f"{kind}-light")
    before = made.grab().toImage()
    theme.apply(theme.load("dark"), qapp)
    QApplication.processEvents()
    assert made.grab().toImage() != before
