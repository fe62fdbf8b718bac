"""A printer that failed is tried again: sooner, later, and without writing every attempt down."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest

import omsdesk.devices.spooler as spooler_module
from omsdesk.devices.drivers.simulator.printer import SimulatedPrinter
from omsdesk.devices.ports import Condition, Delivery, PrinterStatus
from omsdesk.domain.printing import PrintState
from tests.devices.spooling_desk import Desk
from tests.patience import eventually

_SENDING, _FAILED = PrintState.SENDING, PrintState.FAILED


def test_waking_tries_at_once_however_long_the_pause_is(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler_module, "BACKOFF", (600.0,))
    printer = SimulatedPrinter()
    printer.set_condition(Condition.COVER_OPEN)
    desk.queue.add("job")
    spooler = desk.start(printer)
    assert desk.reaches("job", _FAILED)
    printer.set_condition(Condition.READY)
    spooler.wake()
    assert desk.reaches("job", PrintState.PRINTED)


def test_pauses_grow_and_begin_again_after_a_success(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler_module, "BACKOFF", (0.01, 0.05, 0.2))
    attempts: list[float] = []

    class Counting(SimulatedPrinter):
        def print(self, payload: bytes, name: str) -> Delivery:
            attempts.append(time.monotonic())
            return super().print(payload, name)

        def status(self) -> PrinterStatus:
            attempts.append(time.monotonic())
            return super().status()

    printer = Counting()
    printer.set_condition(Condition.OFFLINE)
    desk.queue.add("job")
    desk.start(printer)
    assert eventually(lambda: len(attempts) >= 5)
    pauses = [after - before for before, after in pairwise(attempts)]
    assert pauses[0] < pauses[1] < pauses[2]
    assert pauses[3] == pytest.approx(0.2, abs=0.1)


def test_a_printer_that_is_off_for_days_fills_no_journal(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spooler_module, "BACKOFF", (0.02,))
    asked: list[Condition] = []

    class Asked(SimulatedPrinter):
        def status(self) -> PrinterStatus:
            status = super().status()
            asked.append(status.condition)
            return status

    printer = Asked()
    printer.set_condition(Condition.OFFLINE)
    desk.queue.add("job")
    desk.start(printer)
    assert eventually(lambda: len(asked) > 20)
    assert desk.queue.history("job") == [_SENDING, _FAILED]
    printer.set_condition(Condition.COVER_OPEN)
    assert eventually(lambda: desk.queue.detail("job") == PrinterStatus.of(Condition.COVER_OPEN).sentence)
    printer.set_condition(Condition.READY)
    assert desk.reaches("job", PrintState.PRINTED)
    assert desk.queue.history("job") == [_SENDING, _FAILED, _SENDING, _FAILED, _SENDING, PrintState.PRINTED]
