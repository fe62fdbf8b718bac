"""A printer whose cable, paper, cover and power fail at any byte: no receipt is lost, and none silently doubled.

The printer is a real socket (``faulty_printer.py``), the spooler and its driver are the real ones. What a person would
do is done at the end: who is asked whether a receipt came out looks at the paper, and prints it again where it did not.
"""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Iterable
from concurrent.futures import ThreadPoolExecutor

import pytest

from omsdesk.devices import spooler as spooler_module
from omsdesk.devices.drivers.escpos.printer import EscPosPrinter
from omsdesk.devices.spooler import PrintJob, Spooler
from omsdesk.devices.wire_printer import Patience
from omsdesk.devices.wires.tcp import TcpPort
from omsdesk.domain.printing import PrintState
from tests.patience import until
from tests.stories.faulty_printer import Fault, FaultyPrinter, receipt

HURRY = Patience(connect=1.0, answer=0.15, look=0.05, stall=0.4)
AT_ONCE = 12
SETTLED = {PrintState.PRINTED, PrintState.UNKNOWN}
WAITING = {PrintState.QUEUED, PrintState.SENDING, PrintState.HELD, PrintState.FAILED}


class Jobs:
    """A queue in memory: how it is kept on disk is a story of its own (tests/devices/test_spooler.py)."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._payloads: dict[str, bytes] = {}
        self.states: dict[str, PrintState] = {}

    def add(self, name: str, payload: bytes) -> None:
        """Ask for a job."""
        with self._lock:
            self._payloads[name], self.states[name] = payload, PrintState.QUEUED

    def waiting(self) -> list[PrintJob]:
        """Give what wants something."""
        with self._lock:
            return [
                PrintJob(name, "receipt", self._payloads[name], state)
                for name, state in self.states.items()
                if state in WAITING
            ]

    def started(self, job: PrintJob) -> None:
        """Note that it is being sent."""
        self.states[job.id] = PrintState.SENDING

    def is_wanted(self, job: PrintJob) -> bool:
        """Nobody gives anything up."""
        return True

    def finished(self, job: PrintJob, outcome: PrintState, detail: str, out: int = 0) -> None:
        """Note what became of it."""
        self.states[job.id] = outcome

    def close(self) -> None:
        """Memory is not closed."""

    @property
    def is_settled(self) -> bool:
        """Whether nothing wants anything any more but a person."""
        return all(state in SETTLED for state in self.states.values())


def tell_what_happened(seed: int) -> list[str]:
    """Let a day of a printer pass; list what must not be."""
    dice = random.Random(-seed)
    printer, jobs = FaultyPrinter(seed), Jobs()
    printer.switch_on()
    wrong: list[str] = []
    spooler = started(jobs, printer)
    try:
        for number in range(dice.randint(1, 4)):
            jobs.add(f"j{number}", receipt(f"j{number}", dice.choice([10, 300, 5000])))
            spooler.wake()
            time.sleep(dice.choice([0, 0, 0.02, 0.2]))
            if dice.random() < 0.15:
                # The program is ended in the middle of it, and started again.
                spooler.stop()
                spooler = started(jobs, printer)
        until(lambda: jobs.is_settled, seconds=60)
        # Whoever looks at the paper looks once the printer has come to rest.
        spooler.stop()
        printer.heal()
        until(lambda: printer.is_at_rest)
        wrong += judged(jobs, printer)
        again = [
            name for name, state in jobs.states.items() if state is PrintState.UNKNOWN and not printer.came_out[name]
        ]
        for name in again:
            jobs.add(name, receipt(name, 10))
        spooler = started(jobs, printer)
        until(lambda: jobs.is_settled, seconds=60)
        wrong += [f"{name} came out {printer.came_out[name]} times in the end" for name in jobs.states
                  if printer.came_out[name] != 1]  # fmt: skip
    finally:
        spooler.stop()
        printer.end()
    return [f"seed {seed}: {what}" for what in wrong]


def started(jobs: Jobs, printer: FaultyPrinter) -> Spooler:
    spooler = Spooler(EscPosPrinter(TcpPort("127.0.0.1", printer.port), patience=HURRY), jobs, poll_seconds=0.05)
    spooler.start()
    return spooler


def judged(jobs: Jobs, printer: FaultyPrinter) -> Iterable[str]:
    for name, state in jobs.states.items():
        count = printer.came_out[name]
        if count > 1:
            yield f"{name} came out {count} times and nobody asked for it"
        if state is PrintState.PRINTED and count != 1:
            yield f"{name} is called printed and came out {count} times"


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures are tried again at once."""
    monkeypatch.setattr(spooler_module, "BACKOFF", (0.02,) * len(spooler_module.BACKOFF))


def days(seeds: Iterable[int]) -> list[str]:
    with ThreadPoolExecutor(AT_ONCE) as pool:
        return [what for wrong in pool.map(tell_what_happened, seeds) for what in wrong]


def test_nothing_is_lost_and_nothing_doubled_in_a_hundred_days() -> None:
    assert days(range(100)) == []


@pytest.mark.long
@pytest.mark.timeout(1800)
def test_nothing_is_lost_and_nothing_doubled_in_a_thousand_days() -> None:
    assert days(range(1000)) == []


@pytest.mark.parametrize("what", ["reset", "hang up", "power"])
def test_a_cable_that_fails_after_each_byte_of_a_receipt(what: str) -> None:
    """For every n: the connection ends after n bytes, and the receipt is printed, or is asked about."""
    whole = len(receipt("j0", 10)) + 3

    def cut_off_after(count: int) -> list[str]:
        printer, jobs = FaultyPrinter(count), Jobs()
        printer._faults = [Fault(count, what, 0.05)]
        printer.switch_on()
        jobs.add("j0", receipt("j0", 10))
        spooler = started(jobs, printer)
        until(lambda: jobs.is_settled, seconds=60)
        spooler.stop()
        wrong = list(judged(jobs, printer))
        printer.end()
        return [f"after {count} bytes: {row}" for row in wrong]

    with ThreadPoolExecutor(AT_ONCE) as pool:
        assert [row for wrong in pool.map(cut_off_after, range(whole)) for row in wrong] == []
