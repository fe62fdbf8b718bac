"""A state as icon, word and tone."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.chip import Chip

if TYPE_CHECKING:
    from PySide6.QtGui import QImage

    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


def colours(image: QImage) -> set[str]:
    """Every colour of a picture."""
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_chip_is_a_pill_that_can_be_touched_beside_it(show: Show) -> None:
    chip = show(Chip("Printer", "printer", Tone.OK), 110, 48)
    image = chip.grab().toImage()
    assert image.pixelColor(90, 24).name() == theme.current().colour.ok_soft.name()
    assert image.pixelColor(90, 2) == theme.current().colour.bg
    pressed: list[bool] = []
    chip.clicked.connect(lambda: pressed.append(True))
    QTest.mouseClick(chip, LEFT, pos=QPoint(50, 2))
    assert pressed


def test_a_chip_changes_word_icon_and_tone_together(show: Show) -> None:
    chip = show(Chip("Printer", "printer", Tone.OK), 140, 48)
    chip.set_state("Out of paper", "printer-x", Tone.BAD)
    assert chip.accessibleName() == chip.toolTip() == "Out of paper"
    found = colours(chip.grab().toImage())
    assert theme.current().colour.bad_soft.name() in found
    assert theme.current().colour.ok_soft.name() not in found
