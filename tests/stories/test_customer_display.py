"""What a customer sees beside the till: the program as it is delivered, with a pole at the end of a cable.

``OMSDESK_SCREENSHOTS=<folder>`` keeps pictures of the customer's screen.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.app import Desktop
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.values import Money
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.ui.till.customer_display.shown import Figure, Shown, Stage
from omsdesk.ui.till.customer_display.view import CustomerView
from omsdesk.ui.till.screen import TillScreen
from omsdesk.ui.till.state import TillState
from tests.devices.wires.terminals import Cable
from tests.ui.keys import burst
from tests.ui.till.shop import CASH, code_of, set_up

pytestmark = pytest.mark.skipif(os.name != "posix", reason="pseudo-terminals are a thing of Unix")
_LINE = re.compile(rb"\x1bQ([AB])(.{20})\r", re.DOTALL)


class Pole:
    """A display that reads CD5220 as its makers describe it."""

    def __init__(self) -> None:
        self.cable = Cable()
        self.lines = {b"A": "", b"B": ""}
        self.history: list[tuple[str, str]] = []
        self._heard = b""

    def look(self) -> tuple[str, str]:
        """Read what has come, and give what is to be seen."""
        self._heard += self.cable.hear(0.01)
        while found := _LINE.search(self._heard):
            self._heard = self._heard[found.end() :]
            self.lines[found[1]] = found[2].decode("cp437")
            if found[1] == b"B":
                self.history.append((self.lines[b"A"].strip(), self.lines[b"B"].strip()))
        return self.history[-1] if self.history else ("", "")


class Counter:
    """A till that runs, seen from both sides."""

    def __init__(self, folder: Path, bot: QtBot, **devices: DeviceSetting) -> None:
        named = {role.replace("_", "-"): setting for role, setting in devices.items()}
        self.bot = bot
        self.desktop = Desktop(Settings(folder, sound_volume=0, device=named))
        self.desktop.window.resize(1366, 768)
        self.desktop.window.show()
        bot.waitExposed(self.desktop.window)
        self.desktop.window.activateWindow()
        self.desktop.start()

    @property
    def state(self) -> TillState:
        assert self.desktop.till is not None
        return self.desktop.till

    def open_shift(self) -> None:
        self.desktop.writer.submit("system", OpenShift("shift-1", Money.of("150.00", "EUR"))).result()
        self.desktop.feed.look()

    def scan(self, product: str) -> None:
        handle = self.desktop.window.windowHandle()
        assert handle is not None
        before = self.state.session.sale
        burst(handle, code_of(product))
        self.bot.waitUntil(lambda: self.state.session.sale is not before)

    def stop(self) -> None:
        self.desktop.window.close()
        self.desktop.close()
        self.desktop.window.deleteLater()
        QApplication.processEvents()


@pytest.fixture
def pole() -> Iterator[Pole]:
    made = Pole()
    yield made
    made.cable.pull_out()


@pytest.fixture
def counter(tmp_path: Path, qtbot: QtBot, pole: Pole) -> Iterator[Counter]:
    set_up(tmp_path, has_people=False)
    made = Counter(tmp_path, qtbot, display=DeviceSetting("cd5220", f"serial:{pole.cable.name}"))
    yield made
    made.stop()


def test_a_pole_goes_with_a_whole_sale(counter: Counter, pole: Pole) -> None:
    def shows(upper: str, lower: str) -> None:
        counter.bot.waitUntil(lambda: pole.look() == (upper, lower), timeout=20_000)

    shows("Kontor Kaffee", "This till is closed")
    counter.open_shift()
    shows("Kontor Kaffee", "Welcome")
    counter.scan("oat")
    shows("Oat milk 1 L    2.80", "Total           2.80")
    counter.scan("mug")
    shows("Travel mug 350 24.00", "Total          26.80")
    counter.state.session.change_quantity(1)
    shows("2 Travel mug 3 48.00", "Total          50.80")
    counter.state.checkout.open()
    shows("Please pay", "Total          50.80")
    counter.state.checkout.pay(CASH, Money.of("20.00", "EUR"))
    shows("Total          50.80", "Left to pay    30.80")
    counter.state.checkout.pay(CASH, Money.of("50.00", "EUR"))
    shows("Change         19.20", "Thank you")
    counter.state.checkout.next_customer()
    shows("Kontor Kaffee", "Welcome")


def test_a_pole_that_is_switched_off_keeps_nobody_from_selling(counter: Counter, pole: Pole) -> None:
    counter.open_shift()
    pole.cable.pull_out()
    counter.scan("oat")
    counter.state.checkout.pay_exactly()
    counter.bot.waitUntil(lambda: counter.state.checkout.completed is not None)


@dataclass
class Watched:
    """What the customer's screen shows, while a cashier works."""

    counter: Counter

    @property
    def view(self) -> CustomerView:
        return self.counter.state.customer_side.windows["customer-screen"].view

    def becomes(self, stage: Stage, *names: str) -> Shown:
        """Wait until the customer sees a stage with these articles, painted and readable."""
        bot, view = self.counter.bot, self.view
        bot.waitUntil(
            lambda: (view._shown.stage, tuple(row.name for row in view._shown.rows)) == (stage, names), timeout=20_000
        )
        image = view.grab().toImage()
        assert len({image.pixelColor(x, y).name() for x in range(0, 800, 7) for y in range(0, 480, 7)}) > 2
        if folder := os.environ.get("OMSDESK_SCREENSHOTS"):
            image.save(str(Path(folder) / f"customer_story_{stage}_{len(names)}.png"))
        return view._shown


