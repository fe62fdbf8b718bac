"""The desktop as it is put together, with a service: joining, hearing of each other, no line, a disk put back."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from pathlib import Path
from time import monotonic

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.actions.execute import Changes
from omsdesk.app import Desktop
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.sale import SaleCompleted
from omsdesk.domain.values import Money
from omsdesk.settings import DeviceSetting, Settings, load
from omsdesk.store import journal
from omsdesk.store.queries.till import shop_by_id
from omsdesk.sync.codes import invitation
from omsdesk.sync.push import waiting
from omsdesk.sync.state import Phase
from omsdesk.ui import theme
from omsdesk.ui.settings.new_store_screen import NewStoreScreen
from omsdesk.ui.settings.set_up_screen import SetUpScreen
from omsdesk.ui.sync.join_screen import JoinScreen
from omsdesk.ui.sync.screen import SyncScreen
from omsdesk.ui.theme import Tone
from omsdesk.ui.till.screen import Mode, TillScreen
from tests.ui.back_office import click, until
from tests.ui.sync.desks import House
from tests.ui.till.shop import Listener, code_of, set_up


class Till:
    """A desktop in a window, and a hand on it."""

    def __init__(self, folder: Path, *, is_set_up: bool = True) -> None:
        folder.mkdir()
        self.folder = folder
        self.running: Desktop | None = None
        if is_set_up:
            set_up(folder)

    def start(self) -> Desktop:
        """Start the program."""
        # What prints is chosen already, so that nobody is asked whether devices are to be found.
        printer = {"receipt": DeviceSetting("simulator", "virtual:")}
        self.running = Desktop(replace(load(self.folder), sound_volume=0, device=printer))
        self.running.speaker = Listener()
        self.running.window.resize(1366, 768)
        self.running.window.show()
        self.running.start()
        return self.running

    def stop(self) -> None:
        """End it."""
        if self.running is not None:
            self.running.window.close()
            self.running.close()
            self.running.window.deleteLater()
            self.running = None

    @property
    def desktop(self) -> Desktop:
        assert self.running is not None
        return self.running

    @property
    def screen(self) -> TillScreen:
        assert isinstance(self.desktop.window.shown, TillScreen)
        return self.desktop.window.shown

    def open(self) -> None:
        """Sign somebody in and open the shift."""
        state = self.screen.state
        anna = next(person for person in state.sign_in.people() if person.id == "anna")
        state.sign_in.enter(anna)
        self.screen._show_mode()
        if not state.shift.is_open:
            opened = OpenShift(self.desktop.clock.new_id(), Money.of("150.00", "EUR"))
            self.desktop.writer.submit("anna", opened).result()
            self.desktop.feed.look()
        until(lambda: self.screen.mode is Mode.SELLING)

    def sell(self, product: str = "decaf") -> SaleCompleted:
        """Ring something up and take exact cash; gives the sale."""
        state = self.screen.state
        state.checkout.next_customer()
        state.session.intake.scanned(code_of(product))
        until(lambda: bool(state.session.lines))
        state.checkout.pay_exactly()
        until(lambda: state.checkout.completed is not None)
        assert state.checkout.completed is not None
        return state.checkout.completed

    def enrol(self, house: House, code: str) -> None:
        """Let it in from its own page, and wait until everything is synced."""
        self.desktop.window.go("sync")
        page = self.desktop.window.shown
        assert isinstance(page, SyncScreen)
        assert page.scanned(invitation(house.address, code))
        click(page.standing.form.go)
        until(self.is_synced)
        self.desktop.window.go("sell")

    def is_synced(self) -> bool:
        # What is in the journal, too: the exchange may not have looked at it yet.
        return self.desktop.exchange.state.phase is Phase.IDLE and not waiting(self.desktop.reader).entries


Opens = Callable[..., Till]


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    made = House(tmp_path)
    yield made
    made.go_down()


@pytest.fixture
def opens(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Opens]:
    theme.apply(theme.load("light"), qapp)
    made: list[Till] = []

    def open_till(name: str, *, is_set_up: bool = True) -> Till:
        made.append(Till(tmp_path / name, is_set_up=is_set_up))
        made[-1].start()
        return made[-1]

    yield open_till
    for till in made:
        till.stop()


@pytest.fixture
def first(opens: Opens, house: House) -> Till:
    """The first till of the business, enrolled and open."""
    till = opens("first")
    till.open()
    till.enrol(house, house.code())
    return till


@pytest.fixture
def second(first: Till, opens: Opens, house: House) -> Till:
    """A second computer that became a till by a code of the first one's page."""
    till = opens("second", is_set_up=False)
    join(till, house, code_for_a_new_till(first))
    till.open()
    return till


def code_for_a_new_till(till: Till) -> str:
    """Add a station on the page of a till."""
    till.desktop.window.go("sync")
    page = till.desktop.window.shown
    assert isinstance(page, SyncScreen)
    page.show_part("stations")
    until(lambda: page.stations.session.stations)
    page.stations.session.begin()
    page.stations.press_make()
    until(lambda: page.stations.session.ticket)
    assert page.stations.session.ticket is not None
    till.desktop.window.go("sell")
    return page.stations.session.ticket.code


