"""The first minutes of a shop: it is set up, its devices are found, and the first receipt comes out of a printer.

The printer is not ours: emupos prints on a socket that is announced on loopback.
"""

from __future__ import annotations

import logging
import socket
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QWindow
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox
from pytestqt.qtbot import QtBot
from zeroconf import ServiceInfo, Zeroconf

from omsdesk.app import Desktop
from omsdesk.devices.driver import Found
from omsdesk.devices.finders import network
from omsdesk.domain.account import AccountKind, account_id
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.values import Money
from omsdesk.settings import DeviceSetting, Settings, load, save
from omsdesk.ui import theme
from omsdesk.ui.devices import office
from omsdesk.ui.devices.screen import DevicesScreen
from omsdesk.ui.devices.wizard_session import Phase
from omsdesk.ui.settings.set_up_screen import SetUpScreen
from omsdesk.ui.till.screen import Mode, TillScreen
from tests.devices.foreign_printer import ForeignPrinter
from tests.ui.back_office import take_pictures, until
from tests.ui.keys import burst, strike
from tests.ui.till.shop import Listener, hashed

KIND = "_pdl-datastream._tcp.local."
MINUTE = 60.0
FEWEST_KEYS = 12
"""Ctrl Enter opens the shop; Enter signs in, finds, uses, says yes and is done; F12 opens the till; Enter makes the
product, takes its name and its price; F5 is exact cash, and Enter the next customer."""


class Newcomer:
    """A computer on which nothing was ever done, and somebody's hands on its keyboard."""

    def __init__(self, folder: Path, bot: QtBot) -> None:
        self.folder, self.bot = folder, bot
        self.keys, self.letters = 0, 0
        self.desktop = self.start()

    def start(self) -> Desktop:
        desktop = self.desktop = Desktop(load(self.folder))
        desktop.speaker = Listener()
        desktop.window.resize(1366, 768)
        desktop.window.show()
        self.bot.waitExposed(desktop.window)
        desktop.window.activateWindow()
        until(desktop.window.isActiveWindow)
        desktop.start()
        return desktop

    def stop(self) -> None:
        self.desktop.window.close()
        self.desktop.close()
        self.desktop.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)

    @property
    def handle(self) -> QWindow:
        handle = self.desktop.window.windowHandle()
        assert handle is not None
        return handle

    @property
    def till(self) -> TillScreen:
        shown = self.desktop.window.shown
        assert isinstance(shown, TillScreen)
        return shown

    @property
    def wizard(self) -> DevicesScreen:
        shown = self.desktop.window.shown
        assert isinstance(shown, DevicesScreen)
        return shown

    def is_asked(self) -> bool:
        """Whether it is asked now whether devices are to be found."""
        shown = self.desktop.window.shown
        return isinstance(shown, DevicesScreen) and shown.wizard.phase is Phase.OFFERED

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        """Press a key that does something."""
        self.keys += 1
        QTest.keyClick(self.handle, key, modifier)

    def type_in(self, text: str) -> None:
        """Type as people do, slower than a scanner."""
        for letter in text:
            self.letters += 1
            strike(self.handle, letter)
            QTest.qWait(45)
        until(lambda: not self.desktop.window._keyboard._burst.held)

    def set_up(self) -> None:
        """Say what a shop is asked first."""
        page = self.desktop.window.shown
        assert isinstance(page, SetUpScreen)
        country = page.shop.editor("country")
        assert isinstance(country, QComboBox)
        country.setCurrentIndex(country.findData("IE"))
        for name, text in (("shop_name", "Quay"), ("name", "Mia")):
            (page.shop if name == "shop_name" else page.person).editor(name).setFocus()
            self.type_in(text)
        for name in ("pin", "pin_again"):
            page.person.editor(name).setFocus()
            self.type_in("4711")
        self.press(Qt.Key.Key_Return, Qt.KeyboardModifier.ControlModifier)
        until(lambda: isinstance(self.desktop.window.shown, TillScreen))

    def sign_in(self, pin: str = "4711") -> None:
        """Say who one is."""
        until(lambda: self.till.mode is Mode.LOCKED)
        self.type_in(pin)
        self.press(Qt.Key.Key_Return)


