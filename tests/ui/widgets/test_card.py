"""Panels draw the lines they were asked for, cards have round corners, an alarm frames both."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import Qt

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.card import Card, Panel

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from tests.ui.widgets.conftest import Show


def colours(widget: QWidget) -> set[str]:
    """Every colour of a widget."""
    image = widget.grab().toImage()
    return {image.pixelColor(x, y).name() for x in range(image.width()) for y in range(image.height())}


def test_a_panel_draws_only_the_lines_it_was_asked_for(show: Show) -> None:
    panel = show(Panel(Qt.Edge.LeftEdge | Qt.Edge.TopEdge), 100, 80)
    image, look = panel.grab().toImage(), theme.current()
    assert image.pixelColor(0, 40) == look.colour.line
    assert image.pixelColor(50, 0) == look.colour.line
    assert image.pixelColor(99, 40) == look.colour.surface
    assert image.pixelColor(50, 79) == look.colour.surface


@pytest.mark.parametrize("kind", [Panel, Card])
def test_an_alarm_frames_a_panel_all_around(show: Show, kind: type[Panel]) -> None:
    panel = show(kind(), 100, 80)
    panel.set_alarm(Tone.WARN)
    image, warn = panel.grab().toImage(), theme.current().colour.warn
    assert [image.pixelColor(*place) for place in ((1, 40), (98, 40), (50, 1), (50, 78))] == [warn] * 4
    panel.set_alarm(None)
    assert theme.current().colour.warn.name() not in colours(panel)


def test_a_card_has_round_corners(show: Show) -> None:
    card = show(Card(), 100, 80)
    image = card.grab().toImage()
    assert image.pixelColor(0, 0) == theme.current().colour.bg
    assert image.pixelColor(50, 40) == theme.current().colour.surface