def join(till: Till, house: House, code: str) -> None:
    """Go through the first start of another till, until people can sign in."""
    page = till.desktop.window.shown
    assert isinstance(page, SetUpScreen)
    click(page.join)
    joining = till.desktop.window.shown
    assert isinstance(joining, JoinScreen)
    assert joining.scanned(invitation(house.address, code))
    click(joining.form.go)
    until(lambda: isinstance(till.desktop.window.shown, TillScreen))


def test_another_computer_becomes_a_till_and_both_hear_of_each_other(first: Till, second: Till) -> None:
    assert second.screen.state.counter.till.name == "Till 2"
    assert second.screen.state.counter.shop == first.screen.state.counter.shop
    sold = second.sell()
    until(lambda: heard_of(first, sold))
    assert sold.number.startswith("2A-")
    assert first.sell().number.startswith("1A-")


def heard_of(till: Till, sold: SaleCompleted) -> bool:
    """Whether a till knows a sale."""
    return next(journal.of_subject(till.desktop.reader, sold.sale), None) is not None


def test_a_sale_is_on_the_other_screen_within_a_second(first: Till, second: Till) -> None:
    seen: dict[str, float] = {}

    def note(changes: Changes) -> None:
        for noun, subject in changes.subjects:
            if noun == "sale":
                seen[subject] = monotonic()

    def is_seen(sold: SaleCompleted) -> bool:
        return heard_of(second, sold) and sold.sale in seen

    second.desktop.feed.changed.connect(note)
    lags = []
    for _ in range(15):
        sold = first.sell("oat")
        begun = monotonic()
        until(partial(is_seen, sold))
        lags.append(max(0.0, monotonic() - begun))
    # Where nobody calls, a till asks after a minute; how soon it is on a quiet machine is the bench's to say.
    assert max(lags) < 15, sorted(lags)


def test_what_is_left_is_seen_at_the_other_till(first: Till, second: Till) -> None:
    grid = second.screen.sell.grid

    def decaf() -> str:
        return next(name for name in map(grid.name_of, range(grid.count())) if "Decaf" in name)

    assert decaf().endswith("3 left")
    first.sell("decaf")
    until(lambda: decaf().endswith("2 left"))


def test_the_chip_goes_with_the_line_and_says_what_to_do(first: Till, house: House) -> None:
    chip = first.screen.status.sync
    assert (chip.label, chip.tone) == ("Synced", Tone.OK)
    house.go_down()
    first.sell()
    until(lambda: chip.label.startswith("Offline: "))
    assert chip.tone is Tone.WARN
    first.sell()
    until(lambda: "waiting since" in chip.label and first.desktop.exchange.state.next_try_ms)
    chip.click()
    notice = first.screen.state.counter.notice
    assert notice is not None
    assert " wait since " in notice.sentence
    assert "Tries again in " in notice.sentence
    assert len(notice.sentence) < 160, "two lines of the status row"
    house.come_back()
    assert first.screen.status.take_offer(), "Try now"
    until(lambda: chip.label == "Synced")


def test_a_retired_till_goes_on_selling_and_its_chip_leads_to_the_page(first: Till, house: House) -> None:
    house.running.do(lambda service: service.registrar.retire(house.tenant, first.desktop.exchange.device))
    first.sell()
    chip = first.screen.status.sync
    until(lambda: chip.label == "Sync stopped")
    assert chip.tone is Tone.BAD
    first.sell()
    chip.click()
    assert first.screen.status.take_offer()
    page = first.desktop.window.shown
    assert isinstance(page, SyncScreen)
    assert page.standing.form.isVisible()


def test_a_till_by_itself_says_so(opens: Opens) -> None:
    till = opens("alone")
    till.open()
    chip = till.screen.status.sync
    assert chip.label == "This till only"
    chip.click()
    assert till.screen.state.counter.notice is not None
    assert till.screen.state.counter.notice.sentence.startswith("Everything is kept on this computer.")


def test_a_disk_that_was_put_back_changes_the_letter_and_nothing_else(
    first: Till, house: House, tmp_path: Path
) -> None:
    assert first.sell().number.startswith("1A-")
    until(first.is_synced)
    first.stop()
    backup = tmp_path / "backup"
    shutil.copytree(first.folder, backup)
    first.start()
    first.open()
    lost = first.sell()
    until(first.is_synced)
    first.stop()
    first.folder = backup
    first.start()
    first.open()
    until(lambda: first.desktop.exchange.state.forks)
    until(first.is_synced)
    assert first.screen.mode is Mode.SELLING
    assert heard_of(first, lost), "what only the service had is here again"
    assert first.sell().number.startswith("1B-")
    until(first.is_synced)
    assert first.screen.status.sync.label == "Synced"
    first.desktop.window.go("sync")
    page = first.desktop.window.shown
    assert isinstance(page, SyncScreen)
    assert "a backup was put back" in page.standing.fork_words.text()


