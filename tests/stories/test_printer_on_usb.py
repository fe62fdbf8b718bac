"""A receipt printer on USB from end to end: pyusb is the real one, and so is the interpreter of the bytes."""

from __future__ import annotations

import pytest

from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.ports import Condition, Delivery
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.usb import UsbPort
from omsdesk.documents.escpos import render
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.printer_on_usb import PrinterOnUsb
from tests.devices.wires.usb_socket import UsbSocket
from tests.documents.samples import LONG, ORDINARY, SALE_ID

HURRY = Patience(connect=5, answer=3, look=0.2, stall=1.0)
RECEIPT = render(receipt_paper(ORDINARY)).payload
LONG_ONE = render(receipt_paper(LONG)).payload


class Bench:
    """A printer on a bus."""

    def __init__(self, *, has_way_back: bool = True) -> None:
        self.printer = ForeignPrinter()
        self.cable = PrinterOnUsb(self.printer, has_way_back=has_way_back)
        self.bus = UsbSocket(self.cable.gadget)
        port = UsbPort("04b8:0202:X1", self.bus)
        self.ours = EscPosPrinter(port, answers=has_way_back, patience=HURRY)

    def print(self, payload: bytes = RECEIPT) -> Delivery:
        """Print, and stay with it to its end."""
        delivery = self.ours.print(payload, "job")
        while delivery.state is PrintState.HELD:
            delivery = self.ours.resume()
        return delivery


def test_a_receipt_comes_out_and_the_printer_says_so() -> None:
    bench = Bench()
    assert bench.print() == Delivery(PrintState.PRINTED, condition=Condition.READY)
    (sheet,) = bench.printer.sheets
    assert sheet.codes == (SALE_ID,)
    assert not bench.cable.gadget.is_claimed, "the device is let go after the job"


@pytest.mark.parametrize(
    ("fault", "condition"), [("paper-out", Condition.PAPER_OUT), ("cover-open", Condition.COVER_OPEN)]
)
def test_a_printer_that_cannot_print_is_sent_nothing(fault: str, condition: Condition) -> None:
    bench = Bench()
    bench.printer.set_fault(fault, is_active=True)
    delivery = bench.print()
    assert (delivery.state, delivery.condition) == (PrintState.FAILED, condition)
    bench.printer.set_fault(fault, is_active=False)
    assert bench.print().state is PrintState.PRINTED
    assert len(bench.printer.sheets) == 1


def test_paper_that_runs_out_during_the_job_holds_it_and_it_comes_out_once() -> None:
    bench = Bench()
    honest = bench.cable.gadget.takes

    def run_out(data: bytes) -> int:
        if data.startswith(b"\x1b@"):
            bench.printer.set_fault("paper-out", is_active=True)
        return honest(data) if honest else len(data)

    bench.cable.gadget.takes = run_out
    delivery = bench.ours.print(RECEIPT, "job")
    while "roll" not in delivery.sentence:
        assert delivery.state is PrintState.HELD
        delivery = bench.ours.resume()
    assert delivery.condition is Condition.PAPER_OUT
    bench.printer.set_fault("paper-out", is_active=False)
    while delivery.state is PrintState.HELD:
        delivery = bench.ours.resume()
    assert delivery.state is PrintState.PRINTED
    assert len(bench.printer.sheets) == 1


def test_a_cable_pulled_during_the_job_leaves_it_unknown_and_the_next_one_prints_from_another_port() -> None:
    bench = Bench()
    bench.cable.unplug_after = 1500
    delivery = bench.print(LONG_ONE)
    assert delivery.state is PrintState.UNKNOWN
    away = bench.print()
    assert (away.state, away.condition) == (PrintState.FAILED, Condition.OFFLINE)
    # Another socket: the bus has another device, with the same number of its own.
    again = PrinterOnUsb(bench.printer)
    bench.bus.gadgets = [again.gadget]
    assert bench.print().state is PrintState.PRINTED
    assert bench.printer.sheets[-1].codes == (SALE_ID,)


def test_a_printer_without_a_way_back_is_sent_its_job_and_nobody_says_more() -> None:
    bench = Bench(has_way_back=False)
    assert bench.print().state is PrintState.SENT
    assert len(bench.printer.sheets) == 1
