"""A printer on the network: proof that paper came out, and honesty where there is none."""

from __future__ import annotations

import socket
import sys
import threading
import time
from contextlib import suppress
from dataclasses import replace

import pytest

from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.ports import Condition, Delivery
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.escpos import render
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.lonely_servers import READY, answer_questions, free_port, hang, read_until, reset, server
from tests.documents.samples import CZECH, LONG, ORDINARY, SALE_ID
from tests.patience import eventually

HURRY = Patience(connect=0.5, answer=0.2, look=0.1, stall=0.6)
RECEIPT = render(receipt_paper(ORDINARY)).payload
BARRIER = b"\x1dr\x01"


def printer_at(port: int, *, answers: bool = True, patience: Patience = HURRY) -> EscPosPrinter:
    return EscPosPrinter(TcpPort("127.0.0.1", port), answers=answers, patience=patience)


def settled(printer: EscPosPrinter, delivery: Delivery) -> Delivery:
    """Stay with a held job to its end."""
    while delivery.state is PrintState.HELD:
        delivery = printer.resume()
    return delivery


# --- against an emulator that is not ours -----------------------------------------------------------------------------


def test_a_receipt_comes_out_and_the_printer_says_so(emulator: ForeignPrinter) -> None:
    delivery = printer_at(emulator.port).print(RECEIPT, "job")
    assert delivery == Delivery(PrintState.PRINTED, condition=Condition.READY)
    assert len(emulator.sheets) == 1
    assert "Croissant au beurre" in emulator.sheets[0].text
    assert emulator.sheets[0].codes == (SALE_ID,)


def test_receipts_follow_one_another_each_whole(emulator: ForeignPrinter) -> None:
    printer = printer_at(emulator.port)
    for document in (CZECH, LONG, ORDINARY):
        assert printer.print(render(receipt_paper(document)).payload, "job").state is PrintState.PRINTED
    assert [("čokoláda" in s.text, "number 40" in s.text) for s in emulator.sheets] == [
        (True, False),
        (False, True),
        (False, False),
    ]


@pytest.mark.parametrize(
    ("fault", "expected", "advice"),
    [
        ("paper-out", Condition.PAPER_OUT, "Put in a new roll"),
        ("cover-open", Condition.COVER_OPEN, "Close it"),
        ("offline", Condition.OFFLINE, "switched on"),
    ],
)
def test_a_printer_that_cannot_print_is_sent_nothing(
    emulator: ForeignPrinter, fault: str, expected: Condition, advice: str
) -> None:
    emulator.set_fault(fault, is_active=True)
    printer = printer_at(emulator.port)
    assert printer.status().condition is expected
    delivery = printer.print(RECEIPT, "job")
    assert (delivery.state, delivery.condition) == (PrintState.FAILED, expected)
    assert advice in delivery.sentence
    emulator.set_fault(fault, is_active=False)
    assert not emulator.sheets, "nothing may come out of what was called not sent"
    assert printer.print(RECEIPT, "job").state is PrintState.PRINTED
    assert len(emulator.sheets) == 1


def test_paper_that_runs_low_is_said_and_printed_on(emulator: ForeignPrinter) -> None:
    emulator.set_fault("paper-near-end", is_active=True)
    delivery = printer_at(emulator.port).print(RECEIPT, "job")
    assert (delivery.state, delivery.condition) == (PrintState.PRINTED, Condition.PAPER_LOW)


def test_paper_that_runs_out_in_the_middle_holds_the_job_until_there_is_paper(emulator: ForeignPrinter) -> None:
    printer = printer_at(emulator.port)
    # The fault comes between the questions and the job, as it does in the middle of a long receipt.
    emulator.on_first_job = lambda: emulator.set_fault("paper-out", is_active=True)
    delivery = printer.print(RECEIPT, "job")
    assert (delivery.state, delivery.condition) == (PrintState.HELD, Condition.PAPER_OUT)
    assert printer.resume().state is PrintState.HELD
    assert not emulator.sheets
    emulator.set_fault("paper-out", is_active=False)
    assert settled(printer, printer.resume()).state is PrintState.PRINTED
    assert len(emulator.sheets) == 1, "printed once, by the printer itself"


