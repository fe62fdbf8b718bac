"""What is wanted now and then: read and touched at every width, chosen by its digit."""

from __future__ import annotations

from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.navigation import Intent
from omsdesk.ui.till.more_sheet import MoreSheet
from omsdesk.ui.widgets.painting import text_width


class Desk:
    """Three things to do, of which the second cannot be done now."""

    def __init__(self, qtbot: QtBot, width: int, sentence: str = "All about {}") -> None:
        self.done: list[str] = []
        texts = {"tea": sentence, "milk": "All", "sugar": "All about {}"}
        intents = [(self._intent(name), text.format(name)) for name, text in texts.items()]
        room = self.room = QWidget()
        qtbot.addWidget(room)
        self.sheet = MoreSheet(intents)
        self.sheet.setParent(room)
        room.resize(width, 600)
        self.sheet.resize(width, 600)
        room.show()
        qtbot.waitExposed(room)
        QApplication.processEvents()
        self.sheet.begin()

    def _intent(self, name: str) -> Intent:
        return Intent(name, name.title(), "tag", lambda: self.done.append(name), "", lambda: name != "milk")

    def press(self, text: str) -> None:
        QTest.keyClicks(self.sheet, text)


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk(qtbot, 800)


def test_a_digit_does_it_and_closes_the_sheet(desk: Desk, qtbot: QtBot) -> None:
    with qtbot.waitSignal(desk.sheet.done):
        desk.press("3")
    assert desk.done == ["sugar"]


def test_the_tenth_has_the_key_that_comes_after_nine(qtbot: QtBot) -> None:
    done: list[int] = []
    intents = [(Intent(f"n{n}", f"No {n}", "tag", partial(done.append, n)), "") for n in range(1, 12)]
    sheet = MoreSheet(intents)
    qtbot.addWidget(sheet)
    sheet.show()
    QTest.keyClicks(sheet, "0")
    QTest.keyClicks(sheet, "9")
    assert done == [10, 9]


@pytest.mark.parametrize("key", ["2", "4", "0", "9", "x"])
def test_what_cannot_be_done_or_is_not_there_leaves_the_sheet_open(desk: Desk, qtbot: QtBot, key: str) -> None:
    with qtbot.assertNotEmitted(desk.sheet.done):
        desk.press(key)
    assert desk.done == []


def test_what_cannot_be_done_now_is_seen_to_be_so(desk: Desk) -> None:
    assert [name for name, card in desk.sheet.cards.items() if not card.isEnabled()] == ["milk"]
    QTest.mouseClick(desk.sheet.cards["milk"], Qt.MouseButton.LeftButton)
    assert desk.done == []


def test_a_finger_does_it_too(desk: Desk) -> None:
    QTest.mouseClick(desk.sheet.cards["tea"], Qt.MouseButton.LeftButton)
    assert desk.done == ["tea"]


@pytest.mark.parametrize(("width", "scale", "columns"), [(800, 1.0, 2), (460, 1.0, 1), (500, 1.5, 1), (800, 1.5, 2)])
def test_cards_stand_beside_each_other_where_both_can_be_read(
    qtbot: QtBot, qapp: QApplication, width: int, scale: float, columns: int
) -> None:
    theme.apply(theme.load("light", scale), qapp)
    desk = Desk(qtbot, width)
    tops = {card.y() for card in desk.sheet.cards.values()}
    assert len(tops) == (2 if columns == 2 else 3)
    for card in desk.sheet.cards.values():
        assert card.geometry().right() < width
        assert text_width(theme.current().font(16, 600), card.label) < card.width()


def test_one_long_sentence_takes_no_room_from_the_card_beside_it(qtbot: QtBot) -> None:
    desk = Desk(qtbot, 560, "All about {}, and a good deal more than fits on a card of this width")
    widths = [card.width() for card in desk.sheet.cards.values()]
    assert max(widths) - min(widths) <= 1


def test_a_sheet_that_gets_less_room_arranges_itself_anew(desk: Desk) -> None:
    desk.room.resize(400, 600)
    desk.sheet.resize(400, 600)
    QApplication.processEvents()
    assert len({card.x() for card in desk.sheet.cards.values()}) == 1


def test_a_digit_that_is_a_command_elsewhere_does_nothing_here(desk: Desk) -> None:
    QTest.keyClicks(desk.sheet, "3", Qt.KeyboardModifier.AltModifier)
    assert desk.done == []
