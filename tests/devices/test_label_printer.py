"""A label printer: what came out is counted, what may have come out is said, and nothing is sent blindly."""

from __future__ import annotations

import random
import socket
import threading
import time
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from omsdesk.devices.drivers.tspl.status import TsplDialect
from omsdesk.devices.drivers.zpl.status import ZplDialect
from omsdesk.devices.label_printer import LabelPrinter
from omsdesk.devices.ports import Condition, Delivery
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.labels import tspl, zpl
from omsdesk.documents.labels.layout import lay_out
from omsdesk.documents.labels.model import FieldKind, Label, LabelField
from omsdesk.domain.printing import PrintState
from tests.devices.label_printer_on_a_socket import LabelPrinterOnASocket
from tests.devices.lonely_servers import free_port, server
from tests.patience import eventually

HURRY = Patience(connect=1.0, answer=0.5, look=0.2, pause=0.02, stall=1.0)
LABEL = Label(300, 200, (LabelField("sku", FieldKind.TEXT, 10, 10, 280, 60, content="{sku}"),))
LANGUAGES: dict[str, Any] = {"zpl": (zpl, ZplDialect), "tspl": (tspl, TsplDialect)}


def labels(language: str, count: int, copies: int = 1) -> bytes:
    writer = LANGUAGES[language][0]
    return b"".join(writer.render(lay_out(LABEL, {"sku": f"S-{n}"}), copies) for n in range(count))


@pytest.fixture(params=["zpl", "tspl"])
def device(request: pytest.FixtureRequest) -> Iterator[LabelPrinterOnASocket]:
    printer = LabelPrinterOnASocket(request.param).listen()
    yield printer
    printer.switch_off()


def printer_at(device: LabelPrinterOnASocket, *, answers: bool = True) -> LabelPrinter:
    dialect = LANGUAGES[device.language][1]()
    return LabelPrinter(TcpPort("127.0.0.1", device.port), dialect, answers=answers, patience=HURRY)


def settled(printer: LabelPrinter, delivery: Delivery) -> Delivery:
    while delivery.state is PrintState.HELD:
        delivery = printer.resume()
    return delivery


def test_labels_come_out_and_are_counted(device: LabelPrinterOnASocket) -> None:
    printer = printer_at(device)
    delivery = settled(printer, printer.print(labels(device.language, 12), "job"))
    assert delivery == Delivery(PrintState.PRINTED, condition=Condition.READY, out=12)
    assert len(device.printed) == len(set(device.printed)) == 12


def test_copies_are_labels_too(device: LabelPrinterOnASocket) -> None:
    printer = printer_at(device)
    assert settled(printer, printer.print(labels(device.language, 2, copies=5), "job")).out == 10
    assert len(device.printed) == 10


