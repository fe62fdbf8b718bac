"""A shop that wants its drawer shut before the next sale: its till waits for that, and for nothing else.

The printer with the drawer is not ours: it is emupos, as a TM-T20III.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.app import Desktop
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.values import Money
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.ui import theme
from omsdesk.ui.till.open_drawer import SHUT_IT
from omsdesk.ui.till.screen import Mode, TillScreen
from omsdesk.ui.till.state import TillState
from tests.devices.foreign_printer import ForeignPrinter
from tests.ui.back_office import take_pictures, until
from tests.ui.keys import burst
from tests.ui.till.shop import Listener, code_of, set_up


class Counter:
    """A till with a drawer that stays open until somebody shuts it."""

    def __init__(self, folder: Path, bot: QtBot, printer: ForeignPrinter) -> None:
        self.printer, self.bot = printer, bot
        options: dict[str, str | int | bool] = {"sensor": "open is high", "shut_first": True}
        receipt = DeviceSetting("escpos", f"tcp:127.0.0.1:{printer.port}", options)
        self.desktop = Desktop(Settings(folder, sound_volume=0, device={"receipt": receipt}))
        self.desktop.speaker = Listener()
        self.desktop.window.resize(1366, 768)
        self.desktop.window.show()
        bot.waitExposed(self.desktop.window)
        self.desktop.window.activateWindow()
        self.desktop.start()
        self.desktop.writer.submit("system", OpenShift("shift-1", Money.of("150.00", "EUR"))).result()
        self.desktop.feed.look()
        self.sign_in("Ben")
        until(lambda: self.screen.mode is Mode.SELLING)

    @property
    def state(self) -> TillState:
        assert self.desktop.till is not None
        return self.desktop.till

    @property
    def screen(self) -> TillScreen:
        assert isinstance(self.desktop.window.shown, TillScreen)
        return self.desktop.window.shown

    @property
    def said(self) -> str:
        notice = self.state.counter.notice
        return notice.sentence if notice else ""

    def sign_in(self, name: str) -> None:
        """Let somebody stand there who may do this or that."""
        self.state.sign_in.enter(next(who for who in self.state.sign_in.people() if who.name.startswith(name)))
        self.screen._show_mode()

    def press(self, key: Qt.Key, held: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
        handle = self.desktop.window.windowHandle()
        assert handle is not None
        QTest.keyClick(handle, key, held)

    def scan(self, product: str) -> None:
        handle = self.desktop.window.windowHandle()
        assert handle is not None
        burst(handle, code_of(product))

    def sell(self) -> None:
        """Sell something for cash, which opens the drawer."""
        self.scan("oat")
        until(lambda: bool(self.state.session.lines))
        self.press(Qt.Key.Key_F5)
        until(lambda: self.screen.mode is Mode.DONE)
        until(lambda: self.state.drawer.is_in_the_way)

    def look_at_the_drawer(self) -> None:
        """Have the printer asked now, and not in two seconds."""
        self.desktop.devices.spoolers["receipt"].wake()

    def stop(self) -> None:
        self.desktop.window.close()
        self.desktop.close()
        self.desktop.window.deleteLater()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def printer() -> Iterator[ForeignPrinter]:
    made = ForeignPrinter(keeps_drawer_open=True).listen()
    yield made
    made.switch_off()


@pytest.fixture
def counter(tmp_path: Path, qtbot: QtBot, qapp: QApplication, printer: ForeignPrinter) -> Iterator[Counter]:
    theme.apply(theme.load("light"), qapp)
    set_up(tmp_path)
    made = Counter(tmp_path, qtbot, printer)
    yield made
    made.stop()


def test_the_next_customer_waits_until_the_drawer_is_shut_and_nothing_that_was_scanned_is_lost(
    counter: Counter,
) -> None:
    counter.sell()
    counter.scan("mug")
    until(lambda: counter.said == f"{SHUT_IT} What was scanned waits.")
    counter.scan("guji")
    assert counter.state.session.lines == ()
    assert not counter.screen.status.has_offer, "a cashier has nothing to do but to shut it"
    take_pictures(counter.desktop.window, "drawer-shut-first")
    counter.printer.shut_drawer()
    counter.look_at_the_drawer()
    until(lambda: len(counter.state.session.lines) == 2)
    assert counter.said == ""
    counter.press(Qt.Key.Key_F5)
    until(lambda: counter.screen.mode is Mode.DONE)
    until(lambda: len(counter.printer.sheets) == 2)


def test_no_money_is_taken_over_a_drawer_that_somebody_opened(counter: Counter) -> None:
    counter.scan("oat")
    until(lambda: bool(counter.state.session.lines))
    counter.printer.force_drawer()
    counter.look_at_the_drawer()
    until(lambda: counter.state.drawer.is_in_the_way)
    counter.press(Qt.Key.Key_F12)
    until(lambda: counter.screen.mode is Mode.PAYING)
    counter.press(Qt.Key.Key_F12)
    until(lambda: counter.said == SHUT_IT)
    take_pictures(counter.desktop.window, "drawer-shut-first-pay")
    assert counter.screen.mode is Mode.PAYING
    counter.printer.shut_drawer()
    counter.look_at_the_drawer()
    until(lambda: counter.said == "")
    counter.press(Qt.Key.Key_F12)
    until(lambda: counter.screen.mode is Mode.DONE)


def test_a_printer_that_is_gone_keeps_nobody_from_selling(counter: Counter) -> None:
    counter.sell()
    counter.scan("mug")
    until(lambda: counter.said.startswith(SHUT_IT))
    counter.printer.switch_off()
    counter.look_at_the_drawer()
    until(lambda: len(counter.state.session.lines) == 1)
    counter.press(Qt.Key.Key_F5)
    until(lambda: counter.screen.mode is Mode.DONE)


def test_over_a_broken_sensor_somebody_who_may_change_devices_goes_on(counter: Counter) -> None:
    counter.sell()
    counter.sign_in("Anna")
    counter.scan("mug")
    until(lambda: counter.screen.status.has_offer)
    take_pictures(counter.desktop.window, "drawer-shut-first-manager")
    counter.press(Qt.Key.Key_G, Qt.KeyboardModifier.AltModifier)
    until(lambda: len(counter.state.session.lines) == 1)
    counter.press(Qt.Key.Key_F5)
    until(lambda: counter.screen.mode is Mode.DONE)
    assert counter.state.session.sale is None


def test_where_it_is_not_wanted_any_more_the_sale_goes_on_at_once(counter: Counter) -> None:
    counter.sell()
    counter.scan("mug")
    until(lambda: counter.said.startswith(SHUT_IT))
    desktop = counter.desktop
    receipt = DeviceSetting("escpos", f"tcp:127.0.0.1:{counter.printer.port}", {"sensor": "open is high"})
    desktop._note(device={"receipt": receipt})
    desktop.devices.follow()
    until(lambda: len(counter.state.session.lines) == 1)