@pytest.fixture
def printer() -> Iterator[ForeignPrinter]:
    made = ForeignPrinter().listen()
    here = [socket.inet_aton("127.0.0.1")]
    # Other tests may announce theirs at the same time: no two have one name.
    name = f"counter-{uuid4().hex}"
    words = {"ty": "EPSON TM-T20III"}
    info = ServiceInfo(KIND, f"{name}.{KIND}", made.port, 0, 0, words, f"{name}.local.", addresses=here)
    with closing(Zeroconf(interfaces=["127.0.0.1"])) as announcing:
        announcing.register_service(info)
        yield made
    made.switch_off()


@pytest.fixture
def newcomer(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication, printer: ForeignPrinter, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Newcomer]:
    def announced() -> list[Found]:
        rows = network.look(2.0, interfaces=["127.0.0.1"])
        # Other programs of this machine may announce something, too.
        return [row for row in rows if row.address.port == printer.port]

    monkeypatch.setattr(office, "LOOKS", {"the network": announced})
    theme.apply(theme.load("light"), qapp)
    save(Settings(tmp_path, sound_volume=0))
    made = Newcomer(tmp_path, qtbot)
    yield made
    made.stop()


def test_a_shop_is_set_up_its_printer_is_found_and_its_first_receipt_comes_out_in_under_a_minute(
    newcomer: Newcomer, printer: ForeignPrinter
) -> None:
    began = time.monotonic()
    newcomer.set_up()
    newcomer.sign_in()
    until(newcomer.is_asked)
    take_pictures(newcomer.desktop.window, "first-run-asked")
    newcomer.press(Qt.Key.Key_Return)
    wizard = newcomer.wizard.wizard
    until(lambda: wizard.phase is Phase.PROPOSED)
    newcomer.press(Qt.Key.Key_Return)
    until(lambda: wizard.phase is Phase.ASKING)
    assert "Quay" in printer.sheets[-1].text, "the test page"
    newcomer.press(Qt.Key.Key_Return)
    newcomer.press(Qt.Key.Key_Return)
    until(lambda: isinstance(newcomer.desktop.window.shown, TillScreen))
    assert newcomer.till.mode is Mode.OPENING
    take_pictures(newcomer.desktop.window, "first-run-opening")
    newcomer.type_in("100")
    newcomer.press(Qt.Key.Key_F12)
    until(lambda: newcomer.till.mode is Mode.SELLING)
    burst(newcomer.handle, "4006381333931")
    until(lambda: newcomer.till.status.has_offer)
    newcomer.press(Qt.Key.Key_Return)
    until(lambda: newcomer.till.sheet is not None)
    newcomer.type_in("Pen")
    newcomer.press(Qt.Key.Key_Return)
    newcomer.type_in("2.50")
    newcomer.press(Qt.Key.Key_Return)
    until(lambda: len(newcomer.till.state.session.lines) == 1)
    newcomer.press(Qt.Key.Key_F5)
    until(lambda: newcomer.till.mode is Mode.DONE)
    until(lambda: len(printer.sheets) == 2)
    newcomer.press(Qt.Key.Key_Return)
    took = time.monotonic() - began
    assert "Pen" in printer.sheets[-1].text
    assert "2.50" in printer.sheets[-1].text
    assert newcomer.desktop.window.isActiveWindow(), "no other window came up on the way"
    logging.getLogger(__name__).info(
        "From nothing to a receipt: %s keys, %s letters and digits, %.1f s.", newcomer.keys, newcomer.letters, took
    )
    assert took < MINUTE
    assert newcomer.keys <= FEWEST_KEYS
    kept = load(newcomer.folder)
    assert set(kept.device) == {"receipt"}
    assert not kept.are_devices_wanted


