"""The composition root: the only file that knows every part."""

from __future__ import annotations

import gc
import sys
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QApplication

from omsdesk.actions.clock import SystemClock
from omsdesk.actions.execute import Done, Executor
from omsdesk.actions.writer import Writer
from omsdesk.domain.messages import Event
from omsdesk.domain.printing import PrintAsked, PrintNoted, PrintState
from omsdesk.settings import PrinterKind, Settings, ThemeChoice, save
from omsdesk.store.database import Database, open_database
from omsdesk.store.queries import till as queries
from omsdesk.store.sql import remember_in
from omsdesk.ui import theme
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.navigation import Page, Screen
from omsdesk.ui.sounds import Speaker
from omsdesk.ui.till.counter import Counter
from omsdesk.ui.till.no_till import NoTill
from omsdesk.ui.till.screen import TillScreen
from omsdesk.ui.till.state import TillState
from omsdesk.ui.window import Window

if TYPE_CHECKING:
    from omsdesk.devices.ports import ReceiptPrinter
    from omsdesk.devices.spooler import Spooler


class Desktop(QObject):
    """Everything that runs in one process of a station: the database's threads, the printer, the window."""

    printer_changed = Signal(object)

    def __init__(self, settings: Settings) -> None:
        """Open the database and build the window; nothing slow is loaded before it is painted."""
        super().__init__()
        self.settings = settings
        settings.folder.mkdir(parents=True, exist_ok=True)
        self.clock = SystemClock()
        self.database: Database = open_database(settings.database_path, self.clock.new_id)
        self.executor = Executor(self.database, self.clock)
        self.writer = Writer(self.executor)
        self.reader = self.database.reader()
        self.background = Background(self.writer, self.database.reader)
        self.feed = ChangeFeed(self.reader)
        self.speaker = Speaker(settings.sound_volume)
        self.printer: ReceiptPrinter | None = None
        self.spooler: Spooler | None = None
        self.till: TillState | None = self._till_state()
        # The first screen is made with the window and tells who is there before the window can show it.
        self._window: Window | None = None
        self._user = ""
        self.window = self._window = Window(self._pages())
        self.window.rail.set_user(self._user)
        self.window.look_changed.connect(self._keep_look)
        self.executor.listeners.append(self._wake_printer)

    def start(self) -> None:
        """Begin what can wait until the window is painted: the printer, and the watch on other programs."""
        self.feed.start()
        if self.till is not None:
            self._start_printer(self.till.counter.till.id)

    def close(self) -> None:
        """End the threads; what was handed in is finished first."""
        if self.spooler is not None:
            self.spooler.stop()
        self.background.close()
        self.writer.close()
        self.reader.close()
        self.database.close()

    # ------------------------------------------------------------------------------ the till

    def _till_state(self) -> TillState | None:
        where = queries.station(self.reader)
        shop, till = queries.shop_of(self.reader, where.till), queries.till_of(self.reader, where.till)
        if shop is None or till is None:
            return None
        shift = queries.open_shift(self.reader, till.id)
        counter = Counter(self.reader, self.background, self.clock, shop, till, shift=shift)
        return TillState.at(counter, _notes_of(shop.country), self.settings.pdf_path)

    def _pages(self) -> list[Page]:
        return [Page("sell", "Sell", "scan-barcode", self._till_screen)]

    def _till_screen(self) -> Screen:
        if self.till is None:
            return NoTill(has_shop=False)
        screen = TillScreen(self.till, self.feed, self.speaker)
        screen.user_changed.connect(self._show_user)
        self.printer_changed.connect(screen.show_printer)
        return screen

    def _show_user(self, name: str) -> None:
        self._user = name
        if self._window is not None:
            self._window.rail.set_user(name)

    # ------------------------------------------------------------------------------ the printer

    def _start_printer(self, till: str) -> None:
        from omsdesk.actions.print_queue import PrintQueue
        from omsdesk.devices.spooler import Spooler
        from omsdesk.documents.printer_profile import PROFILES

        profile = PROFILES[self.settings.receipt_printer.profile]
        self.printer = _printer_of(self.settings)
        queue = PrintQueue(till, profile, self.database.reader, self.writer)
        # The status comes from the spooler's thread: the signal brings it to the GUI thread.
        self.spooler = Spooler(self.printer, queue, self.printer_changed.emit)
        self.spooler.start()

    def _wake_printer(self, done: Done) -> None:
        if self.spooler is not None and any(map(_wants_printer, done.facts)):
            self.spooler.wake()

    # ------------------------------------------------------------------------------ the look

    def _keep_look(self, name: str, scale: float) -> None:
        self.settings = replace(self.settings, theme=ThemeChoice(name), text_scale=round(scale * 100))
        save(self.settings)


