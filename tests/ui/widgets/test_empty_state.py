"""An empty list explains itself and offers the one thing to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest

from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.key_button import KeyButton

if TYPE_CHECKING:
    from tests.ui.widgets.conftest import Show

LEFT = Qt.MouseButton.LeftButton


def test_an_empty_list_explains_itself_and_offers_one_thing(show: Show) -> None:
    empty = show(EmptyState("inbox", "No open orders. New web orders appear here.", "Connect a shop"), 400, 400)
    pressed: list[bool] = []
    empty.pressed.connect(lambda: pressed.append(True))
    button = empty.findChild(KeyButton)
    assert isinstance(button, KeyButton)
    QTest.mouseClick(button, LEFT)
    assert pressed == [True]
    empty.set_content("search", "Nothing matches.")
    assert QAccessible.queryAccessibleInterface(empty.sentence).text(QAccessible.Text.Name) == "Nothing matches."


def test_an_empty_list_without_a_way_out_has_no_button(show: Show) -> None:
    empty = show(EmptyState("inbox", "All packed."), 300, 300)
    assert not empty.button.isVisible()
    assert empty.minimumSizeHint().height() < 300
