"""The devices of this station while it runs: a spooler for each printer, and news of each on the GUI thread."""

from __future__ import annotations

import threading
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, cast

from PySide6.QtCore import QObject, Signal

from omsdesk.devices.ports import Condition
from omsdesk.domain.labels import LABEL
from omsdesk.domain.messages import Event
from omsdesk.domain.people import SYSTEM
from omsdesk.domain.printing import RECEIPT, PrintAsked, PrintNoted, PrintState

if TYPE_CHECKING:
    from omsdesk.actions.execute import Done
    from omsdesk.actions.writer import Writer
    from omsdesk.devices.attendant import Attendant, Link
    from omsdesk.devices.device_thread import DeviceThread
    from omsdesk.devices.ports import Printer, PrinterStatus
    from omsdesk.devices.scanner import Reader, Scan, Scanner
    from omsdesk.devices.spooler import Queue, Spooler
    from omsdesk.devices.watch import Watch
    from omsdesk.settings import DeviceSetting, Settings
    from omsdesk.store.engine import Connection
    from omsdesk.ui.devices.chronicle import Chronicle
    from omsdesk.ui.devices.drawer_watch import DrawerWatch

SCALE = "scale"
SEEN_BY_CUSTOMERS = ("display", "customer-screen")
"""The roles of what customers look at: a pole of two lines, and a screen."""
_POLL = 15.0
"""Seconds between two looks at a printer that has nothing to print."""
SCANNER = "scanner-"
"""What the roles of scanners begin with (``devices.roles``, which is not loaded at start)."""


