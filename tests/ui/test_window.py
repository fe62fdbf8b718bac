"""The window: pages that are made when they are wanted, and what can be done on every one of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout
from pytestqt.qtbot import QtBot

from omsdesk.devices.scanner import Reader, ScannerOptions
from omsdesk.ui import theme
from omsdesk.ui.navigation import Intent, Page, Screen, Unsaved, by_key
from omsdesk.ui.window import Window
from tests.ui.keys import burst, strike

CTRL = Qt.KeyboardModifier.ControlModifier


class Room(Screen):
    """A screen that remembers what happened to it."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name = name
        self.happened: list[str] = []
        self.can_shout = True
        self.typed = False
        self.field = QLineEdit()
        QVBoxLayout(self).addWidget(self.field)

    def arrived(self) -> None:
        self.happened.append("arrived")
        self.field.setFocus()

    def scanned(self, code: str) -> bool:
        self.happened.append(f"scanned {code}")
        return True

    def unsaved(self) -> Sequence[Unsaved]:
        return (Unsaved("A form", lambda: None, lambda: None),) if self.typed else ()

    def user_pressed(self) -> None:
        self.happened.append("user")

    def intents(self) -> Sequence[Intent]:
        return (
            Intent(
                "shout", "Shout loudly", "bell", lambda: self.happened.append("shouted"), "F9", lambda: self.can_shout
            ),
            Intent("wave", "Wave", "user", lambda: self.happened.append("waved")),
        )


class House:
    """A window with two rooms."""

    def __init__(self, qtbot: QtBot) -> None:
        self.built: list[str] = []
        pages = [Page(name, name.title(), "store", partial(self._build, name)) for name in ("hall", "attic")]
        self.window = Window(pages)
        qtbot.addWidget(self.window)
        self.window.resize(1024, 768)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.window.activateWindow()

    def _build(self, name: str) -> Room:
        self.built.append(name)
        return Room(name)

    @property
    def handle(self) -> QWindow:
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    @property
    def room(self) -> Room:
        assert isinstance(self.window.shown, Room)
        return self.window.shown

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, modifier)

    def type_in(self, text: str) -> None:
        handle = self.window.windowHandle()
        assert handle is not None
        for letter in text:
            strike(handle, letter)
            QTest.qWait(45)


@pytest.fixture
def house(qtbot: QtBot, qapp: QApplication) -> Iterator[House]:
    theme.apply(theme.load("light"), qapp)
    yield House(qtbot)
    theme.apply(theme.load("light"), qapp)


def test_a_page_is_built_when_it_is_first_shown_and_kept(house: House) -> None:
    assert house.built == ["hall"]
    hall = house.room
    house.window.go("attic")
    house.window.go("hall")
    assert house.built == ["hall", "attic"]
    assert house.room is hall
    assert hall.happened == ["arrived", "arrived"]


def test_a_page_can_be_made_anew(house: House) -> None:
    before = house.room
    house.window.rebuild("hall")
    assert house.room is not before
    house.window.rebuild("attic")
    assert house.built == ["hall", "hall"]


def test_the_rail_leads_to_a_page(house: House) -> None:
    house.window.rail.chosen.emit("attic")
    assert house.window.current == "attic"


def test_a_key_does_what_the_screen_means_by_it(house: House) -> None:
    house.press(Qt.Key.Key_F9)
    house.room.can_shout = False
    house.press(Qt.Key.Key_F9)
    assert house.room.happened == ["arrived", "shouted"]


def test_keys_are_found_by_intents_that_are_possible(house: House) -> None:
    assert set(by_key(house.room.intents())) == {"F9"}
    house.room.can_shout = False
    assert by_key(house.room.intents()) == {}


def test_a_scan_goes_to_the_screen_that_is_shown(house: House) -> None:
    for letter in "40012345":
        house.press(Qt.Key(ord(letter)))
    house.press(Qt.Key.Key_Return)
    assert house.room.happened == ["arrived", "scanned 40012345"]
    assert house.room.field.text() == ""


def test_the_palette_finds_a_command_by_the_beginnings_of_its_words(house: House) -> None:
    house.press(Qt.Key.Key_K, CTRL)
    house.type_in("lou sh")
    house.press(Qt.Key.Key_Return)
    assert house.room.happened[-1] == "shouted"
    assert house.room.field.hasFocus()


def test_the_palette_leads_to_other_pages(house: House) -> None:
    house.press(Qt.Key.Key_K, CTRL)
    house.type_in("to at")
    house.press(Qt.Key.Key_Return)
    assert house.window.current == "attic"


def test_the_palette_goes_by_escape_or_its_own_key(house: House) -> None:
    for key, modifier in ((Qt.Key.Key_Escape, Qt.KeyboardModifier.NoModifier), (Qt.Key.Key_K, CTRL)):
        house.press(Qt.Key.Key_K, CTRL)
        assert house.window._palette is not None
        house.press(key, modifier)
        assert house.window._palette is None
        assert house.room.field.hasFocus()


