"""Buttons in a row stay tidy at every width."""

from __future__ import annotations

import itertools
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from omsdesk.ui import theme
from omsdesk.ui.theme import Tone
from omsdesk.ui.widgets.action_bar import Action, ActionBar
from omsdesk.ui.widgets.card_button import CardButton
from omsdesk.ui.widgets.chip import Chip
from omsdesk.ui.widgets.key_button import Face, KeyButton
from omsdesk.ui.widgets.primary_button import PrimaryButton
from omsdesk.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


def buttons() -> list[TouchButton]:
    """Make one of each kind."""
    return [
        KeyButton("Hold sale", "pause", "F6"),
        KeyButton("€75", face=Face.QUIET),
        KeyButton("Remove", "trash-2", face=Face.DANGER),
        PrimaryButton("Pay", "credit-card", "F12"),
        Chip("Printer", "printer", Tone.OK),
        CardButton("Mia Schneider", "user", "Gold", "F4"),
    ]


ACTIONS = (
    Action("hold", "Hold sale", "pause", "F6"),
    Action("return", "Return", "undo-2", "F7"),
    Action("more", "More", "layout-grid", "F10"),
)


def test_a_bar_fills_its_width_evenly_and_says_what_was_chosen(show: Show) -> None:
    bar = show(ActionBar(ACTIONS), 700, 52)
    chosen: list[str] = []
    bar.chosen.connect(chosen.append)
    for button in bar.buttons.values():
        QTest.mouseClick(button, LEFT)
    assert chosen == ["hold", "return", "more"]
    widths = {button.width() for button in bar.buttons.values()}
    assert max(widths) - min(widths) <= 1
    assert bar.buttons["more"].geometry().right() == 699


def test_a_bar_shows_all_caps_or_none(show: Show) -> None:
    bar = show(ActionBar(ACTIONS), 700, 52)
    for width in range(200, 700, 20):
        bar.resize(width, 52)
        assert len({button._may_show for button in bar.buttons.values()}) == 1
        places = [button.geometry() for button in bar.buttons.values()]
        assert all(one.right() < other.left() for one, other in itertools.pairwise(places))


def test_icons_go_before_the_keys_that_are_learned_from_the_bar(show: Show) -> None:
    bar = ActionBar(ACTIONS)
    look = theme.current()
    needs = sum(button.room(look, has_icon=False) for button in bar.buttons.values()) + 2 * 8
    show(bar, needs, 52)
    assert {button._may_show for button in bar.buttons.values()} == {(True, True, False)}
    bar.resize(needs - 1, 52)
    assert {button._may_show for button in bar.buttons.values()} == {(True, False, True)}


def test_a_button_without_its_icon_shows_word_and_key(show: Show) -> None:
    plain = show(KeyButton("Return", "undo-2", "F7"), 110, 52)
    plain.limit(has_label=True, has_cap=True, has_icon=False)
    alike = show(KeyButton("Return", "", "F7"), 110, 52)
    assert plain.grab().toImage() == alike.grab().toImage()


def test_a_bar_shares_its_room_so_that_words_stay(show: Show) -> None:
    actions = (Action("a", "A", "pause"), Action("b", "A rather long word", "history"))
    bar = ActionBar(actions)
    needs = [button.room(theme.current(), has_cap=False) for button in bar.buttons.values()]
    show(bar, sum(needs) + 8 + 10, 52)
    assert [button.width() for button in bar.buttons.values()] == [needs[0] + 5, needs[1] + 5]


def test_a_loose_bar_keeps_danger_at_the_far_end(show: Show) -> None:
    bar = ActionBar((*ACTIONS, Action("void", "Void", "trash-2", is_dangerous=True)), is_filled=False)
    show(bar, 900, 52)
    assert bar.buttons["void"].geometry().right() == 899
    assert bar.buttons["hold"].geometry().left() == 0
    assert bar.buttons["hold"].width() == bar.buttons["hold"].sizeHint().width()
    assert bar.fits(900, has_label=True)
    assert not bar.fits(100, has_label=True)
