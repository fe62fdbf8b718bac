"""A receipt printer on a serial port from end to end: a real terminal below, and an interpreter that is not ours."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import replace

import pytest

from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.ports import Condition
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.serial_line import Line, SerialPort
from omsdesk.documents.escpos import render
from omsdesk.documents.printer_profile import EPSON_80, verified_pages
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.wires.terminals import Cable
from tests.documents.samples import CZECH, ORDINARY, SALE_ID

BYTES_A_SECOND = 960
"""9600 bits, of which a byte takes ten."""


class PrinterOnACable:
    """Hands what comes over the line to the foreign printer, and back what that answers."""

    def __init__(self) -> None:
        self.cable, self.printer = Cable(), ForeignPrinter()
        self.printer.plug_in("serial", self.cable.say)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def _run(self) -> None:
        while not self._is_over.is_set():
            if data := self.cable.hear(0.05):
                self.printer.hear("serial", data)

    def end(self) -> None:
        """Pull the cable."""
        self._is_over.set()
        self._thread.join()
        self.cable.pull_out()


@pytest.fixture
def there() -> Iterator[PrinterOnACable]:
    made = PrinterOnACable()
    yield made
    made.end()


def printer_on(cable: Cable) -> EscPosPrinter:
    patience = Patience(connect=5, answer=5, look=1, stall=20)
    return EscPosPrinter(SerialPort(cable.name, Line.parse("9600 8N1", "none")), patience=patience)


def test_a_receipt_comes_out_over_a_serial_line(there: PrinterOnACable) -> None:
    delivery = printer_on(there.cable).print(render(receipt_paper(ORDINARY)).payload, "job")
    assert (delivery.state, delivery.condition) == (PrintState.PRINTED, Condition.READY)
    assert there.printer.sheets[0].codes == (SALE_ID,)


def test_a_serial_printer_says_what_it_lacks(there: PrinterOnACable) -> None:
    there.printer.set_fault("paper-near-end", is_active=True)
    assert printer_on(there.cable).status().condition is Condition.PAPER_LOW
    there.printer.set_fault("cover-open", is_active=True)
    assert printer_on(there.cable).status().condition is Condition.COVER_OPEN


def test_an_ordinary_receipt_in_text_is_there_in_two_seconds_at_9600_bits() -> None:
    assert len(render(receipt_paper(ORDINARY)).payload) < 2 * BYTES_A_SECOND


def test_what_is_drawn_takes_many_times_as_long() -> None:
    """A receipt of which no table holds the letters: 24 seconds at 9600 bits, not one and a half as text."""
    plain = replace(EPSON_80, code_pages=verified_pages("none"))
    text, drawn = len(render(receipt_paper(CZECH)).payload), len(render(receipt_paper(CZECH), plain).payload)
    assert text < 2 * BYTES_A_SECOND
    assert 20 * BYTES_A_SECOND < drawn < 30 * BYTES_A_SECOND
