"""The scanners of a station and its window: from bytes on a cable to the screen in front."""

from __future__ import annotations

import os
from collections.abc import Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.devices.attendant import Link, Power
from omsdesk.devices.scanner_lesson import LABELS
from omsdesk.domain.people import Person, Role
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.ui.devices.scanner_setup import ScannerSetup
from omsdesk.ui.devices.scanner_setup_sheet import ScannerSetupSheet
from omsdesk.ui.devices.scanning import Scanning, Surroundings
from omsdesk.ui.devices.station_devices import StationDevices
from omsdesk.ui.navigation import Page, Screen
from omsdesk.ui.sounds import Sound
from omsdesk.ui.window import Window
from tests.devices.foreign_scanner import ForeignScanner
from tests.devices.wires.terminals import Cable
from tests.ui.keys import burst
from tests.ui.till.shop import Listener, Station, code_of, set_up

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a thing of Unix")
GTIN = "4006381333931"


class Room(Screen):
    """A screen that takes what is scanned, or does not."""

    def __init__(self) -> None:
        super().__init__()
        self.codes: list[str] = []
        self.wants_scans = True

    def scanned(self, code: str) -> bool:
        self.codes.append(code)
        return self.wants_scans


class Shop:
    """A station's window and devices, and a cable with a scanner at its other end."""

    def __init__(self, till: Station, folder: Path, qtbot: QtBot) -> None:
        self.bot = qtbot
        self.room, self.speaker, self.cable = Room(), Listener(), Cable()
        self.window = Window([Page("room", "Room", "store", lambda: self.room)])
        qtbot.addWidget(self.window)
        self.window.show()
        qtbot.waitExposed(self.window)
        self.settings = Settings(folder)
        self.devices = StationDevices(lambda: self.settings, till.database.reader, till.writer)
        self.links: dict[str, Link] = {}
        self.sources: list[str] = []
        self.has_own_sounds = False
        self.devices.link_changed.connect(self.links.__setitem__)
        self.person: Person | None = Person("anna", "Anna", Role.MANAGER)
        around = Surroundings(lambda: self.has_own_sounds, lambda: self.person, lambda: self.settings, self.keep,
                              till.database.reader(), SystemClock())  # fmt: skip
        self.scanning = Scanning(self.devices, self.window, self.speaker, around)
        self.window.scans.heard.connect(lambda scan: self.sources.append(scan.source))

    @property
    def handle(self) -> QWindow:
        handle = self.window.windowHandle()
        assert handle is not None
        return handle

    def keep(self, settings: Settings) -> None:
        self.settings = settings
        self.devices.follow()

    def set_up(self, **devices: DeviceSetting) -> None:
        """Set scanners up, by their roles with an underscore."""
        named = {role.replace("_", "-"): setting for role, setting in devices.items()}
        self.settings = replace(self.settings, device=named)
        self.devices.follow()

    def wired(self, **options: str | int | bool) -> DeviceSetting:
        return DeviceSetting("serial_scanner", f"serial:{self.cable.name}", options)


@pytest.fixture
def shop(tmp_path: Path, qtbot: QtBot) -> Iterator[Shop]:
    till = Station(set_up(tmp_path), qtbot).start()
    made = Shop(till, tmp_path, qtbot)
    # A station of the office: it has no till, and scans all the same.
    made.devices.start("")
    yield made
    made.devices.close()
    made.cable.pull_out()
    till.stop()


def test_a_scanner_on_a_cable_reaches_the_screen_and_says_which_one_it_was(shop: Shop) -> None:
    shop.set_up(scanner_1=shop.wired(prefix="~"))
    shop.bot.waitUntil(lambda: shop.links.get("scanner-1") == Link(Power.ONLINE))
    shop.cable.say(b"~" + ForeignScanner().read(GTIN))
    shop.bot.waitUntil(lambda: shop.room.codes == [GTIN])
    assert shop.sources == ["scanner-1"]
    assert shop.speaker.heard == [Sound.OK]


def test_several_scanners_each_with_settings_of_its_own(shop: Shop) -> None:
    typing = DeviceSetting("wedge", "keyboard:", {"start_key": "F9", "layout": "àa"})
    shop.set_up(scanner_1=shop.wired(), scanner_2=typing)
    shop.bot.waitUntil(lambda: shop.links.get("scanner-1") == Link(Power.ONLINE))
    assert [reader.source for reader in shop.devices.readers] == ["scanner-2"]
    shop.cable.say(ForeignScanner("tab").read(GTIN))
    shop.bot.waitUntil(lambda: shop.room.codes == [GTIN])
    burst(shop.handle, "à-1", begin=Qt.Key.Key_F9)
    assert shop.room.codes == [GTIN, "a-1"]
    assert shop.sources == ["scanner-1", "scanner-2"]
    shop.set_up(scanner_1=shop.wired())
    assert shop.devices.readers == []


