"""The spooler's promise: no job is lost, none is printed twice by itself, and a printer that fails stops nobody."""

from __future__ import annotations

import socket
import threading
import time
from pathlib import Path

import pytest

from omsdesk.devices import spooler as spooler_module
from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.drivers.file.printer import FilePrinter
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.ports import Condition, Delivery, PrinterStatus
from omsdesk.devices.spooler import BACKOFF, Spooler
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.documents.escpos import render
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.lonely_servers import Behaviour, answer_questions, free_port, hang, read_until, server
from tests.devices.spooling_desk import RECEIPT, Desk
from tests.documents.samples import LONG
from tests.patience import eventually

LONG_RECEIPT = render(receipt_paper(LONG)).payload
HURRY = Patience(connect=0.5, answer=0.2, look=0.1, stall=0.5)

_QUEUED, _SENDING, _HELD, _FAILED = PrintState.QUEUED, PrintState.SENDING, PrintState.HELD, PrintState.FAILED


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures are tried again at once, so that a test need not wait."""
    monkeypatch.setattr(spooler_module, "BACKOFF", (0.02,) * len(BACKOFF))


@pytest.fixture
def patient(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures are tried again so late that nothing in a story comes of it."""
    monkeypatch.setattr(spooler_module, "BACKOFF", (600.0,) * len(BACKOFF))


def network(port: int) -> EscPosPrinter:
    return EscPosPrinter(TcpPort("127.0.0.1", port), patience=HURRY)


# --- the ordinary day -------------------------------------------------------------------------------------------------


def test_jobs_come_out_in_their_order(desk: Desk, emulator: ForeignPrinter) -> None:
    desk.queue.add("first", LONG_RECEIPT)
    desk.queue.add("second", RECEIPT)
    desk.start(network(emulator.port))
    assert desk.reaches("second", PrintState.PRINTED)
    assert ["number 40" in sheet.text for sheet in emulator.sheets] == [True, False]
    assert desk.queue.history("first") == [_SENDING, PrintState.PRINTED]


def test_a_job_that_comes_later_is_printed_when_the_spooler_is_woken(desk: Desk, emulator: ForeignPrinter) -> None:
    spooler = desk.start(network(emulator.port), poll_seconds=60)
    assert eventually(lambda: spooler.status.condition is Condition.READY)
    desk.queue.add("job")
    spooler.wake()
    assert desk.reaches("job", PrintState.PRINTED)


def test_a_job_is_noted_as_sending_before_its_first_byte_leaves(desk: Desk) -> None:
    seen: list[PrintState] = []

    class Watching(SimulatedPrinter):
        def print(self, payload: bytes, name: str) -> Delivery:
            seen.append(desk.queue.state(name))
            return super().print(payload, name)

    desk.queue.add("job")
    desk.start(Watching())
    assert desk.reaches("job", PrintState.PRINTED)
    assert seen == [_SENDING]


def test_a_folder_takes_jobs_like_any_printer(desk: Desk, tmp_path: Path) -> None:
    desk.queue.add("job-7")
    desk.start(FilePrinter(tmp_path / "out"))
    assert desk.reaches("job-7", PrintState.PRINTED)
    assert (tmp_path / "out" / "job-7.bin").read_bytes() == RECEIPT


def test_a_printer_that_cannot_confirm_ends_as_sent(desk: Desk) -> None:
    def one_way(client: socket.socket) -> None:
        while client.recv(4096):
            pass

    with server(one_way) as port:
        desk.queue.add("job")
        desk.start(EscPosPrinter(TcpPort("127.0.0.1", port), answers=False, patience=HURRY))
        assert desk.reaches("job", PrintState.SENT)


# --- trouble that a person can mend -----------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_a_printer_that_is_switched_on_later_prints_everything_once(desk: Desk) -> None:
    emulator = ForeignPrinter(port=free_port())
    desk.queue.add("one")
    desk.queue.add("two")
    desk.start(network(emulator.port))
    assert desk.reaches("one", _FAILED)
    assert desk.queue.state("two") is _QUEUED
    emulator.listen()
    assert desk.reaches("two", PrintState.PRINTED)
    assert len(emulator.sheets) == 2
    assert desk.conditions[0] is Condition.OFFLINE
    assert desk.conditions[-1] is Condition.READY
    emulator.switch_off()


