"""The thread of a device: turn by turn, never two at one thing, and nobody waits for its end."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator

import pytest

from omsdesk.devices import device_thread
from omsdesk.devices.device_thread import DeviceThread, stop_all
from tests.patience import until


class Worker(DeviceThread):
    """Counts its turns; one that is stuck stays in its turn, whoever interrupts it."""

    def __init__(self, pause: float = 0.0, *, is_stuck: bool = False) -> None:
        super().__init__("worker")
        self.pause = pause
        self.free = threading.Event()
        self.turns = self.waits = 0
        self.fault: Exception | None = None
        if not is_stuck:
            self.free.set()

    def turn(self) -> float:
        self.turns += 1
        self.free.wait()
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault
        return self.pause

    def interrupt(self) -> None:
        if self.fault is not None:
            raise self.fault

    def kept_waiting(self) -> None:
        super().kept_waiting()
        self.waits += 1


@pytest.fixture
def stuck() -> Iterator[Worker]:
    """Somebody who does not let go until the story is over."""
    made = Worker(is_stuck=True)
    made.start()
    until(lambda: made.turns)
    yield made
    made.free.set()
    made.stop()


def test_it_works_turn_by_turn_until_it_is_told_to_end() -> None:
    worker = Worker()
    worker.start()
    until(lambda: worker.turns > 3)
    worker.stop()
    assert worker.is_gone()


def test_whoever_wakes_it_has_the_next_turn_now() -> None:
    worker = Worker(pause=600)
    worker.start()
    until(lambda: worker.turns == 1)
    worker.wake()
    until(lambda: worker.turns == 2)
    worker.stop()
    assert worker.is_gone()


def test_a_fault_in_a_turn_ends_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_thread, "_FAULT_SECONDS", 0.0)
    worker = Worker()
    worker.fault = ZeroDivisionError("a driver of others")
    worker.start()
    until(lambda: worker.turns > 2)
    worker.stop()


def test_a_device_that_cannot_even_be_interrupted_stops_nobody_else(stuck: Worker) -> None:
    stuck.fault = RuntimeError("a driver of others")
    stuck.end()
    assert not stuck.is_gone()
    stuck.fault = None


def test_it_begins_only_when_the_one_before_it_is_gone(stuck: Worker) -> None:
    worker = Worker(pause=600)
    stuck.end()
    worker.start([stuck])
    assert not worker.is_gone(0.2)
    assert worker.turns == 0
    stuck.free.set()
    until(lambda: worker.turns == 1)
    assert stuck.is_gone()
    worker.stop()


def test_one_that_is_ended_while_it_waits_never_has_a_turn(stuck: Worker) -> None:
    worker = Worker()
    worker.start([stuck])
    worker.end()
    until(worker.is_gone)
    assert worker.turns == 0


def test_one_that_is_kept_waiting_says_so_once(stuck: Worker, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_thread, "PATIENCE_SECONDS", 0.0)
    worker = Worker()
    worker.start([stuck])
    until(lambda: worker.waits)
    assert not worker.is_gone(0.3)
    assert worker.waits == 1
    worker.stop()


def test_an_end_that_comes_just_before_a_turn_is_not_forgotten() -> None:
    class Treacherous(threading.Event):
        def clear(self) -> None:
            worker.end()
            super().clear()

    worker = Worker(pause=600)
    worker._woken = Treacherous()
    worker.start()
    until(worker.is_gone)
    assert worker.turns == 0


def test_one_that_never_began_can_end_and_is_gone() -> None:
    worker = Worker()
    worker.stop()
    assert worker.is_gone()


def test_all_of_them_together_have_the_time_of_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_thread, "STOP_SECONDS", 1.5)
    crowd = [Worker(is_stuck=True) for _ in range(8)]
    for worker in crowd:
        worker.start()
    before = time.monotonic()
    stop_all(crowd)
    assert time.monotonic() - before < 8 * 1.5
    for worker in crowd:
        worker.free.set()
    until(lambda: all(worker.is_gone() for worker in crowd))