def test_escape_closes_the_palette_whatever_was_typed(house: House) -> None:
    house.press(Qt.Key.Key_K, CTRL)
    house.type_in("shout")
    house.press(Qt.Key.Key_Escape)
    assert house.window._palette is None
    assert "shouted" not in house.room.happened


def test_a_key_that_means_something_closes_the_palette_and_does_it(house: House) -> None:
    house.press(Qt.Key.Key_K, CTRL)
    house.press(Qt.Key.Key_F9)
    assert house.window._palette is None
    assert house.room.happened[-1] == "shouted"


def test_a_key_that_means_nothing_leaves_the_palette_open(house: House) -> None:
    house.press(Qt.Key.Key_K, CTRL)
    house.room.can_shout = False
    for key in (Qt.Key.Key_F9, Qt.Key.Key_Down, Qt.Key.Key_Left):
        house.press(key)
    assert house.window._palette is not None


def test_a_scan_while_the_window_asks_whether_to_leave_waits(house: House, qtbot: QtBot) -> None:
    house.room.typed = True
    house.window.close()
    burst(house.handle, "40012345")
    assert house.room.happened == ["arrived"]
    assert [scan.text for scan in house.window.scans.waiting] == ["40012345"]
    house.press(Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: house.room.happened[-1] == "scanned 40012345")
    house.room.typed = False


def test_the_window_knows_how_its_scanners_are_set(house: House) -> None:
    house.window.set_scanners([Reader(ScannerOptions(prefix="~"), "scanner-1")])
    burst(house.handle, "~40012345")
    assert house.room.happened[-1] == "scanned 40012345"


def test_a_scan_while_the_palette_is_open_goes_to_the_screen(house: House) -> None:
    house.press(Qt.Key.Key_K, CTRL)
    for letter in "40012345":
        house.press(Qt.Key(ord(letter)))
    house.press(Qt.Key.Key_Return)
    assert house.room.happened[-1] == "scanned 40012345"
    assert house.window._palette is not None
    assert house.window._palette.field.text() == ""


def test_the_window_that_is_shown_has_the_keys_at_once(house: House, qtbot: QtBot) -> None:
    second = House(qtbot)
    second.window.fill_screen()
    qtbot.waitUntil(second.window.isActiveWindow)
    assert second.room.field.hasFocus()


def test_help_shows_the_keys_and_goes_by_escape(house: House) -> None:
    house.press(Qt.Key.Key_F1)
    sheet = house.window._help
    assert sheet is not None
    assert sheet.isVisible()
    house.press(Qt.Key.Key_Escape)
    assert house.window._help is None
    house.press(Qt.Key.Key_F1)
    house.press(Qt.Key.Key_F1)
    assert house.window._help is None


def test_the_screen_is_filled_and_given_back(house: House) -> None:
    house.press(Qt.Key.Key_F11)
    assert house.window.isFullScreen()
    house.press(Qt.Key.Key_F11)
    assert not house.window.isFullScreen()
    house.press(Qt.Key.Key_F9)
    assert house.room.happened[-1] == "shouted"


def test_the_look_changes_while_everything_runs(house: House, qtbot: QtBot) -> None:
    with qtbot.waitSignal(house.window.look_changed) as heard:
        house.window.set_look("dark")
    assert heard.args == ["dark", 1.0]
    house.window.set_look(scale=1.25)
    assert (theme.current().name, theme.current().scale) == ("dark", 1.25)


def test_a_locked_screen_holds_the_window(house: House) -> None:
    hall = house.room
    house.window.go("attic")
    hall.locked.emit(True)
    assert house.window.current == "hall"
    assert not house.window.rail.isEnabled()
    assert not [intent for intent in house.window.intents() if intent.name.startswith("go.")]
    hall.locked.emit(False)
    assert house.window.rail.isEnabled()
    assert [intent.label for intent in house.window.intents() if intent.name.startswith("go.")] == ["Go to Attic"]


def test_every_screen_hears_that_the_person_was_pressed(house: House) -> None:
    house.window.rail.user_pressed.emit()
    assert house.room.happened[-1] == "user"


def test_a_screen_that_says_nothing_wants_nothing(qtbot: QtBot) -> None:
    plain = Screen()
    qtbot.addWidget(plain)
    assert list(plain.intents()) == []
    assert not plain.scanned("4001234500027")
    assert plain.typing_place() is None
    plain.arrived()
    plain.user_pressed()


def test_a_page_is_called_otherwise_when_it_is_for_something_else(house: House) -> None:
    house.window.rename("attic", "Loft", "user")
    assert house.window.rail._entries["attic"].label == "Loft"
    assert "Go to Loft" in {intent.label for intent in house.window.intents()}


def test_a_page_with_nothing_on_it_is_not_offered(house: House) -> None:
    house.window.offer("attic", is_there=False)
    assert "go.attic" not in {intent.name for intent in house.window.intents()}
    house.window.offer("attic", is_there=True)
    house.window.go("attic")
    house.window.offer("attic", is_there=False)
    assert house.window.current == "hall", "nobody stays where nothing is any more"
    house.window.offer("attic", is_there=False)
    house.window.offer("attic", is_there=True)
    assert "go.attic" in {intent.name for intent in house.window.intents()}
