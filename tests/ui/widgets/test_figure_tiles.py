"""Figures stand side by side as far as their words allow."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.figure_tiles import Figure, FigureTiles

FIGURES = (
    Figure("Sales", "£1,234.50", "12 % more than yesterday by now", Tone.OK, "trending-up"),
    Figure("Tickets", "34", "£36.31 each"),
    Figure("Items", "88"),
)


@pytest.fixture
def tiles(qtbot: QtBot, qapp: QApplication) -> FigureTiles:
    theme.apply(theme.load("light"), qapp)
    made = FigureTiles("Today")
    qtbot.addWidget(made)
    made.show_figures(FIGURES)
    return made


def test_there_are_as_many_in_a_line_as_fit(tiles: FigureTiles) -> None:
    assert tiles.columns(1200) == 3
    assert tiles.columns(700) == 2
    assert tiles.columns(200) == 1
    assert tiles.heightForWidth(200) > tiles.heightForWidth(700) > tiles.heightForWidth(1200)


def test_lines_are_of_even_length(tiles: FigureTiles) -> None:
    tiles.show_figures([*FIGURES, Figure("Voids", "2")])
    assert tiles.columns(1000) == 2, "two and two, not three and one"


def test_larger_text_takes_more_room(tiles: FigureTiles, qapp: QApplication) -> None:
    before = tiles.heightForWidth(1200)
    theme.apply(theme.load("dark", 1.5), qapp)
    assert tiles.heightForWidth(1200) > before
    theme.apply(theme.load("light"), qapp)


def test_a_screen_reader_reads_them_all(tiles: FigureTiles) -> None:
    assert tiles.accessibleName() == (
        "Today: Sales: £1,234.50, 12 % more than yesterday by now; Tickets: 34, £36.31 each; Items: 88"
    )


@pytest.mark.parametrize("name", theme.THEMES)
def test_they_are_painted_in_every_theme(tiles: FigureTiles, qapp: QApplication, name: str) -> None:
    look = theme.load(name)
    theme.apply(look, qapp)
    tiles.resize(1200, tiles.heightForWidth(1200))
    image = tiles.grab().toImage()
    assert image.pixelColor(600, 6) == look.colour.surface
    inks = {image.pixelColor(across, down).rgb() for across in range(16, 390) for down in range(74, 100)}
    assert look.colour.ok.rgb() in inks
    theme.apply(theme.load("light"), qapp)


def test_nothing_takes_no_room(tiles: FigureTiles) -> None:
    tiles.show_figures(())
    assert tiles.heightForWidth(1000) == 0