class StationDevices(QObject):
    """Starts what is set up, and starts anew what is set up differently. Nothing is loaded before ``start``."""

    printer_changed = Signal(str, object)
    """A role, and how its printer is now."""
    link_changed = Signal(str, object)
    """A role, and how it stands with its device (``attendant.Link``)."""
    scanned = Signal(object)
    """A scan of a scanner with a wire of its own, whose source is its role."""
    sheet_printed = Signal(object)
    """Paper that came out of a printer on the screen."""
    label_printed = Signal(bytes)
    """A label that came out of one, as a PNG file."""
    attached = Signal(str, object)
    """A role, and what speaks to its device now; None where nothing does any more."""
    drawer_left_open = Signal(bool)
    """Whether the drawer stands open for too long."""
    drawer_in_the_way = Signal(bool)
    """Whether the drawer is open and has to be shut before the next sale."""
    _told = Signal(str, object, object)
    """From a device's thread: its role, the device, and how it is."""

    def __init__(self, settings: Callable[[], Settings], open_reader: Callable[[], Connection], writer: Writer) -> None:
        """Take what tells the settings, and the way to the print jobs."""
        super().__init__()
        self._settings, self._open_reader, self._writer = settings, open_reader, writer
        self._till = ""
        self._is_started = False
        self._running: dict[str, DeviceSetting] = {}
        self.spoolers: dict[str, Spooler] = {}
        self.attendants: dict[str, Attendant] = {}
        self.devices: dict[str, object] = {}
        """What speaks to each device, by its role."""
        self._ended: list[tuple[str, str, DeviceThread]] = []
        """Threads that were told to end and may not have: the role and the address that each had."""
        self._claims: dict[str, threading.Lock] = {}
        """One for each printer, by its address: it may play two roles, and does one thing at a time."""
        self._watch: Watch | None = None
        self.drawer: DrawerWatch | None = None
        self._chronicle: Chronicle | None = None
        self.person: Callable[[], str] = lambda: ""
        """Tells who is signed in; nobody is empty."""
        self._told.connect(self._tell)

    def start(self, till: str) -> None:
        """Begin with the devices of a till, or (empty) with those of a station that is none."""
        self._till, self._is_started = till, True
        self.chronicle  # noqa: B018 - from now on it hears what happens
        self.follow()

    def stop(self) -> None:
        """Let go of everything, and wait for nothing; what is not printed stays in its queue."""
        self._till, self._is_started = "", False
        self.follow()

    def close(self) -> None:
        """Let go of everything within a second: the program ends."""
        self.stop()
        if self._ended:
            from omsdesk.devices.device_thread import stop_all

            stop_all(thread for _, _, thread in self._ended)
        if self._chronicle is not None:
            self._chronicle.close()

    def follow(self) -> None:
        """Do as the settings say now; what did not change in them runs on. It waits for nothing."""
        wanted = self._wanted()
        for role in [role for role, setting in self._running.items() if wanted.get(role) != setting]:
            self._end(role)
        for role, setting in wanted.items():
            if role not in self._running:
                self._begin(role, setting)
        self._look_around()

    def _look_around(self) -> None:
        """See what is plugged in while anything is set up."""
        if self._running and self._watch is None:
            from omsdesk.devices.watch import Watch

            self._watch = Watch(self._wake)
            self._watch.start()
        elif self._watch is not None and not self._running:
            self._let_go("", "", self._watch)
            self._watch = None

    @property
    def chronicle(self) -> Chronicle:
        """What follows the devices: how each is, and what happened to it."""
        if self._chronicle is None:
            from omsdesk.ui.devices.chronicle import Chronicle

            writer = self._writer
            self._chronicle = Chronicle(self, self._settings().folder, writer.executor.clock.now, writer.run)
        return self._chronicle

    def setting_of(self, role: str) -> DeviceSetting | None:
        """Tell how what runs for a role is set up; None where nothing does."""
        return self._running.get(role)

    @property
    def readers(self) -> list[Reader]:
        """How the scanners are set that type as keyboards do."""
        from omsdesk.devices.scanner import Reader

        return [device for device in self.devices.values() if isinstance(device, Reader)]

    def has(self, role: str) -> bool:
        """Tell whether something is set up for a role."""
        return role in self._running

    def heard(self, done: Done) -> None:
        """Wake the printers that something was asked of; any thread may call it."""
        if (drawer := self.drawer) is not None:
            for fact in done.facts:
                drawer.heard(fact)
        for role in {_role_of(fact) for fact in done.facts}:
            # Another thread may be starting them anew just now: what starts looks at its queue by itself.
            for name, spooler in tuple(self.spoolers.items()):
                if role in {name, _ANY}:
                    spooler.wake()

    def _wanted(self) -> dict[str, DeviceSetting]:
        if not self._is_started:
            return {}
        from omsdesk.devices.chosen import devices_of

        return devices_of(self._settings(), is_till=bool(self._till))

    def _begin(self, role: str, setting: DeviceSetting) -> None:
        from omsdesk.devices import chosen
        from omsdesk.devices.ports import DeviceError

        self._running[role] = setting
        folder = self._settings().folder
        try:
            if not chosen.is_printer(setting):
                self._attend(role, setting, chosen.attach(setting, folder))
                return
            printer = chosen.printer_of(setting, folder)
        except DeviceError as fault:
            if not _prints(role):
                from omsdesk.devices.attendant import Link, Power

                self.link_changed.emit(role, Link(Power.OFFLINE, fault.sentence))
                return
            # Jobs wait, and the reason is shown; it may be set up again at any time.
            printer = chosen.Unavailable(fault.sentence)
        self._start_printer(role, setting, printer)

    def _end(self, role: str) -> None:
        setting = self._running.pop(role)
        if role == RECEIPT and self.drawer is not None:
            self.printer_changed.disconnect(self._drawer_seen)
            self.drawer.seen(None)
            self.drawer = None
        for running in (self.spoolers.pop(role, None), self.attendants.pop(role, None)):
            if running is not None:
                self._let_go(role, setting.address, running)
        if self.devices.pop(role, None) is not None:
            self.attached.emit(role, None)

    def _let_go(self, role: str, address: str, thread: DeviceThread) -> None:
        thread.end()
        self._ended.append((role, address, thread))

    def _before(self, role: str, setting: DeviceSetting) -> list[DeviceThread]:
        """List the threads that may still have the role's queue or the device itself."""
        self._ended = [row for row in self._ended if not row[2].is_gone()]
        return [thread for old, address, thread in self._ended if old == role or address == setting.address]

    def _start_printer(self, role: str, setting: DeviceSetting, printer: Printer) -> None:
        from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
        from omsdesk.devices.drivers.virtual_labels.printer import LabelsOnScreen
        from omsdesk.devices.spooler import Spooler

        if isinstance(printer, LabelsOnScreen):
            printer.on_label = self.label_printed.emit
        if isinstance(printer, SimulatedPrinter):
            printer.on_sheet = self.sheet_printed.emit
        poll = self._poll_seconds(role, setting)
        queue, claim = self._queue(role, setting), self._claims.setdefault(setting.address, threading.Lock())
        spooler = Spooler(printer, queue, partial(self._told.emit, role, printer), role, poll, claim)
        self.spoolers[role] = spooler
        self._keep(role, printer)
        spooler.start(self._before(role, setting))

    def _poll_seconds(self, role: str, setting: DeviceSetting) -> float:
        """Look after the drawer of the receipt printer, if it has a sensor: then it is looked at often."""
        from omsdesk.ui.devices.drawer_watch import OFTEN, DrawerWatch, care_of

        care = care_of(setting) if role == RECEIPT and self._till else None
        if care is None:
            return _POLL
        self.drawer = DrawerWatch(self._note_drawer, care=care)
        self.drawer.left_open.connect(self.drawer_left_open)
        self.drawer.in_the_way.connect(self.drawer_in_the_way)
        self.printer_changed.connect(self._drawer_seen)
        return OFTEN

    def _drawer_seen(self, role: str, status: PrinterStatus) -> None:
        if role == RECEIPT and self.drawer is not None:
            # What a printer said last that is not there any more keeps nobody from selling.
            self.drawer.seen(None if status.condition is Condition.OFFLINE else status.is_drawer_open)

    def _note_drawer(self) -> None:
        from omsdesk.domain.drawer import NoteDrawer

        self._writer.submit(SYSTEM, NoteDrawer(self._writer.executor.clock.new_id(), self._till, self.person()))

    def _queue(self, role: str, setting: DeviceSetting) -> Queue:
        from omsdesk.devices.chosen import label_paper_of, profile_of

        if role == LABEL:
            from omsdesk.actions.label_queue import LabelQueue

            return LabelQueue(label_paper_of(setting), self._open_reader, self._writer)
        from omsdesk.actions.print_queue import PrintQueue

        return PrintQueue(profile_of(setting), self._open_reader, self._writer, role)

    def _attend(self, role: str, setting: DeviceSetting, device: object) -> None:
        from omsdesk.devices.attendant import Attendant, Attended
        from omsdesk.devices.customer_screen import CustomerScreen
        from omsdesk.devices.scanner import Reader

        if isinstance(device, Reader):
            # The window's own ear hears it: there is nothing to open.
            device.source = role
            self._keep(role, device)
            return
        if isinstance(device, CustomerScreen):
            # The interface puts a window on it, and says how it stands.
            device.on_link, device.folder = partial(self._tell, role, device), self._settings().folder
            self._keep(role, device)
            return
        if hasattr(device, "on_scan"):
            cast("Scanner", device).on_scan = partial(self._scanned, role)
        attendant = Attendant(cast("Attended", device), partial(self._told.emit, role, device), role)
        self.attendants[role] = attendant
        self._keep(role, device)
        attendant.start(self._before(role, setting))

    def _tell(self, role: str, device: object, news: PrinterStatus | Link) -> None:
        """Pass on how a device is; what is said too late, of one that plays the role no more, is not heard."""
        if self.devices.get(role) is device:
            changed = self.printer_changed if role in self.spoolers else self.link_changed
            changed.emit(role, news)

    def _scanned(self, role: str, scan: Scan) -> None:
        # From the attendant's thread: the signal brings it to the GUI thread.
        self.scanned.emit(replace(scan, source=role))

    def _keep(self, role: str, device: object) -> None:
        self.devices[role] = device
        self.attached.emit(role, device)

    def _wake(self) -> None:
        """Try everything again: something was plugged in or pulled out. The watch's thread calls it."""
        for spooler in tuple(self.spoolers.values()):
            spooler.wake()
        for attendant in tuple(self.attendants.values()):
            attendant.wake()


def _prints(role: str) -> bool:
    return role != SCALE and role not in SEEN_BY_CUSTOMERS and not role.startswith(SCANNER)


_ANY = "*"


def _role_of(fact: Event) -> str:
    """Name the printer that a fact asks something of: one that is to be printed again may be any one's."""
    if isinstance(fact, PrintAsked):
        return fact.role
    return _ANY if isinstance(fact, PrintNoted) and fact.state is PrintState.QUEUED else ""