@pytest.mark.usefixtures("quick")
def test_new_paper_is_all_it_takes(desk: Desk, emulator: ForeignPrinter) -> None:
    emulator.set_fault("paper-out", is_active=True)
    desk.queue.add("job")
    spooler = desk.start(network(emulator.port))
    assert eventually(lambda: spooler.status.condition is Condition.PAPER_OUT)
    assert "Put in a new roll" in spooler.status.sentence
    emulator.set_fault("paper-out", is_active=False)
    assert desk.reaches("job", PrintState.PRINTED)
    assert len(emulator.sheets) == 1


def test_a_receipt_caught_in_the_printer_is_held_and_comes_out_once(desk: Desk, emulator: ForeignPrinter) -> None:
    emulator.on_first_job = lambda: emulator.set_fault("paper-out", is_active=True)
    desk.queue.add("job")
    spooler = desk.start(network(emulator.port))
    assert desk.reaches("job", _HELD)
    assert eventually(lambda: spooler.status.condition is Condition.PAPER_OUT)
    assert "new roll" in desk.queue.detail("job")
    emulator.set_fault("paper-out", is_active=False)
    assert desk.reaches("job", PrintState.PRINTED)
    assert desk.queue.history("job") == [_SENDING, _HELD, PrintState.PRINTED]
    assert len(emulator.sheets) == 1


def test_paper_that_runs_low_is_told_to_the_screen_once(desk: Desk, emulator: ForeignPrinter) -> None:
    emulator.set_fault("paper-near-end", is_active=True)
    desk.queue.add("job")
    desk.start(network(emulator.port))
    assert desk.reaches("job", PrintState.PRINTED)
    time.sleep(0.2)
    assert desk.conditions == [Condition.PAPER_LOW]


def test_a_cancelled_job_lets_the_next_one_through(desk: Desk) -> None:
    printer = SimulatedPrinter()
    printer.set_condition(Condition.OFFLINE)
    desk.queue.add("stuck")
    desk.queue.add("next")
    spooler = desk.start(printer)
    assert desk.reaches("stuck", _FAILED)
    desk.queue.cancel("stuck")
    printer.set_condition(Condition.READY)
    spooler.wake()
    assert desk.reaches("next", PrintState.PRINTED)
    assert desk.queue.state("stuck") is PrintState.CANCELLED


def test_a_drawer_never_opens_when_nobody_stands_there_any_more(desk: Desk) -> None:
    printer = SimulatedPrinter()
    desk.queue.add("kick", b"\x1b@\x1bp\x00\x19\xfa", expires_ms=round(time.time() * 1000) - 1)
    desk.queue.add("receipt")
    desk.start(printer)
    assert desk.reaches("receipt", PrintState.PRINTED)
    assert desk.queue.history("kick") == [PrintState.CANCELLED]
    assert printer.kicked_pins == ()


# --- trouble that needs a person's eyes -------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_a_job_of_unknown_fate_is_never_sent_again(desk: Desk) -> None:
    received: list[bytes] = []

    def takes_and_dies(client: socket.socket) -> None:
        answer_questions(client)
        received.append(read_until(client, b"\x1dr\x01"))

    with server(takes_and_dies) as port:
        desk.queue.add("job")
        desk.start(network(port))
        assert desk.reaches("job", PrintState.UNKNOWN)
        time.sleep(0.3)
    assert [job for job in received if job] == [RECEIPT + b"\x1dr\x01"], "the rest were questions"
    assert desk.queue.history("job") == [_SENDING, PrintState.UNKNOWN]


@pytest.mark.parametrize("state", [_SENDING, _HELD])
def test_what_a_crash_interrupted_is_asked_about_and_not_printed(desk: Desk, state: PrintState) -> None:
    printer = SimulatedPrinter()
    desk.queue.add("interrupted", state=state)
    desk.queue.add("next")
    desk.start(printer)
    assert desk.reaches("next", PrintState.PRINTED)
    assert desk.queue.history("interrupted") == [PrintState.UNKNOWN]
    assert "Look whether it came out" in desk.queue.detail("interrupted")
    assert len(printer.sheets) == 1


def test_a_failed_job_of_an_earlier_run_is_printed(desk: Desk) -> None:
    desk.queue.add("job", state=_FAILED)
    desk.start(SimulatedPrinter())
    assert desk.reaches("job", PrintState.PRINTED)


def test_a_driver_that_breaks_leaves_the_job_unknown_and_the_spooler_alive(desk: Desk) -> None:
    class Broken(SimulatedPrinter):
        def print(self, payload: bytes, name: str) -> Delivery:
            if name == "bad":
                raise RuntimeError("a fault in a driver")
            return super().print(payload, name)

    desk.queue.add("bad")
    desk.queue.add("good")
    desk.start(Broken())
    assert desk.reaches("good", PrintState.PRINTED)
    assert desk.queue.state("bad") is PrintState.UNKNOWN