def _wants_printer(fact: Event) -> bool:
    return isinstance(fact, PrintAsked) or (isinstance(fact, PrintNoted) and fact.state is PrintState.QUEUED)


def _notes_of(country: str) -> tuple[int, ...]:
    from omsdesk.actions.set_up import UnknownCountry, country_preset

    try:
        return country_preset(country).notes
    except UnknownCountry:
        return (500, 1000, 2000, 5000)


def _printer_of(settings: Settings) -> ReceiptPrinter:
    from omsdesk.documents.printer_profile import PROFILES

    wanted = settings.receipt_printer
    if wanted.kind is PrinterKind.NETWORK:
        from omsdesk.devices.drivers.network.printer import NetworkPrinter

        return NetworkPrinter(wanted.host, wanted.port)
    if wanted.kind is PrinterKind.FILE:
        from omsdesk.devices.drivers.file.printer import FilePrinter

        return FilePrinter(settings.receipt_path)
    from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter

    return SimulatedPrinter(PROFILES[wanted.profile])


def application(settings: Settings) -> QApplication:
    """Make the application in the look that was chosen."""
    app = QApplication.instance() or QApplication(sys.argv[:1])
    if not isinstance(app, QApplication):
        raise TypeError("There is an application without a screen already.")
    name = theme.preferred_name(app) if settings.theme is ThemeChoice.SYSTEM else str(settings.theme)
    theme.apply(theme.load(name, settings.text_scale / 100), app)
    return app


def run_desktop(settings: Settings) -> int:
    """Open the window and stay until it is closed."""
    # Collecting garbage while everything is being made costs a fifth of the start and finds nothing.
    gc.disable()
    remember_in(cache_folder())
    app = application(settings)
    desktop = Desktop(settings)
    desktop.window.show()
    QTimer.singleShot(0, desktop.start)
    QTimer.singleShot(0, gc.enable)
    try:
        return app.exec()
    finally:
        desktop.close()


def run_demo(settings: Settings, *, is_offscreen: bool) -> int:
    """Open the till of the demonstration shop; offscreen, ring up a sale and say where its paper lies."""
    remember_in(cache_folder())
    settings.folder.mkdir(parents=True, exist_ok=True)
    clock = SystemClock()
    database = open_database(settings.database_path, clock.new_id)
    try:
        if not database.station.till:
            from omsdesk.actions.demo_shop import make_demo_shop

            make_demo_shop(Executor(database, clock))
    finally:
        database.close()
    return _demonstrate(settings) if is_offscreen else run_desktop(settings)


def _demonstrate(settings: Settings) -> int:
    from omsdesk.ui.till.demonstration import ring_up, show_paper

    app = application(settings)
    desktop = Desktop(settings)
    try:
        desktop.window.resize(1366, 768)
        desktop.window.show()
        desktop.start()
        if desktop.till is None:
            raise TypeError("The demonstration shop has no till.")
        sale = ring_up(desktop.till)
        app.processEvents()
        for line in show_paper(desktop.till, sale, desktop.window, settings.pdf_path):
            print(line)  # noqa: T201 - a command that answers on the terminal
    finally:
        desktop.close()
    return 0


def cache_folder() -> Path:
    """Where things lie that can be made again."""
    from platformdirs import user_cache_path

    return user_cache_path("omsdesk", appauthor=False)