def test_a_held_job_is_unknown_once_the_printer_loses_its_power(emulator: ForeignPrinter) -> None:
    printer = printer_at(emulator.port)
    emulator.on_first_job = lambda: emulator.set_fault("cover-open", is_active=True)
    assert printer.print(RECEIPT, "job").state is PrintState.HELD
    emulator.switch_off()
    delivery = settled(printer, printer.resume())
    assert (delivery.state, delivery.condition) == (PrintState.UNKNOWN, Condition.OFFLINE)


# --- against printers that misbehave ----------------------------------------------------------------------------------


def test_nobody_at_the_address_means_nothing_was_sent() -> None:
    delivery = printer_at(free_port()).print(RECEIPT, "job")
    assert (delivery.state, delivery.condition) == (PrintState.FAILED, Condition.OFFLINE)
    assert "Check that it is switched on" in delivery.sentence


def test_an_address_that_does_not_exist_is_said() -> None:
    delivery = EscPosPrinter(TcpPort("", 0), patience=HURRY).print(RECEIPT, "job")
    assert delivery.state is PrintState.FAILED


def test_a_printer_that_accepts_and_says_nothing_gets_nothing() -> None:
    received: list[bytes] = []

    def silent(client: socket.socket) -> None:
        while data := client.recv(4096):
            received.append(data)

    with server(silent) as port:
        delivery = printer_at(port).print(RECEIPT, "job")
    assert delivery.state is PrintState.FAILED
    assert b"".join(received) == b"\x10\x04\x01", "the first question and no byte of the job"


def test_a_printer_that_dies_after_the_job_leaves_it_unknown() -> None:
    def dies(client: socket.socket) -> None:
        answer_questions(client)
        client.recv(200)
        reset(client)

    with server(dies) as port:
        printer = printer_at(port)
        delivery = settled(printer, printer.print(RECEIPT, "job"))
    assert delivery.state is PrintState.UNKNOWN
    assert "lost" in delivery.sentence


def test_a_printer_that_hangs_up_politely_in_the_middle_leaves_it_unknown() -> None:
    def leaves(client: socket.socket) -> None:
        answer_questions(client)
        read_until(client, BARRIER)

    with server(leaves) as port:
        printer = printer_at(port)
        assert settled(printer, printer.print(RECEIPT, "job")).state is PrintState.UNKNOWN


def test_a_printer_that_dies_between_the_questions_got_nothing() -> None:
    def dies(client: socket.socket) -> None:
        client.recv(3)
        reset(client)

    with server(dies) as port:
        assert printer_at(port).print(RECEIPT, "job").state is PrintState.FAILED


def test_a_printer_that_takes_the_job_and_falls_silent_is_unknown_after_a_while() -> None:
    def hangs(client: socket.socket) -> None:
        answer_questions(client)
        while client.recv(65536):
            pass

    with server(hangs) as port:
        printer = printer_at(port)
        first = printer.print(RECEIPT, "job")
        assert first.state is PrintState.HELD
        assert settled(printer, first).state is PrintState.UNKNOWN


def test_a_printer_that_stops_reading_holds_the_job_and_then_nobody_knows() -> None:
    enough = threading.Event()

    def stops(client: socket.socket) -> None:
        client.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
        answer_questions(client)
        enough.wait(60)

    with server(stops) as port:
        printer = printer_at(port)
        delivery = printer.print(RECEIPT * 2000, "job")
        while "takes no more data" not in delivery.sentence:
            # What stands between the two, the system and its buffers, takes some more.
            assert delivery.state is PrintState.HELD
            delivery = printer.resume()
        assert settled(printer, delivery).state is PrintState.UNKNOWN
        enough.set()


def test_a_slow_printer_is_waited_for() -> None:
    def slow(client: socket.socket) -> None:
        answer_questions(client)
        read_until(client, BARRIER)
        for _ in range(4):  # while paper moves, it answers questions and not the barrier
            answer_questions(client)
        client.sendall(b"\x00")
        client.recv(1)

    with server(slow) as port:
        printer = printer_at(port, patience=Patience(connect=1, answer=1, look=0.05, stall=10))
        first = printer.print(RECEIPT, "job")
        assert (first.state, first.sentence) == (PrintState.HELD, "The printer is still printing.")
        assert settled(printer, first).state is PrintState.PRINTED


def test_an_answer_to_a_question_is_never_taken_for_a_confirmation() -> None:
    """Pictures may hold the bytes of a question, and printers answer those."""

    def chatters(client: socket.socket) -> None:
        answer_questions(client)
        client.sendall(b"\x12\x16\x1a")
        read_until(client, BARRIER)
        reset(client)

    with server(chatters) as port:
        printer = printer_at(port)
        assert settled(printer, printer.print(RECEIPT, "job")).state is PrintState.UNKNOWN


