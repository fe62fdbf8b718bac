"""An amount shrinks rather than lose a digit."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.amount_label import SMALLEST, AmountLabel
from omsdesk.ui.widgets.label import Label
from omsdesk.ui.widgets.painting import text_width

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


def inked(widget: Label | AmountLabel) -> list[int]:
    """Columns that hold ink."""
    image = widget.grab().toImage()
    ground = image.pixelColor(0, 0)
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in range(image.height()))]


@pytest.mark.parametrize("width", [60, 90, 120, 200, 400])
def test_an_amount_shrinks_rather_than_lose_a_digit(show: Show, width: int) -> None:
    label = show(AmountLabel("€1 234 567.89", 44), width, 53)
    fits = text_width(theme.current().font(label.fitting_size(), 700), label.text()) <= width
    assert fits or label.fitting_size() == SMALLEST
    assert label.fitting_size() <= 44
    assert max(inked(label)) >= width - 6, "amounts end at the right"


def test_a_short_amount_is_as_large_as_allowed(show: Show) -> None:
    label = show(AmountLabel("€5.00", 44), 300, 53)
    assert label.fitting_size() == 44
    assert label.height() >= label.sizeHint().height()


def test_an_amount_is_read_out_and_coloured(show: Show) -> None:
    label = show(AmountLabel("−€5.00", 44), 300, 53)
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name) == "−€5.00"
    label.set_tone(Tone.BAD)
    image = label.grab().toImage()
    bad = theme.current().colour.bad
    assert any(image.pixelColor(x, y) == bad for x in range(300) for y in range(53))
