"""EPL2 printers are known by their model, are sent labels and asked nothing."""

from __future__ import annotations

import time

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.epl2.driver import DRIVER, Epl2Dialect
from omsdesk.devices.label_printer import LabelPrinter
from omsdesk.domain.printing import PrintState
from tests.devices.lonely_servers import read_until, server

LP2844 = Found(Address(Bus.USB, "0a5f:0009"), "Zebra LP2844 EPL", {"vendor": "0a5f", "class": "7"})


def test_an_older_zebra_is_known_by_its_model() -> None:
    assert registry.ranked(LP2844)[0][1].name == "epl2"
    assert DRIVER.probe(Found(Address(Bus.USB, "0a5f:0185"), "Zebra ZD421", {"vendor": "0a5f"})) == 0
    assert DRIVER.probe(Found(Address(Bus.KEYBOARD), "LP2844")) == 0


def test_labels_are_sent_and_not_confirmed() -> None:
    got: list[bytes] = []
    with server(lambda client: got.append(read_until(client, b"P1\n"))) as port:
        printer = registry.attach("epl2", Address(Bus.NETWORK, f"127.0.0.1:{port}"), {})
        assert isinstance(printer, LabelPrinter)
        delivery = printer.print(b"\nN\nq400\nQ240,24\nP1\n", "job")
        end = time.monotonic() + 20
        while not got and time.monotonic() < end:
            time.sleep(0.01)
    assert (delivery.state, delivery.out) == (PrintState.SENT, 0)
    assert got == [b"\nN\nq400\nQ240,24\nP1\n"]


def test_nothing_is_asked() -> None:
    dialect = Epl2Dialect()
    assert not dialect.question
    assert dialect.read(b"07\r\n", b"P1\n") is None
    assert dialect.labels_in(b"\nP3\n") == 0
