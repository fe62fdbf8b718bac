"""Cards below one another and side by side."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from omsdesk.ui.widgets.card_column import GAP, MARGIN, CardColumn


def block(height: int) -> QWidget:
    """Make something of a height."""
    made = QWidget()
    made.setFixedHeight(height)
    return made


def show(qtbot: QtBot, column: CardColumn) -> None:
    """Show a column at the width of a small screen."""
    qtbot.addWidget(column)
    column.resize(900, 300)
    column.show()
    qtbot.waitExposed(column)
    QApplication.processEvents()


def test_a_row_shares_its_width_and_the_next_stands_below(qtbot: QtBot) -> None:
    left, right, below = block(80), block(40), block(50)
    column = CardColumn([[left, right], [below]])
    show(qtbot, column)
    assert left.width() == right.width()
    assert right.x() == left.geometry().right() + 1 + GAP
    assert below.y() == left.geometry().bottom() + 1 + GAP
    assert below.width() == 2 * left.width() + GAP


def test_a_stack_inside_a_row(qtbot: QtBot) -> None:
    left, first, second = block(200), block(40), block(40)
    column = CardColumn([[[left], [first, second]]])
    show(qtbot, column)
    assert first.x() == second.x() > left.x()
    assert second.y() == first.geometry().bottom() + 1 + GAP


def test_cards_that_do_not_fit_side_by_side_stand_below_one_another(qtbot: QtBot) -> None:
    left, right = block(80), block(40)
    column = CardColumn([[[left], [right]]])
    show(qtbot, column)
    assert right.y() == left.y()
    left.setMinimumWidth(500)
    right.setMinimumWidth(500)
    qtbot.waitUntil(lambda: right.y() >= left.geometry().bottom() + 1 + GAP)
    assert right.x() == left.x()
    assert column.viewport().rect().contains(left.mapTo(column.viewport(), left.rect().topRight()))
    column.resize(1200, 300)
    qtbot.waitUntil(lambda: right.y() == left.y())
    assert right.x() > left.x()


@pytest.mark.parametrize(("is_centred", "left"), [(False, MARGIN), (True, 150)])
def test_a_limit_of_the_width(qtbot: QtBot, is_centred: bool, left: int) -> None:
    card = block(60)
    column = CardColumn([[card]], 600, is_centred=is_centred)
    show(qtbot, column)
    assert card.width() <= 600
    assert abs(card.mapTo(column, card.rect().topLeft()).x() - left) <= 4


def test_more_than_fits_is_scrolled_and_goes_back_to_the_top(qtbot: QtBot) -> None:
    column = CardColumn([[block(250)], [block(250)]])
    show(qtbot, column)
    column.verticalScrollBar().setValue(100)
    column.to_top()
    assert column.verticalScrollBar().maximum() > 0
    assert column.verticalScrollBar().value() == 0
