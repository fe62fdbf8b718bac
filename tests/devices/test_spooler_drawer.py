"""The drawer opens though no paper can come out: the change is wanted now, the receipt later."""

from __future__ import annotations

from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.ports import Condition
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.escpos_commands import drawer, drawer_at_once
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.spooling_desk import RECEIPT, Desk
from tests.devices.test_spooler import HURRY
from tests.patience import eventually

_CASH = drawer(5, 100) + RECEIPT


def till_printer(emulator: ForeignPrinter) -> EscPosPrinter:
    return EscPosPrinter(TcpPort("127.0.0.1", emulator.port), patience=HURRY, kick=drawer_at_once(5, 100))


def test_a_cash_sale_without_paper_opens_the_drawer_once_and_prints_later(desk: Desk, emulator: ForeignPrinter) -> None:
    emulator.set_fault("paper-out", is_active=True)
    desk.queue.drawers = {"cash": False, "next": False, "key": True}
    desk.queue.add("cash", _CASH)
    spooler = desk.start(till_printer(emulator))
    assert eventually(lambda: emulator.drawer_kicks == [5])
    desk.queue.add("next", _CASH)
    desk.queue.add("card")
    spooler.wake()
    assert eventually(lambda: emulator.drawer_kicks == [5, 5]), "the next customer's, though a receipt waits before it"
    desk.queue.add("key", drawer(5, 100))
    spooler.wake()
    assert desk.reaches("key", PrintState.SENT)
    assert emulator.drawer_kicks == [5, 5, 5]
    assert not emulator.sheets
    emulator.set_fault("paper-out", is_active=False)
    assert desk.reaches("card", PrintState.PRINTED)
    assert len(emulator.sheets) == 3


def test_the_drawer_opens_though_a_receipt_hangs_in_the_printer(desk: Desk, emulator: ForeignPrinter) -> None:
    emulator.on_first_job = lambda: emulator.set_fault("paper-out", is_active=True)
    desk.queue.drawers = {"cash": False}
    desk.queue.add("first")
    desk.start(till_printer(emulator))
    assert desk.reaches("first", PrintState.HELD)
    desk.queue.add("cash", _CASH)
    assert eventually(lambda: emulator.drawer_kicks == [5])
    assert not emulator.sheets
    emulator.set_fault("paper-out", is_active=False)
    assert desk.reaches("cash", PrintState.PRINTED)
    assert [desk.queue.state(name) for name in ("first", "cash")] == [PrintState.PRINTED] * 2
    assert len(emulator.sheets) == 2


def test_a_printer_that_is_off_opens_nothing_and_a_late_drawer_stays_shut(desk: Desk) -> None:
    printer = SimulatedPrinter()
    printer.set_condition(Condition.OFFLINE)
    desk.queue.drawers = {"cash": False}
    desk.queue.add("cash", _CASH)
    desk.queue.add("card")
    desk.start(printer)
    assert desk.reaches("cash", PrintState.FAILED)
    assert not printer.kick()
    assert not printer.is_drawer_open
    desk.queue.drawers.clear()
    printer.set_condition(Condition.PAPER_OUT)
    assert eventually(lambda: Condition.PAPER_OUT in desk.conditions)
    assert not printer.is_drawer_open


def test_nothing_is_said_in_the_middle_of_a_job(emulator: ForeignPrinter) -> None:
    printer = till_printer(emulator)
    printer._payload = b"half a picture"
    assert not printer.kick()
    assert not EscPosPrinter(TcpPort("127.0.0.1", emulator.port), patience=HURRY).kick(), "it knows no pin"
    emulator.switch_off()
    assert not till_printer(emulator).kick()