def test_what_nobody_wants_is_heard_to_be_so_unless_the_screen_says_it_itself(shop: Shop) -> None:
    shop.set_up(scanner_1=shop.wired())
    shop.bot.waitUntil(lambda: "scanner-1" in shop.links)
    shop.room.wants_scans = False
    shop.cable.say(b"1\r")
    shop.bot.waitUntil(lambda: shop.speaker.heard == [Sound.BLOCKED])
    shop.has_own_sounds = True
    shop.cable.say(b"2\r")
    shop.bot.waitUntil(lambda: shop.room.codes == ["1", "2"])
    assert shop.speaker.heard == [Sound.BLOCKED]


def test_one_that_cannot_be_used_says_why_and_no_printer_starts_for_it(shop: Shop) -> None:
    shop.set_up(scanner_1=DeviceSetting("serial_scanner", "serial:/dev/ttyS0", {"line": "fast"}))
    assert shop.links["scanner-1"].power is Power.OFFLINE
    assert "is no setting of a serial line" in shop.links["scanner-1"].sentence
    assert (shop.devices.spoolers, shop.devices.attendants) == ({}, {})


def test_a_scanner_that_types_is_set_up_by_scanning_what_the_screen_shows(shop: Shop) -> None:
    shop.scanning.set_up()
    sheet = shop.window._guest
    assert isinstance(sheet, ScannerSetupSheet)
    for at, label in enumerate(LABELS):
        text = label.content if at < 5 else f"010{LABELS[0].content}10AB\x1d21CD"
        burst(shop.handle, f"/{text}", begin=Qt.Key.Key_F9)
    assert sheet.content.step.text() == "This is how the scanner is set"
    sheet.content.name.setText("In the hand")
    sheet.content.save.click()
    setting = shop.settings.device["scanner-1"]
    assert (setting.driver, setting.options["start_key"], setting.options["prefix"]) == ("wedge", "F9", "/")
    assert shop.devices.readers[0].options.title == "In the hand"
    assert shop.room.codes == []
    QTest.keyClick(shop.handle, Qt.Key.Key_Escape)
    assert shop.window._guest is None
    burst(shop.handle, f"/{GTIN}", begin=Qt.Key.Key_F9)
    assert shop.room.codes == [GTIN]
    assert shop.sources[-1] == "scanner-1"


def has_learnt(setup: ScannerSetup, steps: int) -> bool:
    return setup.lesson.step == steps


def test_a_scanner_on_a_cable_is_learnt_too_and_keeps_its_line(shop: Shop) -> None:
    shop.set_up(scanner_1=shop.wired(line="9600 8N1"))
    shop.bot.waitUntil(lambda: shop.links.get("scanner-1") == Link(Power.ONLINE))
    shop.scanning.set_up()
    sheet = shop.window._guest
    assert isinstance(sheet, ScannerSetupSheet)
    setup = sheet.content.setup
    for at, label in enumerate(LABELS):
        text = label.content if at < 5 else f"010{LABELS[0].content}10AB|21CD"
        shop.cable.say(ForeignScanner().read(f"~{text}"))
        shop.bot.waitUntil(partial(has_learnt, setup, at + 1))
    setup.save("")
    assert shop.settings.device["scanner-1"].options == {"line": "9600 8N1", "prefix": "~", "group": "|"}
    assert shop.room.codes == []


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_a_product_is_clicked_to_be_scanned(shop: Shop) -> None:
    shop.scanning.show_virtual()
    virtual = shop.scanning._virtual
    assert virtual is not None
    virtual.field.setText("oat milk")
    virtual.list.chosen.emit(virtual.list.key_at(0))
    assert (shop.room.codes, shop.sources) == ([code_of("oat")], ["virtual"])
    virtual.field.setText("96385074")
    virtual.button.click()
    assert shop.room.codes == [code_of("oat"), "96385074"]
    shop.room.wants_scans = False
    virtual.field.setFocus()
    virtual.scan("1")
    assert virtual.field.text() == "96385074", "it does not write into itself"


def test_both_are_found_among_the_commands(shop: Shop) -> None:
    labels = [intent.label for intent in shop.window.intents() if intent.is_possible()]
    assert {"Set up a scanner", "Scan without a scanner"} <= set(labels)
    shop.person = Person("ben", "Ben", Role.CASHIER)
    labels = [intent.label for intent in shop.window.intents() if intent.is_possible()]
    assert "Set up a scanner" not in labels
