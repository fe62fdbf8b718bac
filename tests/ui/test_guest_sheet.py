"""A sheet over every screen: the keys and the scans are its own until it is closed."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QLineEdit
from pytestqt.qtbot import QtBot

from omsdesk.devices.scanner import Scan
from omsdesk.ui.guest_sheet import GuestSheet
from omsdesk.ui.navigation import Intent, Page, Screen
from omsdesk.ui.window import Window
from tests.ui.keys import burst


class Room(Screen):
    """A screen that remembers what happened to it."""

    def __init__(self) -> None:
        super().__init__()
        self.happened: list[str] = []

    def scanned(self, code: str) -> bool:
        self.happened.append(code)
        return True

    def intents(self) -> tuple[Intent, ...]:
        return (Intent("pay", "Pay", "check", lambda: self.happened.append("paid"), "F12"),)


class Guest(GuestSheet):
    """A sheet with a field, which wants every scan but one."""

    help_page = "scanner"

    def __init__(self, window: Window) -> None:
        self.field = QLineEdit()
        super().__init__("Guest", self.field, window.content)
        self.codes: list[str] = []

    def take_scan(self, scan: Scan) -> bool:
        self.codes.append(scan.text)
        return scan.text != "let go 1"

    def typing_place(self) -> QLineEdit:
        return self.field


class House:
    """A window with a guest."""

    def __init__(self, bot: QtBot) -> None:
        self.room = Room()
        self.window = Window([Page("room", "Room", "store", lambda: self.room)])
        bot.addWidget(self.window)
        self.window.show()
        bot.waitExposed(self.window)
        self.window.activateWindow()
        self.guest = Guest(self.window)
        self.window.invite(self.guest)

    def press(self, key: Qt.Key) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key)

    def scan(self, code: str) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        burst(handle, code)


@pytest.fixture
def house(qtbot: QtBot) -> House:
    return House(qtbot)


def test_the_guest_has_the_scans_and_lets_go_what_it_does_not_want(house: House) -> None:
    house.scan("40012345")
    house.scan("let go 1")
    assert house.guest.codes == ["40012345", "let go 1"]
    assert house.room.happened == ["let go 1"]


def test_the_keys_of_the_screen_below_rest(house: House) -> None:
    house.press(Qt.Key.Key_F12)
    assert house.room.happened == []
    assert "pay" not in [intent.name for intent in house.window.intents()]


def test_escape_closes_it_and_everything_is_as_before(house: House) -> None:
    house.press(Qt.Key.Key_Escape)
    house.press(Qt.Key.Key_F12)
    house.scan("40012345")
    assert house.room.happened == ["paid", "40012345"]


def test_typing_lands_in_it_and_its_page_of_the_help_is_shown(house: House, qtbot: QtBot) -> None:
    house.window.rail.setFocus()
    handle = house.window.windowHandle()
    assert handle is not None
    burst(handle, "oat", None)
    qtbot.waitUntil(lambda: house.guest.field.text() == "oat")
    house.press(Qt.Key.Key_F1)
    assert house.window._help is not None
    assert house.window._help.content.text.toPlainText().startswith("The scanner")
    house.press(Qt.Key.Key_Escape)
    assert house.window._guest is house.guest, "the help is closed first"


def test_another_guest_takes_its_place(house: House) -> None:
    other = Guest(house.window)
    house.window.invite(other)
    house.scan("40012345")
    assert other.codes == ["40012345"]


def test_one_that_wants_nothing_takes_nothing(house: House, qtbot: QtBot) -> None:
    plain = GuestSheet("Plain", QLabel("Nothing"), house.window.content)
    house.window.invite(plain)
    house.scan("40012345")
    assert house.room.happened == ["40012345"]
    assert plain.typing_place() is None
    assert plain.page_in_front() == ""
