"""Answers told apart from everything else on the wire: nothing but an answer proves that paper came out."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable
from contextlib import suppress

import pytest

from omsdesk.devices.drivers.escpos.conversation import Conversation
from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.ports import Condition, Delivery, DeviceError
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.escpos import render
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.lonely_servers import READY, answer_questions, read_until, server
from tests.documents.samples import LONG, ORDINARY

HURRY = Patience(connect=0.5, answer=0.2, look=0.1, stall=0.5)
RECEIPT = render(receipt_paper(ORDINARY)).payload
BARRIER = b"\x1dr\x01"
SENDS_STATUS_BY_ITSELF = b"\x1da\xff"
"""GS a: the printer tells of every change unasked, four bytes each time (Automatic Status Back)."""


def delivered(behaviour: Callable[[socket.socket], None]) -> Delivery:
    """What becomes of a receipt at a printer that behaves so."""
    with server(behaviour) as port:
        printer = EscPosPrinter(TcpPort("127.0.0.1", port), patience=HURRY)
        delivery = printer.print(RECEIPT, "job")
        while delivery.state is PrintState.HELD:
            delivery = printer.resume()
        printer.close()
    return delivery


def answer_and_read(client: socket.socket, more: bytes = b"", cause: bytes = b"\x12") -> None:
    """Answer each question, and send something more once the whole job is there; never confirm."""
    said = b""
    while data := client.recv(65536):
        said += data
        for question, answer in READY.items():
            if said.endswith(question):
                client.sendall(cause if question.endswith(b"\x02") else answer)
        if said.endswith(BARRIER) and more:
            client.sendall(more)


# --- what is no proof -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("fault", ["paper-out", "cover-open"])
def test_a_status_that_the_printer_sends_unasked_is_no_proof_of_paper(fault: str) -> None:
    """Another program may have switched it on, and its bytes look like the answer that we wait for."""
    emulator = ForeignPrinter().listen()
    emulator.on_first_job = lambda: emulator.set_fault(fault, is_active=True)
    printer = EscPosPrinter(TcpPort("127.0.0.1", emulator.port), patience=HURRY)
    delivery = printer.print(b"\x1b@" + SENDS_STATUS_BY_ITSELF + RECEIPT, "job")
    assert delivery.state is PrintState.HELD
    assert not emulator.sheets
    emulator.set_fault(fault, is_active=False)
    while delivery.state is PrintState.HELD:
        delivery = printer.resume()
    assert (delivery.state, len(emulator.sheets)) == (PrintState.PRINTED, 1)
    emulator.switch_off()


@pytest.mark.parametrize(
    "unasked",
    [b"\x10\x00\x00\x00", b"\x18\x00\x0c\x0f", b"\x34\x00\x0c\x00\x10\x00\x00\x00", b"\x11\x13", b"\x12", b"\xff\x80"],
    ids=["well", "paper out", "cover then well", "flow control", "an answer again", "noise"],
)
def test_bytes_after_the_job_that_are_no_answer_to_it_leave_it_unknown(unasked: bytes) -> None:
    assert delivered(lambda client: answer_and_read(client, unasked)).state is PrintState.UNKNOWN


def test_a_status_in_two_pieces_is_still_a_status() -> None:
    def in_pieces(client: socket.socket) -> None:
        answer_questions(client)
        read_until(client, BARRIER)
        for byte in (b"\x18", b"\x00", b"\x0c", b"\x0f"):
            client.sendall(byte)
            time.sleep(0.03)
        answer_and_read(client)

    assert delivered(in_pieces).state is PrintState.UNKNOWN


def test_an_answer_right_behind_a_status_is_heard() -> None:
    assert delivered(lambda client: answer_and_read(client, b"\x10\x00\x00\x00\x00")).state is PrintState.PRINTED


def test_what_was_said_before_the_job_does_not_confirm_it() -> None:
    def hasty(client: socket.socket) -> None:
        client.sendall(b"\x00\x00")
        answer_and_read(client)

    assert delivered(hasty).state is PrintState.UNKNOWN


@pytest.mark.parametrize(
    "answer",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",
        b'@PJL INFO STATUS\r\nCODE=10001\r\nDISPLAY="Ready"\r\n',
        b"SSH-2.0-Server\r\n",
    ],
    ids=["web server", "office printer", "shell"],
)
def test_a_machine_at_the_address_that_is_no_receipt_printer_never_confirms(answer: bytes) -> None:
    def other(client: socket.socket) -> None:
        while client.recv(65536):
            client.sendall(answer)

    assert delivered(other).state is not PrintState.PRINTED


# --- a printer that takes its time ------------------------------------------------------------------------------------


def test_a_device_that_never_stops_talking_is_given_up_in_time() -> None:
    def babbles(client: socket.socket) -> None:
        with suppress(OSError):
            while True:
                client.sendall(b"\xff" * 1024)

    start = time.monotonic()
    with server(babbles) as port:
        wire = TcpPort("127.0.0.1", port)
        wire.open(time.monotonic() + 1)
        with pytest.raises(DeviceError, match="does not answer"):
            Conversation(wire, 0.2).condition()
        wire.close()
    assert time.monotonic() - start < 10


def test_a_printer_that_takes_the_job_in_by_sips_is_waited_for_and_looked_at() -> None:
    done = threading.Event()

    def sips(client: socket.socket) -> None:
        answer_questions(client)
        said = b""
        while BARRIER not in said[-60:]:  # questions may stand behind it already
            said += client.recv(100_000)
            time.sleep(0.02)
        client.sendall(b"\x00")
        done.wait(60)

    with server(sips) as port:
        patience = Patience(connect=1, answer=1, look=0.1, stall=60)
        printer = EscPosPrinter(TcpPort("127.0.0.1", port), patience=patience)
        start = time.monotonic()
        delivery = printer.print(RECEIPT * 3000, "job")
        assert time.monotonic() - start < 20, "a look takes its time and no more"
        assert (delivery.state, delivery.sentence) == (PrintState.HELD, "The printer is still taking in the job.")
        while delivery.state is PrintState.HELD:
            delivery = printer.resume()
        assert delivery.state is PrintState.PRINTED
        done.set()


def test_an_answer_that_comes_late_is_still_the_answer() -> None:
    def late(client: socket.socket) -> None:
        for question, answer in READY.items():
            assert client.recv(3) == question
            time.sleep(0.1)
            client.sendall(answer)
        read_until(client, BARRIER)
        time.sleep(0.25)
        client.sendall(b"\x00")
        while client.recv(65536):
            pass

    assert delivered(late).state is PrintState.PRINTED


def test_a_printer_that_closes_its_half_of_the_line_leaves_the_job_unknown() -> None:
    def half_closes(client: socket.socket) -> None:
        answer_questions(client)
        client.shutdown(socket.SHUT_WR)
        read_until(client, BARRIER)

    delivery = delivered(half_closes)
    assert delivery.state is PrintState.UNKNOWN
    assert "lost" in delivery.sentence


def test_a_cover_that_opens_during_the_job_is_named_and_waited_for_longer_than_silence() -> None:
    with server(lambda client: answer_and_read(client, cause=b"\x12")) as port:
        printer = EscPosPrinter(TcpPort("127.0.0.1", port), patience=HURRY)
        assert printer.print(RECEIPT, "job").state is PrintState.HELD
        printer.close()
    opened = 0.0

    def opens(client: socket.socket) -> None:
        answer_questions(client)
        read_until(client, BARRIER)
        answer_and_read(client, cause=b"\x16")

    with server(opens) as port:
        printer = EscPosPrinter(TcpPort("127.0.0.1", port), patience=HURRY)
        delivery, opened = printer.print(RECEIPT, "job"), time.monotonic()
        while delivery.state is PrintState.HELD and time.monotonic() - opened < 2 * HURRY.stall:
            delivery = printer.resume()
        assert (delivery.state, delivery.condition) == (PrintState.HELD, Condition.COVER_OPEN)
        printer.close()


def test_a_long_receipt_in_one_byte_pieces_is_the_same_receipt() -> None:
    emulator = ForeignPrinter()
    module = emulator._printer
    payload = render(receipt_paper(LONG)).payload
    emulator._apply(module.open_connection("slow", time.monotonic()))
    for byte in payload:
        emulator._apply(module.receive("slow", bytes([byte]), time.monotonic()))
    emulator._apply(module.close_connection("slow", time.monotonic()))
    assert emulator.sheets[0].text == ForeignPrinter().print(payload).text