def test_a_printer_that_cannot_answer_is_sent_to_and_never_called_printed() -> None:
    received: list[bytes] = []

    def one_way(client: socket.socket) -> None:
        while data := client.recv(4096):
            received.append(data)

    with server(one_way) as port:
        printer = printer_at(port, answers=False)
        assert printer.status().condition is Condition.READY
        assert printer.print(RECEIPT, "job").state is PrintState.SENT
        assert eventually(lambda: b"".join(received) == RECEIPT)


def test_interrupting_ends_a_wait_within_a_fraction_of_a_second() -> None:
    with server(hang) as port:
        printer = printer_at(port, patience=Patience(connect=30, answer=30, look=30, stall=30))
        threading.Timer(0.1, printer.interrupt).start()
        start = time.monotonic()
        assert printer.print(RECEIPT, "job").state is PrintState.FAILED
        assert time.monotonic() - start < 10


def test_a_late_answer_of_the_job_before_is_no_proof_for_the_next_one() -> None:
    """As on a serial line, or behind a box that puts one on the network: what is owed comes over any connection."""
    asked: list[bytes] = []

    def works_slowly(client: socket.socket) -> None:
        heard = b""
        while data := client.recv(65536):
            heard += data
            for question, answer in READY.items():
                if heard.endswith(question):
                    client.sendall(answer)
                    heard = b""
            if heard.endswith(BARRIER):
                asked.append(heard)
                heard = b""
                if len(asked) == 2:
                    client.sendall(b"\x00")

    with server(works_slowly) as port:
        printer = printer_at(port)
        first = settled(printer, printer.print(RECEIPT, "first"))
        second = settled(printer, printer.print(RECEIPT, "second"))
        third = settled(printer, printer.print(RECEIPT, "third"))
    assert (first.state, second.state) == (PrintState.UNKNOWN, PrintState.UNKNOWN)
    assert [len(data) > 10 for data in asked] == [True, False, True, False]
    assert third.state is PrintState.UNKNOWN, "it owes an answer and stays silent: nothing it says is proof"
    assert "one that gives no answers" in third.sentence


def test_an_interruption_ends_the_handing_over_at_once_and_burns_no_time() -> None:
    def takes_nothing(client: socket.socket) -> None:
        answer_questions(client)
        hang(client)

    patient = Patience(connect=20, answer=20, look=20, stall=60)
    with server(takes_nothing) as port:
        printer = printer_at(port, patience=patient)
        threading.Timer(0.3, printer.interrupt).start()
        began, worked = time.monotonic(), time.thread_time()
        assert printer.print(bytes(50_000_000), "job").state is PrintState.HELD
        assert time.monotonic() - began < 15
        assert time.thread_time() - worked < 5
        printer.close()


LONG_JOB = RECEIPT * (1_000_000 // len(RECEIPT))
"""More than the network has room for on its way."""


def test_hanging_up_on_a_printer_that_talks_unasked_cuts_nothing_off() -> None:
    """A printer that sends its status by itself, and is set up as one that gives no answers: a common mistake."""
    received: list[bytes] = []

    def slow_and_talkative(client: socket.socket) -> None:
        client.sendall(b"\x14\x00\x00\x0f")
        while data := client.recv(4096):
            received.append(data)
            time.sleep(0.002)
            with suppress(OSError):
                client.sendall(b"\x14\x00\x00\x0f")

    with server(slow_and_talkative) as port:
        printer = printer_at(port, answers=False, patience=replace(HURRY, stall=20))
        assert settled(printer, printer.print(LONG_JOB, "job")).state is PrintState.SENT
        assert eventually(lambda: b"".join(received) == LONG_JOB)


@pytest.mark.skipif(sys.platform == "win32", reason="Windows does not tell what is on its way")
def test_what_a_silent_printer_did_not_take_is_never_called_sent() -> None:
    with server(hang) as port:
        printer = printer_at(port, answers=False)
        delivery = printer.print(LONG_JOB, "job")
        assert delivery.state is PrintState.HELD
        while (following := printer.resume()).state is PrintState.HELD:
            delivery = following
        assert "Check its paper" in delivery.sentence
        assert following.state is PrintState.UNKNOWN