def test_joining_goes_on_after_the_program_was_ended_in_the_middle(first: Till, opens: Opens, house: House) -> None:
    code = code_for_a_new_till(first)
    until(first.is_synced)
    till = opens("second", is_set_up=False)
    page = till.desktop.window.shown
    assert isinstance(page, SetUpScreen)
    click(page.join)
    joining = till.desktop.window.shown
    assert isinstance(joining, JoinScreen)
    joining.scanned(invitation(house.address, code))
    joining.session.enrolment.enrol()
    until(lambda: load(till.folder).service.is_enrolled)
    till.stop()
    till.start()
    until(lambda: isinstance(till.desktop.window.shown, TillScreen))
    assert till.screen.state.counter.till.name == "Till 2"


def test_a_first_computer_without_a_shop_makes_it_and_others_join(opens: Opens, house: House) -> None:
    till = opens("first", is_set_up=False)
    page = till.desktop.window.shown
    assert isinstance(page, SetUpScreen)
    click(page.join)
    joining = till.desktop.window.shown
    assert isinstance(joining, JoinScreen)
    joining.scanned(invitation(house.address, house.code()))
    click(joining.form.go)
    until(lambda: isinstance(till.desktop.window.shown, SetUpScreen))
    making = till.desktop.window.shown
    assert isinstance(making, SetUpScreen)
    assert not making.join.isEnabled(), "it has joined already"
    said = {"shop_name": "Corner", "country": "DE", "name": "Mia Schneider", "pin": "4711", "pin_again": "4711"}
    for name, value in said.items():
        making.session.set(name, value)
    making.session.open_shop()
    until(lambda: isinstance(till.desktop.window.shown, TillScreen))
    assert till.screen.state.counter.shop.id == till.desktop.exchange.service.store

    def told() -> int:
        (known,) = house.devices()
        return known.entries

    until(told)
    # Told, so that no other computer becomes this till, too.
    until(lambda: house.devices()[0].till == till.desktop.database.station.till)
    until(lambda: house.devices()[0].name == "Till 1")


def test_a_code_can_be_typed_on_the_sync_page_before_there_is_a_shop(opens: Opens, house: House) -> None:
    till = opens("first", is_set_up=False)
    till.desktop.window.go("sync")
    page = till.desktop.window.shown
    assert isinstance(page, SyncScreen)
    assert page.standing.form.isVisible()
    assert page.scanned(invitation(house.address, house.code()))
    click(page.standing.form.go)
    until(lambda: isinstance(till.desktop.window.shown, SetUpScreen))
    assert till.desktop.window.current == "sell"


def test_a_new_computer_of_a_further_store_sets_it_up_and_sells(first: Till, opens: Opens, house: House) -> None:
    till = opens("harbour", is_set_up=False)
    page = till.desktop.window.shown
    assert isinstance(page, SetUpScreen)
    click(page.join)
    joining = till.desktop.window.shown
    assert isinstance(joining, JoinScreen)
    joining.scanned(invitation(house.address, house.code("harbour")))
    click(joining.form.go)
    until(lambda: isinstance(till.desktop.window.shown, NewStoreScreen))
    till.stop()
    till.start()
    until(lambda: isinstance(till.desktop.window.shown, NewStoreScreen))
    making = till.desktop.window.shown
    assert isinstance(making, NewStoreScreen)
    making.session.set("name", "Harbour")
    click(making.go)
    until(lambda: isinstance(till.desktop.window.shown, TillScreen))
    assert (till.screen.state.counter.shop.id, till.screen.state.counter.shop.name) == ("harbour", "Harbour")
    till.open()
    assert till.sell().number.startswith("2A-")
    until(till.is_synced)
    until(lambda: shop_by_id(first.desktop.reader, "harbour") is not None)


def test_the_settings_page_keeps_where_the_station_is_enrolled(first: Till) -> None:
    stale = Settings(first.folder)
    first.desktop._keep(replace(stale, text_scale=125))
    first.desktop._keep_look("dark", 1.0)
    kept = load(first.folder)
    assert kept.service == first.desktop.exchange.service
    assert kept.service.is_enrolled
    assert (kept.text_scale, str(kept.theme)) == (100, "dark")


_STARTING = """
import json, sys
from pathlib import Path
import omsdesk.app as root
from omsdesk.settings import load
settings = load(Path(sys.argv[1]))
app = root.application(settings)
desktop = root.Desktop(settings)
desktop.window.show()
app.processEvents()
slow = ["urllib3", "cryptography", "keyring", "msgspec", "segno", "omsdesk.sync.courier", "omsdesk.sync.remote"]
print(json.dumps([name for name in slow if name in sys.modules]), flush=True)
desktop.close()
"""


def test_nothing_of_the_exchange_is_loaded_before_the_window_is_painted(first: Till) -> None:
    first.stop()
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _STARTING, str(first.folder)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    assert json.loads(done.stdout.splitlines()[-1]) == []
