"""Words and amounts that fit themselves into their place."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

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


def test_a_label_shortens_what_does_not_fit(show: Show) -> None:
    label = show(Label("Includes VAT 7 % €2.18 and 19 % €6.45", 14), 120, 20)
    assert label.minimumSizeHint().width() <= 40
    assert max(inked(label)) < 120
    assert QAccessible.queryAccessibleInterface(label).text(QAccessible.Text.Name).endswith("€6.45")


def test_a_wrapped_label_keeps_every_word(show: Show) -> None:
    label = Label("No open orders. New web orders appear here.", 16)
    label.setWordWrap(True)
    show(label, 120, 100)
    assert label.heightForWidth(120) > 40


def test_a_label_follows_theme_and_text_size(show: Show, qapp: QApplication) -> None:
    label = show(Label("Total", 18, 500, Tone.NEUTRAL), 100, 30)
    theme.apply(theme.load("dark", 1.5), qapp)
    assert label.font().pixelSize() == 27
    assert label.palette().windowText().color() == theme.current().colour.muted
    label.set_tone(Tone.OK)
    assert label.palette().windowText().color() == theme.current().colour.ok
    label.set_tone(None)
    assert label.palette().windowText().color() == theme.current().colour.text
