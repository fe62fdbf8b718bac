"""The devices of this station while it runs: a spooler for each printer, and news of each on the GUI thread."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from omsdesk.domain.messages import Event
from omsdesk.domain.printing import RECEIPT, PrintAsked, PrintNoted, PrintState

if TYPE_CHECKING:
    from omsdesk.actions.execute import Done
    from omsdesk.actions.writer import Writer
    from omsdesk.devices.ports import Printer, PrinterStatus
    from omsdesk.devices.spooler import Spooler
    from omsdesk.settings import DeviceSetting, Settings
    from omsdesk.store.engine import Connection

PRINTERS = (RECEIPT, "kitchen")
"""The roles that paper is printed for."""


class StationDevices(QObject):
    """Starts what is set up, and starts anew what is set up differently. Nothing is loaded before ``start``."""

    printer_changed = Signal(str, object)
    """A role, and how its printer is now."""
    sheet_printed = Signal(object)
    """Paper that came out of a printer on the screen."""

    def __init__(self, settings: Callable[[], Settings], open_reader: Callable[[], Connection], writer: Writer) -> None:
        """Take what tells the settings, and the way to the print jobs."""
        super().__init__()
        self._settings, self._open_reader, self._writer = settings, open_reader, writer
        self._till = ""
        self._running: dict[str, DeviceSetting] = {}
        self.spoolers: dict[str, Spooler] = {}

    def start(self, till: str) -> None:
        """Begin to print what is asked for at a till; without one nothing prints."""
        self._till = till
        self.follow()

    def stop(self) -> None:
        """Let go of everything; what is not printed stays in its queue."""
        self._till = ""
        self.follow()

    def follow(self) -> None:
        """Do as the settings say now; what did not change in them runs on."""
        wanted = self._wanted()
        for role in [role for role, setting in self._running.items() if wanted.get(role) != setting]:
            self.spoolers.pop(role).stop()
            del self._running[role]
        for role, setting in wanted.items():
            if role not in self._running:
                self._start_printer(role, setting)

    def heard(self, done: Done) -> None:
        """Wake the printers that something was asked of; any thread may call it."""
        for role in {_role_of(fact) for fact in done.facts}:
            # Another thread may be starting them anew just now: what starts looks at its queue by itself.
            for name, spooler in tuple(self.spoolers.items()):
                if role in {name, _ANY}:
                    spooler.wake()

    def _wanted(self) -> dict[str, DeviceSetting]:
        if not self._till:
            return {}
        from omsdesk.devices.chosen import receipt_printer

        settings = self._settings()
        return {role: settings.device[role] for role in PRINTERS if role in settings.device} | {
            RECEIPT: receipt_printer(settings)
        }

    def _start_printer(self, role: str, setting: DeviceSetting) -> None:
        from omsdesk.actions.print_queue import PrintQueue
        from omsdesk.devices.chosen import profile_of
        from omsdesk.devices.spooler import Spooler

        queue = PrintQueue(self._till, profile_of(setting), self._open_reader, self._writer, role)

        def told(status: PrinterStatus) -> None:
            # From the spooler's thread: the signal brings it to the GUI thread.
            self.printer_changed.emit(role, status)

        spooler = Spooler(self._printer(setting), queue, told, role)
        self.spoolers[role], self._running[role] = spooler, setting
        spooler.start()

    def _printer(self, setting: DeviceSetting) -> Printer:
        from omsdesk.devices.chosen import Unavailable, printer_of
        from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
        from omsdesk.devices.ports import DeviceError

        try:
            printer = printer_of(setting, self._settings().folder)
        except DeviceError as fault:
            return Unavailable(fault.sentence)
        if isinstance(printer, SimulatedPrinter):
            printer.on_sheet = self.sheet_printed.emit
        return printer


_ANY = "*"


def _role_of(fact: Event) -> str:
    """Name the printer that a fact asks something of: one that is to be printed again may be any one's."""
    if isinstance(fact, PrintAsked):
        return fact.role
    return _ANY if isinstance(fact, PrintNoted) and fact.state is PrintState.QUEUED else ""
