"""A till in a window and a process of its own, which does what it is told line by line and says what it shows.

It knows nothing of other programs: what it shows of them it heard from the service.
"""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtWidgets import QApplication

from omsdesk.app import Desktop
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.values import Money
from omsdesk.settings import load
from omsdesk.ui.application import application
from omsdesk.ui.settings.set_up_screen import SetUpScreen
from omsdesk.ui.sync.join_screen import JoinScreen
from omsdesk.ui.sync.screen import SyncScreen
from omsdesk.ui.till.screen import Mode, TillScreen
from tests.ui.till.shop import code_of

_SECONDS = 40


class Window:
    """The program, and what can be told to do."""

    def __init__(self, folder: Path) -> None:
        settings = load(folder)
        self.app = application(settings)
        self.desktop = Desktop(settings)
        self.desktop.window.resize(1366, 768)
        self.desktop.window.show()
        self.app.processEvents()
        self.desktop.start()

    def until(self, condition: Callable[[], object]) -> None:
        """Let time pass in the window until something is so."""
        end = time.monotonic() + _SECONDS
        while not condition():
            assert time.monotonic() < end, "it never came to that"
            QApplication.processEvents()
            time.sleep(0.002)

    @property
    def till(self) -> TillScreen:
        assert isinstance(self.desktop.window.shown, TillScreen)
        return self.desktop.window.shown

    def open(self, _: str) -> str:
        """Sign in and open the shift."""
        state = self.till.state
        state.sign_in.enter(next(person for person in state.sign_in.people() if person.id == "anna"))
        opened = OpenShift(self.desktop.clock.new_id(), Money.of("150.00", "EUR"))
        self.desktop.writer.submit("anna", opened).result()
        self.desktop.feed.look()
        self.until(lambda: self.till.mode is Mode.SELLING)
        return state.counter.till.name

    def enrol(self, invited: str) -> str:
        """Let it in on its own page; says how it stands then."""
        self.desktop.window.go("sync")
        page = self.desktop.window.shown
        assert isinstance(page, SyncScreen)
        assert page.scanned(invited)
        page.standing.form.go.click()
        self.until(lambda: page.standing.standing.word.text() == "Synced")
        return page.standing.standing.word.text()

    def invite(self, _: str) -> str:
        """Make a code for a new till; gives what another screen scans."""
        page = self.desktop.window.shown
        assert isinstance(page, SyncScreen)
        page.show_part("stations")
        self.until(lambda: page.stations.session.stations)
        page.stations.add.click()
        page.stations.make.click()
        self.until(lambda: page.stations.session.ticket)
        assert page.stations.session.ticket is not None
        self.desktop.window.go("sell")
        return page.stations.session.ticket.invitation

    def join(self, invited: str) -> str:
        """Become another till at the first start; says which one."""
        first = self.desktop.window.shown
        assert isinstance(first, SetUpScreen)
        first.join.click()
        joining = self.desktop.window.shown
        assert isinstance(joining, JoinScreen)
        assert joining.scanned(invited)
        joining.form.go.click()
        self.until(lambda: isinstance(self.desktop.window.shown, TillScreen))
        # A new till asks whether its devices are to be found: this story is of others.
        self.desktop._note(are_devices_wanted=False)
        return self.till.state.counter.till.name

    def sell(self, product: str) -> str:
        """Sell something for exact cash; gives the number of the receipt."""
        state = self.till.state
        state.checkout.next_customer()
        state.session.intake.scanned(code_of(product))
        self.until(lambda: bool(state.session.lines))
        state.checkout.pay_exactly()
        self.until(lambda: state.checkout.completed is not None)
        assert state.checkout.completed is not None
        return state.checkout.completed.number

    def see(self, words: str) -> str:
        """Wait until a tile says this; gives the moment."""
        grid = self.till.sell.grid
        self.until(lambda: any(words in grid.name_of(row) for row in range(grid.count())))
        return str(time.time())

    def chip(self, label: str) -> str:
        """Wait until what the chip in the status row says begins so."""
        self.until(lambda: self.till.status.sync.label.startswith(label))
        return label


def _answer(words: str) -> None:
    sys.stdout.write(f"{words}\n")
    sys.stdout.flush()


def main() -> None:
    """Do what is told on standard input; each answer is one line."""
    window = Window(Path(sys.argv[1]))
    _answer("ready")
    for line in sys.stdin:
        verb, _, words = line.strip().partition(" ")
        _answer(getattr(window, verb)(words))
    window.desktop.close()


if __name__ == "__main__":
    main()
