"""The desktop as it is put together: the printer's paper, the settings, and the start after the end."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from omsdesk.actions.clock import SystemClock
from omsdesk.app import Desktop
from omsdesk.devices.drivers.virtual_display.display import SimulatedDisplay
from omsdesk.devices.drivers.virtual_labels.printer import LabelsOnScreen
from omsdesk.domain.cash import OpenShift
from omsdesk.domain.printing import PrintState
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.domain.values import Money
from omsdesk.settings import DeviceSetting, Service, Settings, load
from omsdesk.store.database import open_database
from omsdesk.store.queries import till as queries
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui import theme
from omsdesk.ui.catalogue.screen import ProductsScreen
from omsdesk.ui.devices.screen import DevicesScreen
from omsdesk.ui.labels.screen import LabelsScreen
from omsdesk.ui.settings.screen import SettingsScreen
from omsdesk.ui.settings.shop_session import ShopSession
from omsdesk.ui.sign_in.screen import BackOfficeScreen
from omsdesk.ui.stores.screen import StoresScreen
from omsdesk.ui.till.receipts.printed_paper import PrintedPaper
from omsdesk.ui.till.screen import Mode, TillScreen
from omsdesk.ui.till.state import TillState
from tests.documents.labels.foreign_zebra import scanned
from tests.ui.till.shop import Listener, Station, code_of, set_up


class Shop:
    """A desktop on a shop of its own, and a way to start it again."""

    def __init__(self, folder: Path, bot: QtBot) -> None:
        set_up(folder, has_people=False)
        self.settings = Settings(folder, sound_volume=0)
        self.bot = bot
        self.running: Desktop | None = None

    def start(self, **changes: object) -> Desktop:
        """Start the program."""
        self.settings = replace(self.settings, **changes)  # type: ignore[arg-type]
        desktop = self.running = Desktop(self.settings)
        desktop.speaker = Listener()
        desktop.window.resize(1366, 768)
        desktop.window.show()
        self.bot.waitExposed(desktop.window)
        desktop.start()
        if not self.state.shift.is_open:
            desktop.writer.submit("system", OpenShift("shift-1", Money.of("150.00", "EUR"))).result()
            desktop.feed.look()
        return desktop

    def stop(self) -> None:
        """End it."""
        if self.running is not None:
            self.running.window.close()
            self.running.close()
            self.running.window.deleteLater()
            self.running = None

    @property
    def state(self) -> TillState:
        assert self.running is not None
        assert self.running.till is not None
        return self.running.till

    @property
    def screen(self) -> TillScreen:
        assert self.running is not None
        assert isinstance(self.running.window.shown, TillScreen)
        return self.running.window.shown

    @property
    def paper(self) -> PrintedPaper | None:
        """The paper that lies on the screen."""
        found = self.screen.cart.findChild(PrintedPaper)
        return found if found is not None and found.isVisible() else None

    @property
    def became(self) -> PrintState | None:
        """How the printing of the sale that was just completed stands."""
        completed = self.state.checkout.completed
        assert completed is not None
        return self.state.receipts.became_of(completed.sale)

    def sell(self) -> None:
        """Ring something up and take exact cash."""
        self.state.session.intake.scanned(code_of("oat"))
        self.bot.waitUntil(lambda: bool(self.state.session.lines))
        self.state.checkout.pay_exactly()
        self.bot.waitUntil(lambda: self.screen.mode is Mode.DONE)


@pytest.fixture
def shop(tmp_path: Path, qtbot: QtBot, qapp: QApplication) -> Iterator[Shop]:
    theme.apply(theme.load("light"), qapp)
    made = Shop(tmp_path, qtbot)
    yield made
    made.stop()
    theme.apply(theme.load("light"), qapp)


def test_the_simulated_printer_shows_its_paper(shop: Shop) -> None:
    shop.start()
    shop.sell()
    shop.bot.waitUntil(lambda: shop.paper is not None)
    assert shop.screen.mode is Mode.DONE


FOLDER = DeviceSetting("file", "file:receipts")


@pytest.mark.parametrize(
    "printer",
    [FOLDER, DeviceSetting("escpos", "tcp:127.0.0.1:9")],
    ids=["file", "network"],
)
def test_with_another_printer_nothing_is_shown(shop: Shop, printer: DeviceSetting) -> None:
    desktop = shop.start(device={"receipt": printer})
    with shop.bot.assertNotEmitted(desktop.devices.sheet_printed):
        shop.sell()
        shop.bot.waitUntil(lambda: shop.became not in {PrintState.QUEUED, PrintState.SENDING})
    assert shop.paper is None
    assert shop.became in {PrintState.SENT, PrintState.PRINTED, PrintState.FAILED}


def test_labels_go_from_the_catalogue_to_the_label_printer(shop: Shop) -> None:
    desktop = shop.start(device={"label": DeviceSetting("virtual_labels", "virtual:")})
    desktop.window.go("products")
    products = desktop.window.shown
    assert isinstance(products, ProductsScreen)
    products.labels_wanted.emit(["oat", "guji"])
    page = desktop.window.shown
    assert isinstance(page, LabelsScreen)
    page.printing.set_count("3")
    page.printing.print()
    printer = desktop.devices.devices["label"]
    assert isinstance(printer, LabelsOnScreen)
    shop.bot.waitUntil(lambda: len(printer.labels) == 4)
    shop.bot.waitUntil(page.print_card.printed.isVisible)
    pictures = [Image.open(io.BytesIO(png)) for png in printer.labels]
    assert [code for picture in pictures for _, code in scanned(picture)] == [code_of("oat"), *[code_of("guji")] * 3]


def test_a_scale_that_is_set_up_weighs_at_the_till(shop: Shop) -> None:
    desktop = shop.start(device={"scale": DeviceSetting("virtual_scale", "virtual:")})
    assert shop.state.counter.scale is desktop.devices.devices["scale"]
    desktop._keep(replace(shop.settings, device={}))
    assert shop.state.counter.scale is None


def test_a_display_that_is_switched_off_is_missed_at_the_till(shop: Shop) -> None:
    desktop = shop.start(device={"display": DeviceSetting("virtual_display", "virtual:")})
    display = desktop.devices.devices["display"]
    assert isinstance(display, SimulatedDisplay)
    display.switch(is_on=False)
    shop.bot.waitUntil(lambda: shop.screen.status.lost.label == "Display not there", timeout=20_000)
    desktop._keep(replace(shop.settings, device={}))
    assert shop.screen.status.lost.isHidden()


@pytest.mark.qt_log_ignore("This plugin does not support")
def test_the_devices_have_a_page_where_they_are_tried(shop: Shop) -> None:
    desktop = shop.start()
    shop.screen.devices_wanted.emit()
    page = desktop.window.shown
    assert isinstance(page, DevicesScreen)
    shop.bot.waitUntil(lambda: page.session.player.standing.word == "Ready", timeout=20_000)
    page.trial.print_page()
    shop.bot.waitUntil(lambda: page.trial.trial is not None, timeout=20_000)
    assert page.trial.trial is not None
    assert page.trial.trial.is_good
    names = [intent.name for intent in desktop.window.intents()]
    assert "devices.virtual" in names
    page.virtual.click()
    assert desktop._scanning._virtual_devices is not None
    assert desktop._scanning._virtual_devices.isVisible()


def test_the_printer_is_changed_while_the_program_runs(shop: Shop) -> None:
    desktop = shop.start()
    first = desktop.devices.spoolers["receipt"]
    desktop._keep(replace(shop.settings, device={"receipt": FOLDER}))
    assert desktop.devices.spoolers["receipt"] is not first
    shop.sell()
    shop.bot.waitUntil(lambda: any(shop.settings.folder.glob("receipts/*")))
    assert shop.paper is None


@pytest.mark.parametrize("is_blind", [False, True])
def test_a_blind_close_is_a_setting(shop: Shop, *, is_blind: bool) -> None:
    desktop = shop.start(is_close_blind=is_blind)
    assert shop.state.shift.is_blind is is_blind
    desktop._keep(replace(shop.settings, is_close_blind=not is_blind))
    assert shop.state.shift.is_blind is not is_blind
    assert load(shop.settings.folder).is_close_blind is not is_blind


def test_the_field_that_hears_the_scanner_has_the_focus_from_the_first_moment(shop: Shop) -> None:
    desktop = shop.start()
    shop.stop()
    desktop = shop.start()
    desktop.window.fill_screen()
    shop.bot.waitUntil(desktop.window.isActiveWindow)
    assert shop.screen.sell.field.hasFocus()
    for letter in code_of("mug"):
        QTest.keyClick(desktop.window.windowHandle(), Qt.Key(ord(letter)))
    QTest.keyClick(desktop.window.windowHandle(), Qt.Key.Key_Return)
    shop.bot.waitUntil(lambda: len(shop.state.session.lines) == 1)


def test_the_ticket_is_there_after_the_next_start(shop: Shop) -> None:
    shop.start()
    shop.state.session.intake.scanned(code_of("oat"))
    shop.bot.waitUntil(lambda: bool(shop.state.session.lines))
    shop.stop()
    shop.start()
    assert [row.article.product for row in shop.state.session.lines] == ["oat"]


def test_a_look_that_was_chosen_is_kept(shop: Shop) -> None:
    desktop = shop.start()
    desktop.window.set_look("dark", 1.25)
    kept = load(shop.settings.folder)
    assert (str(kept.theme), kept.text_scale) == ("dark", 125)


def test_two_windows_of_one_shop_do_not_lose_each_others_tickets(shop: Shop, tmp_path: Path) -> None:
    shop.start()
    other = Station(tmp_path / "shop.db", shop.bot).start(is_signed_in=False, is_open=False)
    shop.state.session.intake.scanned(code_of("oat"))
    shop.bot.waitUntil(lambda: bool(shop.state.session.lines))
    other.state.session.intake.scanned(code_of("mug"))
    other.settle()
    shop.bot.waitUntil(lambda: not shop.state.session.lines)
    assert [row.item_count for row in shop.state.session.held()] == [1]
    other.stop()


def test_a_computer_of_the_head_office_has_stores_and_lets_people_in(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(theme.load("light"), qapp)
    set_up(tmp_path, has_people=False)
    service = Service("http://127.0.0.1:9", HEAD_OFFICE, "tenant")
    with closing(open_database(tmp_path / "shop.db", SystemClock().new_id)) as database:
        database.become_till("")
    desktop = Desktop(Settings(tmp_path, sound_volume=0, service=service))
    qtbot.addWidget(desktop.window)
    assert isinstance(desktop.window.shown, BackOfficeScreen)
    assert desktop.window.shown.title.text() == "Head office"
    desktop.window.shown.office_wanted.emit()
    assert isinstance(desktop.window.shown, StoresScreen)
    qtbot.waitUntil(lambda: desktop.window.shown.session.is_read)
    assert desktop.window.shown.list.count() == 1
    for page in ("reports", "products", "settings", "sell"):
        desktop.window.go(page)
    assert desktop.window.rail._entries["sell"].label == "Sign in", "nothing is sold here"
    desktop.close()


def test_the_head_office_shows_settings_and_products_of_the_shop_that_is_chosen_and_remembers_it(
    tmp_path: Path, qtbot: QtBot, qapp: QApplication
) -> None:
    theme.apply(theme.load("light"), qapp)
    set_up(tmp_path, has_people=False)
    with closing(open_database(tmp_path / "shop.db", SystemClock().new_id)) as database:
        database.become_till("")
    service = Service("http://127.0.0.1:9", HEAD_OFFICE, "tenant")
    desktop = Desktop(Settings(tmp_path, sound_volume=0, service=service))
    qtbot.addWidget(desktop.window)
    first = queries.shop_of(desktop.reader, "")
    assert first is not None
    second = replace(first, id="z2", name="Harbour", phone="0123")
    desktop.writer.submit("system", SaveShop(second)).result()
    desktop.window.go("products")
    products = desktop.window.shown
    desktop.window.go("settings")
    page = desktop.window.shown
    assert isinstance(page, SettingsScreen)
    session = page.parts["shop"].session
    assert isinstance(session, ShopSession)
    assert session.draft.name == first.name
    session.set("phone", "half typed")
    choice = page.shops.choice
    choice.setCurrentIndex(choice.findData("z2"))
    choice.activated.emit(choice.currentIndex())
    assert page.shops.refusal.text() == "Save or discard first: Shop."
    assert session.draft.phone == "half typed"
    session.discard()
    choice.setCurrentIndex(choice.findData("z2"))
    choice.activated.emit(choice.currentIndex())
    assert (session.draft.name, session.draft.phone, session.has_changes) == ("Harbour", "0123", False)
    qtbot.waitUntil(lambda: desktop.window._screens.get("products") is not products)
    desktop.window.go("products")
    assert isinstance(desktop.window.shown, ProductsScreen)
    assert desktop.window.shown.office.shop.name == "Harbour"
    desktop.close()
    assert load(tmp_path).shown_shop == "z2"


def test_stores_are_offered_as_soon_as_there_is_another(shop: Shop) -> None:
    desktop = shop.start()
    places = {intent.name for intent in desktop.window.intents()}
    assert "go.stores" not in places
    first = queries.shop_of(desktop.reader, "")
    assert first is not None
    desktop.writer.submit("system", SaveShop(replace(first, id="another", name="Another store"))).result()
    desktop.feed.look()
    assert "go.stores" in {intent.name for intent in desktop.window.intents()}


def test_a_second_till_has_figures_to_be_looked_at_together_with_the_first(shop: Shop, qtbot: QtBot) -> None:
    desktop = shop.start()
    first = queries.shop_of(desktop.reader, "")
    assert first is not None
    desktop.writer.submit("system", SaveTill(Till("t2", first.id, "2", "Till 2"))).result()
    desktop.feed.look()
    desktop.window.go("stores")
    page = desktop.window.shown
    assert isinstance(page, StoresScreen)
    qtbot.waitUntil(lambda: page.session.is_read)
    assert page.session.opened == first.id
