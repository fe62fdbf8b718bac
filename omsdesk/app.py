"""The composition root: the only file that knows every part."""

from __future__ import annotations

import gc
import threading
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING, Any, cast

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Executor
from omsdesk.actions.writer import Writer
from omsdesk.domain.people import Person
from omsdesk.mailroom import Mailroom
from omsdesk.private_files import private_folder
from omsdesk.settings import Service, Settings, ThemeChoice, cache_folder, save
from omsdesk.store.database import Database, open_database
from omsdesk.store.queries import till as queries
from omsdesk.store.queries import typing_errors
from omsdesk.store.sql import remember_in
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.sync.state import SyncState

# Qt slows the import of every module after it down, so that what knows nothing of Qt comes first.
# isort: split

from PySide6.QtCore import QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

import omsdesk.ui.unread_sources  # noqa: F401 - it does so by being imported

# isort: split

from omsdesk.ui import theme
from omsdesk.ui.application import application, look_of, running
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.devices.scanning import Scanning, Surroundings
from omsdesk.ui.devices.station_devices import SCALE, SEEN_BY_CUSTOMERS, StationDevices
from omsdesk.ui.exchange import Exchange
from omsdesk.ui.navigation import Page, Screen
from omsdesk.ui.sounds import Speaker
from omsdesk.ui.till.screen import TillScreen
from omsdesk.ui.till.state import TillState
from omsdesk.ui.window import Window

if TYPE_CHECKING:
    from omsdesk.devices.scale import Scale
    from omsdesk.store.engine import Connection
    from omsdesk.ui.devices.first_look import FirstLook
    from omsdesk.ui.office import Post

    OfficeParts = tuple[Connection, Background, ChangeFeed, SystemClock, Post, Callable[[], Person | None]]
    from omsdesk.ui.settings.office import Office as SettingsOffice
    from omsdesk.ui.sign_in.session import BackOfficeSession
    from omsdesk.ui.sync.office import Office as SyncOffice


