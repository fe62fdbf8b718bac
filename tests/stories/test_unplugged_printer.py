"""A till sells on while its printer is pulled out, and plugged in at another port: nothing is lost or doubled."""

from __future__ import annotations

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from omsdesk.devices import spooler as spooler_module
from omsdesk.devices.ports import Condition
from omsdesk.devices.wires import usb as usb_wire
from omsdesk.domain.drawer import DrawerFoundOpen
from omsdesk.domain.printing import NotePrint, PrintState, job_of_sale
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.store.journal import since
from omsdesk.store.queries.printing import state_of, unsettled
from omsdesk.ui.devices.station_devices import StationDevices
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.printer_on_usb import PrinterOnUsb
from tests.devices.wires.usb_socket import UsbSocket
from tests.ui.till.shop import Station, code_of, set_up

SETTINGS = DeviceSetting("escpos", "usb:04b8:0202:X1", {"sensor": "open is high"})


class Counter:
    """A till with its printer on USB, whose cable a test pulls."""

    def __init__(self, till: Station, folder: Path) -> None:
        self.till = till
        self.printer = ForeignPrinter()
        self.cable = PrinterOnUsb(self.printer)
        self.bus = UsbSocket(self.cable.gadget)
        self.reader = till.database.reader()
        settings = Settings(folder, device={"receipt": SETTINGS})
        self.devices = StationDevices(lambda: settings, till.database.reader, till.writer)
        till.writer.executor.listeners.append(self.devices.heard)

    def sell(self) -> str:
        """Sell something for cash; tells the print job."""
        self.till.scan(code_of("guji"))
        self.till.until(lambda: bool(self.till.state.session.lines))
        before = len(self.till.state.receipts.last())
        self.till.state.checkout.pay_exactly()
        self.till.until(lambda: len(self.till.state.receipts.last()) > before)
        self.till.press(Qt.Key.Key_Escape)
        return job_of_sale(self.till.state.receipts.last(1)[0].sale)

    def found_open(self) -> list[DrawerFoundOpen]:
        """What was noted of the drawer."""
        return [entry.fact for entry in since(self.reader, 0) if isinstance(entry.fact, DrawerFoundOpen)]

    def becomes(self, job: str, state: PrintState) -> None:
        """Wait until a job has come to something."""
        self.till.bot.waitUntil(lambda: state_of(self.reader, job) == state, timeout=20_000)


@pytest.fixture
def counter(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Counter]:
    monkeypatch.setattr(spooler_module, "BACKOFF", (0.05,) * len(spooler_module.BACKOFF))
    till = Station(set_up(tmp_path), qtbot).start()
    made = Counter(till, tmp_path)
    monkeypatch.setattr(usb_wire, "UsbPort", partial(usb_wire.UsbPort, backend=made.bus))
    made.devices.start("t1")
    yield made
    made.devices.close()
    made.reader.close()
    till.stop()


def test_sales_go_on_without_the_printer_and_their_receipts_come_out_once_it_is_back(counter: Counter) -> None:
    counter.becomes(counter.sell(), PrintState.PRINTED)
    counter.cable.unplug()
    waiting = [counter.sell() for _ in range(2)]
    counter.becomes(waiting[0], PrintState.FAILED)
    again = PrinterOnUsb(counter.printer)
    counter.bus.gadgets = [again.gadget]
    for job in waiting:
        counter.becomes(job, PrintState.PRINTED)
    assert len(counter.printer.sheets) == 3
    assert unsettled(counter.reader) == []


def test_a_cable_pulled_during_a_receipt_is_asked_about_and_nothing_else_waits_for_the_answer(counter: Counter) -> None:
    counter.cable.unplug_after = 700
    torn = counter.sell()
    counter.becomes(torn, PrintState.UNKNOWN)
    counter.cable.plug_in()
    counter.becomes(counter.sell(), PrintState.PRINTED)
    (asked,) = counter.till.state.receipts.in_trouble()
    assert asked.job == torn
    # Nobody has the paper: it is printed again, by a person's word alone.
    counter.till.do(NotePrint(torn, PrintState.QUEUED))
    counter.becomes(torn, PrintState.PRINTED)
    assert counter.till.state.receipts.in_trouble() == []


def test_a_sale_opens_the_drawer_and_a_key_in_it_is_noted(counter: Counter) -> None:
    counter.printer.keeps_drawer_open = True
    drawers = counter.devices.drawer
    assert drawers is not None
    counter.becomes(counter.sell(), PrintState.PRINTED)
    counter.till.bot.waitUntil(lambda: drawers._is_open is True, timeout=20_000)
    counter.printer.shut_drawer()
    counter.devices.spoolers["receipt"].wake()
    counter.till.bot.waitUntil(lambda: drawers._is_open is False, timeout=20_000)
    assert counter.found_open() == []
    drawers._clock = lambda: time.monotonic() + 60
    counter.printer.force_drawer()
    counter.devices.spoolers["receipt"].wake()
    counter.till.bot.waitUntil(lambda: len(counter.found_open()) == 1, timeout=20_000)
    (fact,) = counter.found_open()
    assert (fact.till, fact.shift) == ("t1", counter.till.state.counter.shift)


@pytest.mark.parametrize(
    ("fault", "condition"), [("paper-near-end", Condition.PAPER_LOW), ("cover-open", Condition.COVER_OPEN)]
)
def test_what_the_printer_lacks_is_known_right_after_a_receipt_before_the_next_sale(
    counter: Counter, fault: str, condition: Condition
) -> None:
    told: list[Condition] = []
    counter.devices.printer_changed.connect(lambda _, status: told.append(status.condition))
    spooler = counter.devices.spoolers["receipt"]
    counter.till.bot.waitUntil(lambda: spooler.status.condition is Condition.READY, timeout=20_000)
    taking = counter.cable.gadget.takes

    def runs_low(data: bytes) -> int:
        took = taking(data) if taking else len(data)
        if data.endswith(b"\x1dr\x01"):
            counter.printer.set_fault(fault, is_active=True)
        return took

    counter.cable.gadget.takes = runs_low
    counter.becomes(counter.sell(), PrintState.PRINTED)
    counter.till.bot.waitUntil(lambda: condition in told, timeout=20_000)
    assert len(counter.printer.sheets) == 1