# --- trouble with the disk --------------------------------------------------------------------------------------------


@pytest.mark.usefixtures("quick")
def test_nothing_is_printed_that_could_not_be_noted_first(desk: Desk) -> None:
    printer = SimulatedPrinter()
    desk.queue.broken.add("started")
    desk.queue.add("job")
    desk.start(printer)
    time.sleep(0.2)
    assert printer.sheets == ()
    desk.queue.broken.clear()
    assert desk.reaches("job", PrintState.PRINTED)
    assert len(printer.sheets) == 1


@pytest.mark.usefixtures("quick")
def test_an_outcome_that_could_not_be_noted_is_noted_later_and_not_printed_again(desk: Desk) -> None:
    printer = SimulatedPrinter()
    desk.queue.broken.add("finished")
    desk.queue.add("job")
    desk.start(printer)
    assert eventually(lambda: printer.sheets)
    time.sleep(0.2)
    assert desk.queue.state("job") is _SENDING
    desk.queue.broken.clear()
    assert desk.reaches("job", PrintState.PRINTED)
    assert len(printer.sheets) == 1


@pytest.mark.usefixtures("quick")
def test_a_queue_that_cannot_be_read_at_start_still_settles_what_was_interrupted(desk: Desk) -> None:
    desk.queue.add("interrupted", state=_SENDING)
    desk.queue.broken.add("waiting")
    desk.start(SimulatedPrinter())
    time.sleep(0.1)
    desk.queue.broken.clear()
    assert desk.reaches("interrupted", PrintState.UNKNOWN)


def test_a_screen_that_breaks_does_not_stop_the_paper(desk: Desk) -> None:
    def broken_screen(status: PrinterStatus) -> None:
        raise RuntimeError("a fault in a window")

    desk.queue.add("job")
    spooler = Spooler(SimulatedPrinter(), desk.queue, broken_screen, poll_seconds=0.05)
    desk.spoolers.append(spooler)
    spooler.start()
    assert desk.reaches("job", PrintState.PRINTED)


# --- the end ----------------------------------------------------------------------------------------------------------


def hang_after_questions(client: socket.socket) -> None:
    answer_questions(client)
    hang(client)


@pytest.mark.parametrize(
    ("behaviour", "outcome"),
    [(hang, _FAILED), (hang_after_questions, PrintState.UNKNOWN)],
    ids=["before the job", "in the job"],
)
def test_it_ends_within_a_second_whatever_the_printer_does(
    desk: Desk, behaviour: Behaviour, outcome: PrintState
) -> None:
    with server(behaviour) as port:
        desk.queue.add("job", LONG_RECEIPT)
        patient = Patience(connect=20, answer=20, look=20, stall=60)
        spooler = desk.start(EscPosPrinter(TcpPort("127.0.0.1", port), patience=patient))
        assert desk.reaches("job", _SENDING)
        time.sleep(0.2)
        start = time.monotonic()
        spooler.stop()
        assert time.monotonic() - start < 10
    assert desk.queue.state("job") is outcome
    assert not any(thread.name.startswith("spooler") and thread.is_alive() for thread in threading.enumerate())


@pytest.mark.usefixtures("patient")
def test_it_ends_at_once_while_it_waits(desk: Desk) -> None:
    printer = SimulatedPrinter()
    printer.set_condition(Condition.OFFLINE)
    desk.queue.add("job")
    spooler = desk.start(printer)
    assert desk.reaches("job", _FAILED)
    start = time.monotonic()
    spooler.stop()
    assert time.monotonic() - start < 20
    assert desk.queue.state("job") is _FAILED


def test_stopping_before_the_start_or_twice_does_no_harm(desk: Desk) -> None:
    spooler = Spooler(SimulatedPrinter(), desk.queue)
    spooler.stop()
    running = desk.start(SimulatedPrinter())
    running.stop()
    running.stop()
    assert eventually(lambda: desk.queue.is_closed)


def test_a_printer_that_is_off_blocks_nobody(desk: Desk) -> None:
    with server(hang) as port:
        desk.queue.add("job")
        spooler = desk.start(EscPosPrinter(TcpPort("127.0.0.1", port), patience=Patience(connect=20, answer=20)))
        start = time.thread_time()
        for _ in range(1000):
            spooler.wake()
            assert spooler.status is not None
        assert time.thread_time() - start < 0.1
