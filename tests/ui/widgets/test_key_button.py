"""The everyday button gives up its key, then its word, before it gives up room for a finger."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from omsdesk.ui import theme
from omsdesk.ui.widgets.key_button import Face, KeyButton

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


def test_a_name_with_an_ampersand_is_no_shortcut() -> None:
    button = KeyButton("Fish & chips")
    assert button.shortcut().isEmpty()
    assert button.accessibleName() == "Fish & chips"


def test_a_narrow_button_gives_up_its_cap_then_its_word(show: Show) -> None:
    button = show(KeyButton("Last receipts", "pause", "F6"))
    look = theme.current()
    full, no_cap = button.room(look), button.room(look, has_cap=False)
    assert button.sizeHint().width() == full
    widths = []
    for width in (full, no_cap, 48):
        button.resize(width, 52)
        image = button.grab().toImage()
        inked = [x for x in range(4, width - 4) for y in range(16, 36) if image.pixelColor(x, y).lightness() < 120]
        widths.append(max(inked) - min(inked))
    assert widths[0] > widths[1] > widths[2]
    assert widths[2] <= 24


def test_words_say_more_than_an_icon(show: Show) -> None:
    button = show(KeyButton("On account", "user", "Alt 4"), 90, 56)
    words = show(KeyButton("On account"), 90, 56)
    assert button.grab().toImage() == words.grab().toImage()
    button.show_icon_only()
    assert button.grab().toImage() != words.grab().toImage()


def test_words_alone_break_into_two_lines_rather_than_be_cut(show: Show) -> None:
    button = show(KeyButton("Exact cash", face=Face.QUIET), 60, 48)
    image = button.grab().toImage()
    dark = [y for y in range(48) for x in range(60) if image.pixelColor(x, y).lightness() < 90]
    assert max(dark) - min(dark) > 20


def test_a_checked_button_is_framed(show: Show) -> None:
    button = show(KeyButton("Card", "credit-card"), 160, 52)
    button.setCheckable(True)
    QTest.mouseClick(button, LEFT)
    assert button.grab().toImage().pixelColor(80, 0) == theme.current().colour.accent


def test_new_words_reach_eyes_and_ears(show: Show) -> None:
    button = show(KeyButton("Hold sale", "pause"), 200, 52)
    before = button.grab().toImage()
    button.set_label("Recall")
    button.set_icon("history")
    assert button.accessibleName() == "Recall"
    assert button.grab().toImage() != before