@pytest.fixture(params=[False, True], ids=["selling", "training"])
def watched(request: pytest.FixtureRequest, tmp_path: Path, qtbot: QtBot) -> Iterator[Watched]:
    set_up(tmp_path, is_training=request.param)
    made = Counter(tmp_path, qtbot, customer_screen=DeviceSetting("customer_screen", "virtual:"))
    made.open_shift()
    yield Watched(made)
    made.stop()


def test_a_screen_goes_with_a_whole_sale_and_with_nothing_else(watched: Watched) -> None:
    counter, state = watched.counter, watched.counter.state
    watched.becomes(Stage.AWAY)
    state.sign_in.enter(state.sign_in.people()[0])
    idle = watched.becomes(Stage.IDLE)
    assert idle.is_training is state.counter.till.is_training
    counter.scan("oat")
    watched.becomes(Stage.SELLING, "Oat milk 1 L")
    screen = counter.desktop.window.shown
    assert isinstance(screen, TillScreen)
    screen.show_customers()
    assert screen.sheet is not None
    watched.becomes(Stage.SELLING, "Oat milk 1 L")
    screen.sheet.close_sheet()
    state.session.hold("for the mayor")
    watched.becomes(Stage.IDLE)
    state.session.recall(state.session.held()[0].sale)
    watched.becomes(Stage.SELLING, "Oat milk 1 L")
    state.sign_in.lock()
    watched.becomes(Stage.AWAY)
    state.sign_in.enter(state.sign_in.people()[0])
    watched.becomes(Stage.SELLING, "Oat milk 1 L")
    state.checkout.open()
    watched.becomes(Stage.PAYING, "Oat milk 1 L")
    state.checkout.pay(CASH, Money.of("5.00", "EUR"))
    done = watched.becomes(Stage.DONE)
    assert done.main == Figure("Change", Money.of("2.20", "EUR"))
    assert bool(done.code) is not done.is_training
    state.checkout.next_customer()
    watched.becomes(Stage.IDLE)
    counter.bot.waitUntil(lambda: QApplication.activeWindow() is counter.desktop.window)


def test_what_is_held_is_not_shown_to_the_next_customer(counter: Counter, pole: Pole) -> None:
    counter.open_shift()
    counter.scan("mug")
    counter.bot.waitUntil(lambda: "Travel mug" in pole.look()[0], timeout=20_000)
    counter.state.session.hold()
    counter.bot.waitUntil(lambda: pole.look() == ("Kontor Kaffee", "Welcome"), timeout=20_000)
    QTest.qWait(100)
    assert pole.look() == ("Kontor Kaffee", "Welcome")
