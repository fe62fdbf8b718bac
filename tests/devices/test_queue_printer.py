"""Receipts through a queue of the system: real CUPS, and behind it a printer that is not ours."""

from __future__ import annotations

import os
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.os_queue.driver import DRIVER
from omsdesk.devices.finders import queues
from omsdesk.devices.ports import Condition, Delivery
from omsdesk.devices.queue_printer import QueuePrinter
from omsdesk.documents.escpos import render
from omsdesk.documents.receipt import receipt_paper
from omsdesk.domain.printing import PrintState
from tests.devices.foreign_printer import ForeignPrinter
from tests.devices.own_cups import printing_system
from tests.documents.samples import ORDINARY

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="Windows has no CUPS")
RECEIPT = render(receipt_paper(ORDINARY)).payload


@pytest.fixture
def behind() -> Iterator[ForeignPrinter]:
    printer = ForeignPrinter().listen()
    yield printer
    printer.switch_off()


@pytest.fixture
def queue(behind: ForeignPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    with printing_system(tmp_path / "cups", behind.port, monkeypatch) as name:
        yield name


def settled(printer: QueuePrinter, delivery: Delivery) -> Delivery:
    end = time.monotonic() + 100
    while delivery.state is PrintState.HELD and time.monotonic() < end:
        delivery = printer.resume()
    return delivery


def test_a_receipt_goes_through_the_queue_as_it_is(behind: ForeignPrinter, queue: str) -> None:
    assert [found.address for found in queues.look()] == [Address(Bus.QUEUE, queue)]
    printer = QueuePrinter(queue)
    assert printer.status().can_print
    assert settled(printer, printer.print(RECEIPT, "job")) == Delivery(PrintState.SENT, condition=Condition.READY)
    assert "Croissant au beurre" in behind.sheets[0].text
    assert len(behind.sheets) == 1


def test_a_queue_that_keeps_the_job_holds_it_and_sends_it_once(
    behind: ForeignPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = behind.port
    behind.switch_off()
    with printing_system(tmp_path / "cups", port, monkeypatch) as name:
        printer = QueuePrinter(name)
        delivery = printer.print(RECEIPT, "job")
        assert delivery.state is PrintState.HELD
        assert name in delivery.sentence
        assert printer.take_back().state is PrintState.CANCELLED
        assert printer.print(RECEIPT, "next").state is PrintState.HELD
        printer.interrupt()
        assert printer.resume().state is PrintState.HELD
        assert behind.sheets == []


def test_a_job_that_stays_too_long_is_said_to_be_the_queues(
    behind: ForeignPrinter, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    port = behind.port
    behind.switch_off()
    with printing_system(tmp_path / "cups", port, monkeypatch) as name:
        printer = QueuePrinter(name, patience=0.0)
        delivery = settled(printer, printer.print(RECEIPT, "job"))
    assert delivery.state is PrintState.SENT
    assert "still keeps it" in delivery.sentence


def test_a_queue_that_is_not_there_is_said_and_nothing_was_sent(queue: str) -> None:
    printer = QueuePrinter("Cellar")
    delivery = printer.print(RECEIPT, "job")
    assert delivery.state is PrintState.FAILED
    assert "“Cellar” does not work" in delivery.sentence
    assert not printer.status().can_print


def test_a_computer_without_cups_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")
    delivery = QueuePrinter("Kitchen").print(RECEIPT, "job")
    assert (delivery.state, "no printing system" in delivery.sentence) == (PrintState.FAILED, True)
    assert queues.look() == []
    QueuePrinter("Kitchen").close()


@pytest.mark.parametrize(("name", "score"), [("TM-T88V", 50), ("Office", 10)])
def test_a_queue_is_judged_by_its_name(name: str, score: int) -> None:
    assert DRIVER.probe(Found(Address(Bus.QUEUE, name), name)) == score
    assert DRIVER.probe(Found(Address(Bus.NETWORK, name), name)) == 0
    assert isinstance(registry.attach("os_queue", Address(Bus.QUEUE, name), {}), QueuePrinter)


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder whose programs come before those of the system."""
    monkeypatch.setenv("PATH", f"{tmp_path}:{os.environ['PATH']}")
    return tmp_path


def say(folder: Path, program: str, script: str) -> None:
    """Put a program of the system's name there."""
    (folder / program).write_text(f"#!/bin/sh\n{script}\n", encoding="utf-8")
    (folder / program).chmod(0o755)


@pytest.mark.parametrize(
    ("words", "condition"),
    [
        ("printer bridle is idle.  enabled since today", Condition.READY),
        ("printer bridle now printing bridle-7.  enabled since today", Condition.READY),
        ("printer bridle disabled since today -\n\tPaused", Condition.ERROR),
        ("nothing of the kind", Condition.UNKNOWN),
    ],
)
def test_a_queue_is_read_by_its_state_and_not_by_its_name(programs: Path, words: str, condition: Condition) -> None:
    say(programs, "lpstat", f"printf '{words}'")
    assert QueuePrinter("bridle").status().condition is condition


def test_an_interruption_ends_the_wait_for_a_program_of_the_system(programs: Path) -> None:
    say(programs, "lp", "sleep 60")
    printer = QueuePrinter("Kitchen")
    threading.Timer(0.3, printer.interrupt).start()
    began = time.monotonic()
    delivery = printer.print(RECEIPT, "job")
    assert time.monotonic() - began < 8
    assert delivery.state is PrintState.UNKNOWN, "the queue may have it"