def test_later_is_an_answer_that_holds_after_the_next_start(newcomer: Newcomer) -> None:
    newcomer.set_up()
    newcomer.sign_in()
    until(newcomer.is_asked)
    assert newcomer.wizard.wizard_sheet.back_key.label == "Later"
    newcomer.press(Qt.Key.Key_Escape)
    until(lambda: isinstance(newcomer.desktop.window.shown, TillScreen))
    assert not load(newcomer.folder).are_devices_wanted
    newcomer.stop()
    newcomer.start()
    newcomer.sign_in()
    until(lambda: newcomer.till.mode is Mode.OPENING)
    newcomer.desktop.feed.look()
    QTest.qWait(1)
    assert isinstance(newcomer.desktop.window.shown, TillScreen)


def test_who_closed_the_program_before_the_question_is_asked_after_the_next_start(newcomer: Newcomer) -> None:
    newcomer.set_up()
    newcomer.stop()
    newcomer.start()
    newcomer.sign_in()
    until(newcomer.is_asked)


def test_a_page_that_came_out_wrong_stays_where_it_is_put_right(newcomer: Newcomer) -> None:
    newcomer.set_up()
    newcomer.sign_in()
    until(newcomer.is_asked)
    newcomer.press(Qt.Key.Key_Return)
    page = newcomer.wizard
    until(lambda: page.wizard.phase is Phase.PROPOSED)
    newcomer.press(Qt.Key.Key_Return)
    until(lambda: page.wizard.phase is Phase.ASKING)
    newcomer.type_in("n")
    until(lambda: page.wizard.phase is Phase.DONE)
    newcomer.press(Qt.Key.Key_Return)
    assert newcomer.desktop.window.shown is page
    assert page.session.current == "receipt"


def test_nobody_is_asked_who_may_not_change_devices_until_somebody_comes_who_may(newcomer: Newcomer) -> None:
    newcomer.set_up()
    desktop = newcomer.desktop
    desktop.writer.submit("system", SavePerson(Person("cy", "Cy", Role.CASHIER, hashed("2580")))).result()
    desktop.feed.look()
    state = newcomer.till.state
    cashier, owner = (next(who for who in state.sign_in.people() if who.name == name) for name in ("Cy", "Mia"))
    state.sign_in.sign_in(cashier, "2580")
    until(lambda: newcomer.till.mode is Mode.OPENING)
    QTest.qWait(1)
    assert isinstance(desktop.window.shown, TillScreen)
    state.sign_in.lock()
    state.sign_in.sign_in(owner, "4711")
    until(newcomer.is_asked)


def test_nobody_is_asked_while_a_customer_is_served_nor_where_a_device_was_chosen(newcomer: Newcomer) -> None:
    newcomer.set_up()
    desktop, state = newcomer.desktop, newcomer.till.state
    owner = next(iter(state.sign_in.people()))
    desktop._note(device={"scale": DeviceSetting("virtual_scale", "virtual:")})
    state.sign_in.sign_in(owner, "4711")
    until(lambda: newcomer.till.mode is Mode.OPENING)
    state.shift.open(Money.of("100", "EUR"))
    until(lambda: newcomer.till.mode is Mode.SELLING)
    state.session.load(account_id(AccountKind.GIFT_CARD, "1"), Money.of("10", "EUR"), is_new=True)
    until(lambda: bool(state.session.lines))
    desktop._note(device={})
    state.sign_in.lock()
    state.sign_in.sign_in(owner, "4711")
    until(lambda: newcomer.till.mode is Mode.SELLING)
    QTest.qWait(1)
    assert isinstance(desktop.window.shown, TillScreen)
    assert load(newcomer.folder).are_devices_wanted


def test_the_demonstration_shop_asks_nobody_and_lets_one_in_whenever_it_starts(newcomer: Newcomer) -> None:
    page = newcomer.desktop.window.shown
    assert isinstance(page, SetUpScreen)
    page.session.open_demo_shop()
    until(lambda: isinstance(newcomer.desktop.window.shown, TillScreen), seconds=60)
    for _ in range(2):
        until(lambda: newcomer.till.mode is Mode.OPENING)
        QTest.qWait(1)
        assert isinstance(newcomer.desktop.window.shown, TillScreen)
        assert not load(newcomer.folder).are_devices_wanted
        newcomer.stop()
        newcomer.start()
