"""A spooler lends its printer between two jobs: for a test page, or a question."""

from __future__ import annotations

from pathlib import Path

import pytest

from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.ports import Printer
from omsdesk.devices.spooler import Spooler
from omsdesk.domain.printing import PrintState
from tests.devices.spooling_desk import RECEIPT, SqliteQueue
from tests.patience import eventually


def test_a_printer_is_lent_between_two_jobs(tmp_path: Path) -> None:
    queue, printer = SqliteQueue(tmp_path / "jobs.db"), SimulatedPrinter()
    spooler = Spooler(printer, queue)
    spooler.start()
    assert spooler.lend(lambda lent: lent.print(RECEIPT, "test-page").state).result(20) is PrintState.PRINTED
    assert len(printer.sheets) == 1
    assert queue.waiting() == [], "nothing of it was in the queue"
    spooler.stop()


def test_what_goes_wrong_with_a_lent_printer_is_told_to_whoever_lent_it(tmp_path: Path) -> None:
    def stumble(_: Printer) -> None:
        raise ValueError("stumbled")

    queue = SqliteQueue(tmp_path / "jobs.db")
    spooler = Spooler(SimulatedPrinter(), queue)
    spooler.start()
    with pytest.raises(ValueError, match="stumbled"):
        spooler.lend(stumble).result(20)
    queue.add("one")
    spooler.wake()
    assert eventually(lambda: not queue.waiting()), "it prints on"
    spooler.stop()


def test_a_spooler_that_stops_lends_no_more(tmp_path: Path) -> None:
    spooler = Spooler(SimulatedPrinter(), SqliteQueue(tmp_path / "jobs.db"))
    before = spooler.lend(lambda lent: lent.status())
    spooler.start()
    before.result(20)
    spooler.stop()
    assert spooler.lend(lambda lent: lent.status()).cancelled()
