"""Words that fit themselves into their place and follow the theme."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QApplication

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.amount_label import AmountLabel
from omsdesk.ui.widgets.label import Label

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show


def inked(widget: Label | AmountLabel) -> list[int]:
    """Columns that hold ink."""
    image = widget.grab().toImage()
    ground = image.pixelColor(0, 0)
    return [x for x in range(image.width()) if any(image.pixelColor(x, y) != ground for y in range(image.height()))]


def test_a_label_shortens_what_does_not_fit(show: Show) -> None:
    label = show(Label("Includes VAT 7 % €2.18 and 19 % €6.45", 14), 120, 20)
    assert label.minimumSizeHint().width() <= 120
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