class Desktop(QObject):
    """Everything that runs in one process of a station: the database's threads, the printer, the window."""

    station_changed = Signal()

    def __init__(self, settings: Settings) -> None:
        """Open the database and build the window; nothing slow is loaded before it is painted."""
        super().__init__()
        self.settings = settings
        self._keeping = threading.Lock()
        private_folder(settings.folder)
        self.clock = SystemClock()
        self.database: Database = open_database(settings.database_path, self.clock.new_id)
        self.executor = Executor(self.database, self.clock)
        self.writer = Writer(self.executor)
        self.reader = self.database.reader()
        self.background = Background(self.writer, self.database.reader)
        self.feed = ChangeFeed(self.reader)
        self.exchange = Exchange(
            self.database, self.writer, self.background, lambda: self.settings.service, self._keep_service,
            settings.folder,
        )  # fmt: skip
        self.mailroom = Mailroom(lambda: self.settings, self.database.reader, self.writer)
        self.speaker = Speaker(settings.sound_volume)
        self.devices = StationDevices(lambda: self.settings, self.database.reader, self.writer)
        self.devices.person = lambda: self.till.counter.actor if self.till else ""
        self.till: TillState | None = self._till_state()
        # Let in, and stopped before the shop was heard: it goes on where it was.
        self._is_joining = settings.service.is_enrolled and self._is_homeless()
        self._back_office: BackOfficeSession | None = None
        # The first screen is made with the window and tells who is there before the window can show it.
        self._window: Window | None = None
        self._user = ""
        self._first_look: FirstLook | None = None
        self.window = self._window = Window(self._pages())
        self.window.rail.set_user(self._user)
        theme.dress(running())
        self.window.look_changed.connect(self._keep_look)
        self.devices.attached.connect(self._attached)
        around = Surroundings(lambda: self.till is not None and self.window.current == "sell", self._person,
                              lambda: self.settings, self._keep, self.reader, self.clock)  # fmt: skip
        self._scanning = Scanning(self.devices, self.window, self.speaker, around)
        self.executor.listeners += [self.devices.heard, self.mailroom.heard, lambda _: self.exchange.wake()]
        self.exchange.changed.connect(self._exchanged)
        self.feed.changed.connect(self._offer_stores)
        self._offer_stores()
        # Later, because the screen that asks for it is thrown away by it.
        self.station_changed.connect(self._begin_again, Qt.ConnectionType.QueuedConnection)

    def start(self) -> None:
        """Begin what can wait until the window is painted: the printer, the exchange, the watch on other programs."""
        from omsdesk.ui.late_returns import LateReturns
        from omsdesk.ui.orders.badge import OrderBadge

        self.feed.start()
        self.devices.start(self._till_id())
        self.mailroom.start()
        self.exchange.start()
        self.background.work(typing_errors.prepare, lambda _: None)
        self._late_returns = LateReturns(self.feed, self.background)
        self._badge = OrderBadge(self.feed, self.reader, self.window.rail)
        if self.settings.is_demonstration:
            self._let_in()

    def close(self) -> None:
        """End the threads; what was handed in is finished first."""
        self.feed.stop()
        self.devices.close()
        self.mailroom.stop()
        self.exchange.stop()
        self.background.close()
        self.writer.close()
        # What the threads said last is heard while there is still a database to ask.
        QApplication.sendPostedEvents()
        self.reader.close()
        self.database.close()

    # ------------------------------------------------------------------------------ pages

    def _pages(self) -> list[Page]:
        return [
            Page("sell", *self._first_page(), self._till_screen),
            Page("orders", "Orders", "clipboard-list", self._orders_screen),
            Page("products", "Products", "tag", self._products_screen),
            Page("promotions", "Offers", "badge-percent", self._promotions_screen),
            Page("labels", "Labels", "barcode", self._labels_screen),
            Page("customers", "Customers", "users", self._customers_screen),
            Page("reports", "Reports", "chart-column", self._reports_screen),
            Page("stores", "Stores", "store", self._stores_screen),
            Page("sync", "Sync", "refresh-cw", self._sync_screen),
            Page("devices", "Devices", "printer", self._devices_screen),
            Page("settings", "Settings", "settings", self._settings_screen),
        ]

    def _first_page(self) -> tuple[str, str]:
        """Call the page that comes first by what is done there: label and icon."""
        if self.till is not None:
            return "Sell", "scan-barcode"
        return ("Set up", "store") if self._is_homeless() else ("Sign in", "user")

    def _till_state(self) -> TillState | None:
        from omsdesk.ui.till.beginning import state_of

        state = state_of(self.reader, self.background, self.clock, lambda: self.settings)
        if state is not None:
            state.mails.is_ready = self.mailroom.is_set_up
            state.counter.elsewhere = self.exchange
        return state

    def _till_screen(self) -> Screen:
        if self.till is not None:
            screen = TillScreen(self.till, self.feed, self.speaker)
            screen.user_changed.connect(self._show_user)
            # Later, because the till is still being shown to whoever came.
            screen.user_changed.connect(self._offer_to_find_devices, Qt.ConnectionType.QueuedConnection)
            screen.devices_wanted.connect(lambda: self.window.go("devices"))
            screen.virtual_wanted.connect(lambda: self._scanning.show_virtual_devices())  # noqa: PLW0108 - made later
            self.devices.link_changed.connect(screen.status.set_link)
            self.devices.attached.connect(screen.status.set_attached)
            screen.sync_wanted.connect(lambda: self.window.go("sync"))
            screen.try_wanted.connect(self.exchange.sync_now)
            screen.show_sync(self.exchange.state)
            self.exchange.changed.connect(screen.show_sync)
            self.devices.printer_changed.connect(screen.show_printer)
            self.devices.drawer_left_open.connect(screen.status.set_drawer)
            self.devices.drawer_in_the_way.connect(screen.status.set_in_the_way)
            self.devices.sheet_printed.connect(screen.show_sheet)
            return screen
        if self._is_joining:
            from omsdesk.ui.sync.join_screen import JoinScreen

            join = JoinScreen(self._sync_office())
            join.set_up_wanted.connect(lambda: self._join(is_joining=False))
            return join
        if not self._is_homeless():
            return self._office_screen()
        if queries.shop_of(self.reader, "") is not None:
            from omsdesk.ui.settings.new_store_screen import NewStoreScreen

            return NewStoreScreen(self._settings_office())
        from omsdesk.ui.settings.set_up_screen import SetUpScreen

        set_up = SetUpScreen(self._settings_office())
        set_up.join_wanted.connect(self._join)
        return set_up

    def _is_homeless(self) -> bool:
        """Tell whether the store that this station is for has to be set up."""
        from omsdesk.ui.office import home_of

        return home_of(self.reader, self.settings.service.store) is None

    def _office_screen(self) -> Screen:
        """Make the first page of a station that is no till."""
        from omsdesk.ui.sign_in.screen import BackOfficeScreen
        from omsdesk.ui.sign_in.session import BackOfficeSession

        self._back_office = BackOfficeSession(
            self.reader, self.background, lambda: self.settings.service.store, self.clock
        )
        has_stores = self._has_stores()
        onward = ("Stores", "store") if has_stores else ("Reports", "chart-column")
        screen = BackOfficeScreen(self._back_office, self.feed, onward, "Choose a till")
        screen.user_changed.connect(self._show_user)
        screen.left.connect(lambda: self.window.go("sell"))
        screen.office_wanted.connect(lambda: self.window.go("stores" if has_stores else "reports"))
        # Which till it may be is known to the service, where there is one.
        is_enrolled = self.settings.service.is_enrolled
        screen.till_wanted.connect(self._join if is_enrolled else lambda: self.window.go("settings"))
        person = self._back_office.person
        self._show_user(person.name if person else "")
        return screen

    def _join(self, *, is_joining: bool = True) -> None:
        self._is_joining = is_joining
        self.window.rebuild("sell")

    def _products_screen(self) -> Screen:
        from omsdesk.ui.catalogue.office import Office
        from omsdesk.ui.catalogue.screen import ProductsScreen

        screen = ProductsScreen(Office(*self._office_parts(), self.writer))
        screen.labels_wanted.connect(self._print_labels)
        return screen

    def _print_labels(self, products: list[str]) -> None:
        self.window.go("labels")
        self.window.shown.take_products(products)

    def _orders_screen(self) -> Screen:
        from omsdesk.ui.orders.office import Office
        from omsdesk.ui.orders.screen import OrdersScreen

        return OrdersScreen(Office(*self._office_parts(), lambda: self.settings.pdf_path, self.devices.has))

    def _customers_screen(self) -> Screen:
        from omsdesk.ui.customers.office import Office
        from omsdesk.ui.customers.screen import CustomersScreen

        folder, can_mail = (lambda: self.settings.pdf_path), (lambda: self.mailroom.is_set_up)
        return CustomersScreen(Office(*self._office_parts(), folder, self.writer, can_mail))

    def _promotions_screen(self) -> Screen:
        from omsdesk.ui.office import Office
        from omsdesk.ui.promotions.screen import PromotionsScreen

        return PromotionsScreen(Office(*self._office_parts()))

    def _labels_screen(self) -> Screen:
        from omsdesk.ui.labels.screen import LabelsScreen
        from omsdesk.ui.office import Office

        return LabelsScreen(Office(*self._office_parts()), self.devices.has, self.devices.label_printed)

    def _reports_screen(self) -> Screen:
        from omsdesk.ui.reports.office import Office
        from omsdesk.ui.reports.screen import ReportsScreen

        office = Office(
            self.reader, self.background, self.feed, self.clock, self._till_id(), self._person,
            lambda: self.settings.pdf_path, self.devices.has,
        )  # fmt: skip
        return ReportsScreen(office)

    def _stores_screen(self) -> Screen:
        from omsdesk.ui.office import Office
        from omsdesk.ui.stores.screen import StoresScreen

        return StoresScreen(Office(*self._office_parts()))

    def _has_stores(self) -> bool:
        """Tell whether there are stores to look at: this is the head office, or there are several tills or stores."""
        if self.settings.service.store == HEAD_OFFICE:
            return True
        return len(queries.shop_ids(self.reader)) > 1 or len(queries.tills(self.reader)) > 1

    def _offer_stores(self) -> None:
        self.window.offer("stores", is_there=self._has_stores())

    def _sync_screen(self) -> Screen:
        from omsdesk.ui.sync.screen import SyncScreen

        screen = SyncScreen(self._sync_office())
        screen.joined.connect(self._go_on_joining)
        return screen

    def _go_on_joining(self) -> None:
        self._join()
        self.window.go("sell")

    def _sync_office(self) -> SyncOffice:
        from omsdesk.ui.sync.office import Office

        return Office(*self._office_parts(), self.exchange, self._become_till)

    def _devices_screen(self) -> Screen:
        from omsdesk.ui.devices.office import Office
        from omsdesk.ui.devices.screen import DevicesScreen

        return DevicesScreen(
            Office(*self._office_parts(), lambda: self.settings, self._keep, self.devices, self._scanning)
        )

    def _settings_screen(self) -> Screen:
        from omsdesk.ui.settings.screen import SettingsScreen

        return SettingsScreen(self._settings_office())

    def _settings_office(self) -> SettingsOffice:
        from omsdesk.ui.settings.office import Office, Station

        station = Station(
            lambda: self.settings, self._keep, self._become_till, self._make_demo_shop, self.exchange.ask_who_is,
            self.mailroom,
        )  # fmt: skip
        return Office(*self._office_parts(), station)

    def _office_parts(self) -> OfficeParts:
        """Give what every page of the back office works with."""
        from omsdesk.ui.office import Post

        shown = (lambda: self.settings.service.store), (lambda: self.settings.shown_shop)
        post = Post(self._till_id, *shown, self._show_shop)
        return self.reader, self.background, self.feed, self.clock, post, self._person

    def _till_id(self) -> str:
        return self.till.counter.till.id if self.till else ""

    def _person(self) -> Person | None:
        if self.till is not None:
            return self.till.counter.person
        return self._back_office.person if self._back_office else None

    def _show_shop(self, shop: str) -> str:
        """Show another shop on the pages that show one, and remember it; says why not, as long as that is so."""
        typed = self.window.unsaved()
        if typed:
            return f"Save or discard first: {typed[0].name}."
        self._note(shown_shop=shop)
        # Later, because the page that asks for it may be thrown away by it.
        QTimer.singleShot(0, lambda: self.window.rebuild("products"))
        return ""

    def _show_user(self, name: str) -> None:
        self._user = name
        if self._window is not None:
            self._window.rail.set_user(name)

    # ------------------------------------------------------------------------------ this station

    def _become_till(self, till: str) -> None:
        self.writer.run(lambda: self.database.become_till(till)).result()
        self.exchange.sync_now()
        known = queries.till_of(self.reader, till)
        self.exchange.be_called(known.name if known else "")
        self._is_joining = False
        if till and not self.settings.device and not self.settings.is_demonstration:
            # A till that cannot write it down is a till all the same.
            with suppress(OSError):
                self._note(are_devices_wanted=True)
        self.station_changed.emit()

    def _make_demo_shop(self) -> None:
        from omsdesk.actions.demo_shop import make_demo_shop

        self.writer.run(lambda: make_demo_shop(self.executor)).result()
        self._note(is_demonstration=True)
        self.station_changed.emit()

    def _begin_again(self) -> None:
        self.devices.stop()
        self.till = self._till_state()
        self.window.rename("sell", *self._first_page())
        for page in self._pages():
            self.window.rebuild(page.key)
        self.window.go("sell")
        self.devices.start(self._till_id())
        if self.settings.is_demonstration:
            self._let_in()

    def _let_in(self) -> None:
        from omsdesk.ui.till.demo_welcome import let_in

        if self.till is not None:
            let_in(self.till)

    def _offer_to_find_devices(self, name: str) -> None:
        """Ask whoever came to a new till, and may change its devices, once; nobody who serves a customer."""
        till, person = self.till, self._person()
        is_wanted = self.settings.are_devices_wanted and not self.settings.device and self._first_look is None
        if not (name and is_wanted) or till is None or till.is_serving or self.window.current != "sell":
            return
        from omsdesk.ui.devices.first_look import FirstLook
        from omsdesk.ui.devices.office import RIGHT

        if person is not None and person.may(RIGHT):
            self._first_look = FirstLook(self.window, lambda: self.settings, self._keep, "sell")

    def _exchanged(self, state: SyncState) -> None:
        """Show at once what was heard, wherever one is."""
        self.feed.look()
        self._offer_stores()
        count = state.conflicts + state.set_aside
        self.window.rail.set_badge("sync", str(count) if count else "")

    def _keep_service(self, service: Service) -> None:
        """Note where this station is enrolled; the thread that enrols calls it."""
        self._note(service=service)

    def _note(self, **changes: Any) -> None:
        """Keep what nothing has to be told of. Raises OSError."""
        with self._keeping:
            settings = replace(self.settings, **changes)
            save(settings)
            self.settings = settings

    def _keep(self, settings: Settings) -> None:
        with self._keeping:
            before, settings = self.settings, replace(settings, service=self.settings.service)
            save(settings)
            self.settings = settings
        self.speaker.volume = settings.sound_volume
        if self.till is not None:
            self.till.shift.is_blind = settings.is_close_blind
            self.till.mails.is_ready = self.mailroom.is_set_up
        self.mailroom.renew()
        look, shown = look_of(settings), theme.current()
        if (look.name, look.scale) != (shown.name, shown.scale):
            # Every widget of every page is dressed anew: a quarter of a second on a small till.
            theme.apply(look, running())
        if settings.device != before.device:
            self.devices.follow()

    def _attached(self, role: str, device: object) -> None:
        if role == SCALE and self.till is not None:
            self.till.counter.scale = cast("Scale | None", device)
        elif role in SEEN_BY_CUSTOMERS and self.till is not None:
            self.till.customer_side.attach(role, device, self.window)

    def _keep_look(self, name: str, scale: float) -> None:
        self._note(theme=ThemeChoice(name), text_scale=round(scale * 100))


def run_desktop(settings: Settings) -> int:
    """Open the window and stay until it is closed."""
    remember_in(cache_folder())
    app = application(settings)
    desktop = Desktop(settings)
    desktop.window.fill_screen()
    QTimer.singleShot(0, desktop.start)
    # It rests since the first import (``__main__``), and works again once the window is painted.
    QTimer.singleShot(0, gc.enable)
    try:
        return app.exec()
    finally:
        desktop.close()