@pytest.mark.parametrize(
    ("fault", "condition", "advice"),
    [
        ({"out_of_labels_after": 0}, Condition.PAPER_OUT, "Put in a new roll"),
        ({"is_head_open": True}, Condition.COVER_OPEN, "Close it"),
        ({"is_paused": True}, Condition.ERROR, "Press its pause key"),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(
    device: LabelPrinterOnASocket, fault: dict[str, Any], condition: Condition, advice: str
) -> None:
    for name, value in fault.items():
        setattr(device, name, value)
    printer = printer_at(device)
    assert printer.status().condition is condition
    delivery = printer.print(labels(device.language, 3), "job")
    assert delivery.state is PrintState.FAILED
    assert advice in delivery.sentence
    assert not device.printed


def test_labels_that_are_held_by_an_empty_roll_come_out_with_the_next_one(device: LabelPrinterOnASocket) -> None:
    device.out_of_labels_after = 4
    printer = printer_at(device)
    delivery = printer.print(labels(device.language, 9), "job")
    while delivery.condition is not Condition.PAPER_OUT:
        assert delivery.state is PrintState.HELD
        delivery = printer.resume()
    assert "Put in a new roll" in delivery.sentence
    assert printer.resume().state is PrintState.HELD
    device.put_in_labels()
    assert settled(printer, delivery).state is PrintState.PRINTED
    assert len(device.printed) == len(set(device.printed)) == 9


def test_a_zebra_that_stands_still_says_how_many_came_out() -> None:
    device = LabelPrinterOnASocket(out_of_labels_after=4).listen()
    printer = printer_at(device)
    delivery = printer.print(labels("zpl", 9), "job")
    eventually(lambda: len(device.printed) == 4)
    assert printer.resume().out == 4
    assert delivery.state is PrintState.HELD
    printer.close()
    device.switch_off()


def out_of_labels(device: LabelPrinterOnASocket, printer: LabelPrinter, count: int = 9) -> None:
    """Print until the roll is used up after four of the labels."""
    device.out_of_labels_after = 4
    delivery = printer.print(labels(device.language, count), "job")
    while delivery.condition is not Condition.PAPER_OUT:
        assert delivery.state is PrintState.HELD
        delivery = printer.resume()


def test_labels_that_are_given_up_are_forgotten_where_the_printer_says_so(device: LabelPrinterOnASocket) -> None:
    printer = printer_at(device)
    out_of_labels(device, printer)
    delivery = printer.take_back()
    device.put_in_labels()
    if device.language == "zpl":
        assert (delivery.state, delivery.out) == (PrintState.CANCELLED, 4)
        assert settled(printer, printer.print(labels("zpl", 2), "next")).state is PrintState.PRINTED
        assert len(device.printed) == 6
    else:
        assert settled(printer, delivery).state is PrintState.PRINTED
        assert len(device.printed) == 9


def test_labels_of_somebody_else_are_not_forgotten_with_ours() -> None:
    device = LabelPrinterOnASocket().listen()
    printer = printer_at(device)
    out_of_labels(device, printer)
    other = TcpPort("127.0.0.1", device.port)
    other.open(1e12)
    other.write(labels("zpl", 3), 1e12)
    assert eventually(lambda: device.waiting == 8)
    assert printer.take_back().state is PrintState.HELD
    device.put_in_labels()
    assert eventually(lambda: len(device.printed) == 12)
    printer.close()
    other.close()
    device.switch_off()


def test_a_printer_that_does_not_forget_is_told_once_and_prints_on() -> None:
    device = LabelPrinterOnASocket(can_cancel=False).listen()
    printer = printer_at(device)
    out_of_labels(device, printer)
    assert printer.take_back().state is PrintState.HELD
    device.can_cancel = True
    assert printer.take_back().state is PrintState.HELD
    device.put_in_labels()
    delivery = settled(printer, printer.resume())
    assert (delivery.state, delivery.out) == (PrintState.CANCELLED, 4), "four are certain; nobody wanted the others"
    assert len(device.printed) == len(set(device.printed)) == 9
    device.switch_off()


def test_a_printer_that_is_lost_while_it_is_to_forget_leaves_a_question() -> None:
    device = LabelPrinterOnASocket().listen()
    printer = printer_at(device)
    out_of_labels(device, printer)
    device.dies_after_bytes = device._received + 1
    assert printer.take_back().state is PrintState.UNKNOWN


def test_a_printer_that_is_lost_in_the_middle_leaves_a_question(device: LabelPrinterOnASocket) -> None:
    payload = labels(device.language, 9)
    device.dies_after_bytes = len(payload) // 2
    printer = printer_at(device)
    delivery = settled(printer, printer.print(payload, "job"))
    assert delivery.state is PrintState.UNKNOWN
    assert "Look which" in delivery.sentence


def test_a_printer_that_is_not_there_is_sent_nothing() -> None:
    printer = LabelPrinter(TcpPort("127.0.0.1", free_port()), ZplDialect(), patience=HURRY)
    assert printer.status().condition is Condition.OFFLINE
    assert printer.print(labels("zpl", 1), "job").state is PrintState.FAILED


def test_a_printer_that_never_answers_is_sent_nothing(device: LabelPrinterOnASocket) -> None:
    device.is_mute = True
    delivery = printer_at(device).print(labels(device.language, 1), "job")
    assert delivery.state is PrintState.FAILED
    assert not device.printed


def test_one_that_is_known_to_be_silent_gets_its_labels_and_confirms_none(device: LabelPrinterOnASocket) -> None:
    device.is_mute = True
    delivery = printer_at(device, answers=False).print(labels(device.language, 3), "job")
    assert (delivery.state, delivery.out) == (PrintState.SENT, 0)
    eventually(lambda: len(device.printed) == 3)


def test_a_printer_that_falls_silent_leaves_a_question(device: LabelPrinterOnASocket) -> None:
    device.seconds_a_label = 5.0
    printer = printer_at(device)
    delivery = printer.print(labels(device.language, 2), "job")
    assert delivery.state is PrintState.HELD
    device.is_mute = True
    delivery = settled(printer, delivery)
    assert delivery.state is PrintState.UNKNOWN
    assert "never said" in delivery.sentence


def test_labels_of_somebody_else_are_waited_for() -> None:
    device = LabelPrinterOnASocket(seconds_a_label=60.0).listen()
    other = TcpPort("127.0.0.1", device.port)
    other.open(1e12)
    other.write(labels("zpl", 3), 1e12)
    assert eventually(lambda: device.waiting == 3)
    delivery = printer_at(device).print(labels("zpl", 1), "job")
    other.close()
    device.switch_off()
    assert delivery.state is PrintState.FAILED
    assert "busy with other labels" in delivery.sentence


def test_a_wait_ends_when_it_is_interrupted(device: LabelPrinterOnASocket) -> None:
    device.seconds_a_label = 60.0
    dialect = LANGUAGES[device.language][1]()
    printer = LabelPrinter(TcpPort("127.0.0.1", device.port), dialect, patience=replace(HURRY, answer=20.0, stall=30.0))
    assert printer.print(labels(device.language, 2), "job").state is PrintState.HELD
    printer.interrupt()
    began = time.monotonic()
    assert printer.resume().state is PrintState.HELD
    assert time.monotonic() - began < 0.5
    printer.close()


@pytest.mark.parametrize("seed", range(12))
def test_wherever_the_wire_breaks_none_is_lost_and_none_is_doubled(seed: int) -> None:
    """What certainly came out is a start of what was sent; what is not known to have come out is a question."""
    dice = random.Random(seed)
    payload = labels("zpl", 8)
    device = LabelPrinterOnASocket(dies_after_bytes=dice.randrange(1, len(payload) + 40)).listen()
    printer = printer_at(device)
    delivery = settled(printer, printer.print(payload, "job"))
    device.switch_off()
    assert len(device.printed) == len(set(device.printed))
    if delivery.state is PrintState.FAILED:
        assert not device.printed
    elif delivery.state is PrintState.PRINTED:
        assert len(device.printed) == 8
    else:
        assert delivery.state is PrintState.UNKNOWN
        assert delivery.out <= len(device.printed)


def test_a_printer_with_other_dots_is_sent_nothing_and_says_what_to_set() -> None:
    device = LabelPrinterOnASocket(dots_per_mm=12).listen()
    delivery = printer_at(device).print(labels("zpl", 1), "job")
    assert delivery.state is PrintState.FAILED
    assert "has 300 dots in an inch and is set up with 203. Set it up with 300." in delivery.sentence
    device.dots_per_mm = 0
    printer = printer_at(device)
    assert settled(printer, printer.print(labels("zpl", 1), "job")).state is PrintState.PRINTED
    device.switch_off()


def test_labels_on_their_way_to_a_silent_printer_are_not_called_sent() -> None:
    is_taking = threading.Event()

    def slow(client: socket.socket) -> None:
        is_taking.wait(20)
        while client.recv(4096):
            pass

    with server(slow) as port:
        printer = LabelPrinter(TcpPort("127.0.0.1", port), ZplDialect(), answers=False, patience=HURRY)
        delivery = printer.print(labels("zpl", 3) * 1000, "job")
        assert delivery.state is PrintState.HELD
        is_taking.set()
        assert settled(printer, delivery).state is PrintState.SENT
