"""A value to choose: large, with what tells it from the others, by finger and by key."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.ui import theme
from omsdesk.ui.widgets.choice_card import ChoiceCard

LINES = (("user", "Anna Keller"), ("clock", "14:32"), ("monitor", "Till 2"))


@pytest.fixture
def card(qtbot: QtBot) -> ChoiceCard:
    made = ChoiceCard("Ctrl 1")
    qtbot.addWidget(made)
    made.set_content("£2.95", "Shown meanwhile", LINES)
    made.resize(made.sizeHint())
    made.show()
    return made


def test_it_says_everything_to_a_screen_reader(card: ChoiceCard) -> None:
    assert card.accessibleName() == "£2.95, Anna Keller, 14:32, Till 2, Shown meanwhile"
    card.set_content("Thank you!\nCome again!", "", LINES[:1])
    assert card.accessibleName() == "Thank you!, Come again!, Anna Keller"


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Space, None])
def test_it_is_chosen_by_key_and_finger(qtbot: QtBot, card: ChoiceCard, key: Qt.Key | None) -> None:
    with qtbot.waitSignal(card.clicked):
        if key is None:
            QTest.mouseClick(card, Qt.MouseButton.LeftButton)
        else:
            QTest.keyClick(card, key)


def test_a_long_value_makes_it_higher_up_to_a_point(card: ChoiceCard) -> None:
    short = card.sizeHint().height()
    card.set_content("A footer of many words. " * 6, "", LINES)
    long = card.sizeHint().height()
    card.set_content("A footer of many words. " * 60, "", LINES)
    endless = card.sizeHint().height()
    assert short < long <= endless < 2 * long


@pytest.mark.parametrize("look", theme.THEMES)
def test_it_is_painted_in_every_theme_and_state(card: ChoiceCard, qapp: QApplication, look: str) -> None:
    theme.apply(theme.load(look), qapp)
    pictures = [card.grab().toImage()]
    card.setEnabled(False)
    pictures.append(card.grab().toImage())
    card.setEnabled(True)
    card.set_content("£3.10", "", ())
    pictures.append(card.grab().toImage())
    assert pictures[0] != pictures[1] != pictures[2]
    theme.apply(theme.load("light"), qapp)
