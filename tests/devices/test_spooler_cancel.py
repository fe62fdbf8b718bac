"""What is given up while a printer holds it is taken back where the printer can forget it."""

from __future__ import annotations

import time
from pathlib import Path

from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.ports import Delivery
from omsdesk.devices.spooler import PrintJob
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.spooling_desk import Desk, SqliteQueue
from tests.devices.test_spooler import network

_QUEUED, _HELD = PrintState.QUEUED, PrintState.HELD


def test_a_job_that_is_given_up_while_the_printer_holds_it_is_taken_back(desk: Desk) -> None:
    class Holding(SimulatedPrinter):
        def print(self, payload: bytes, name: str) -> Delivery:
            return super().print(payload, name) if name == "next" else Delivery(_HELD, "Out of paper.")

        def resume(self) -> Delivery:
            time.sleep(0.01)
            return Delivery(_HELD, "Out of paper.")

        def take_back(self) -> Delivery:
            return Delivery(PrintState.CANCELLED)

    desk.queue.add("stuck")
    desk.queue.add("next")
    desk.queue.broken.add("is_wanted")
    desk.start(Holding())
    assert desk.reaches("stuck", _HELD)
    desk.queue.cancel("stuck")
    time.sleep(0.1)
    assert desk.queue.state("next") is _QUEUED, "a queue that cannot tell is no reason to cancel"
    desk.queue.broken.clear()
    assert desk.reaches("next", PrintState.PRINTED)
    assert desk.queue.state("stuck") is PrintState.CANCELLED


def test_a_job_that_is_given_up_in_the_last_moment_is_not_printed(desk: Desk, tmp_path: Path) -> None:
    class Late(SqliteQueue):
        def started(self, job: PrintJob) -> None:
            if job.id == "late":
                self.cancel("late")
            else:
                super().started(job)

    desk.queue = Late(tmp_path / "queue.db")
    desk.queue.add("late")
    desk.queue.add("next")
    printer = SimulatedPrinter()
    desk.start(printer)
    assert desk.reaches("next", PrintState.PRINTED)
    assert desk.queue.state("late") is PrintState.CANCELLED
    assert len(printer.sheets) == 1


def test_what_a_printer_cannot_forget_comes_out_though_it_was_given_up(desk: Desk, emulator: ForeignPrinter) -> None:
    emulator.on_first_job = lambda: emulator.set_fault("paper-out", is_active=True)
    desk.queue.add("job")
    desk.queue.add("next")
    desk.start(network(emulator.port))
    assert desk.reaches("job", _HELD)
    desk.queue.cancel("job")
    emulator.set_fault("paper-out", is_active=False)
    assert desk.reaches("next", PrintState.PRINTED)
    assert len(emulator.sheets) == 2
