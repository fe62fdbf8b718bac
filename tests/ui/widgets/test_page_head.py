"""The top of a page."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.ui.widgets.key_button import KeyButton
from omsdesk.ui.widgets.page_head import PageHead


def test_a_line_below_the_title_comes_and_goes(qtbot: QtBot) -> None:
    head = PageHead("Products")
    qtbot.addWidget(head)
    head.show()
    assert not head.detail.isVisible()
    head.say("Oat milk", "Revision 2")
    assert (head.title.text(), head.detail.text()) == ("Oat milk", "Revision 2")
    assert head.detail.isVisible()
    head.say("Products")
    assert not head.detail.isVisible()


def test_the_way_back(qtbot: QtBot) -> None:
    head = PageHead("Oat milk", has_back=True)
    qtbot.addWidget(head)
    head.show()
    with qtbot.waitSignal(head.went_back):
        QTest.mouseClick(head.findChildren(KeyButton)[0], Qt.MouseButton.LeftButton)


def test_undo_takes_no_room_until_it_is_offered(qtbot: QtBot) -> None:
    button = KeyButton("Import", "upload")
    head = PageHead("A title that is rather long for its page", [button])
    qtbot.addWidget(head)
    head.resize(640, 64)
    head.show()
    QApplication.processEvents()
    before = head.title.width()
    head.undo.offer("Saved “Oat milk”")
    QApplication.processEvents()
    assert head.undo.isVisible()
    assert head.title.width() < before
    assert button.geometry().right() <= head.width()
