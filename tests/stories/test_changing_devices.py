"""Settings change while a printer hangs: the screen goes on, no printer has two masters, no job comes out twice."""

from __future__ import annotations

import random
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from omsdesk.devices import chosen, device_thread
from omsdesk.devices.attendant import Link, Power
from omsdesk.devices.ports import Condition, Delivery, Printer, PrinterStatus
from omsdesk.domain.printing import AskPrint, PaperKind, PrintState
from omsdesk.settings import DeviceSetting, Settings
from omsdesk.store.queries.printing import state_of
from omsdesk.ui.devices.station_devices import StationDevices
from tests.patience import until
from tests.ui.till.shop import Station, set_up

LEFT, RIGHT = DeviceSetting("escpos", "tcp:left:9100"), DeviceSetting("escpos", "tcp:right:9100")


@dataclass
class Machine:
    """A printer that can hang in the middle of a job, and then hears nobody; its paper is counted."""

    paper: list[str] = field(default_factory=list)
    runs: threading.Event = field(default_factory=threading.Event)
    master: threading.Lock = field(default_factory=threading.Lock)
    seconds: float = 0.0
    """How long it takes for anything."""
    quarrels: int = 0
    """How often a second one wanted it while it was at work."""

    def __post_init__(self) -> None:
        self.runs.set()

    def use(self, job: str = "") -> None:
        """Do something with it."""
        if not self.master.acquire(blocking=False):
            self.quarrels += 1
            return
        try:
            self.runs.wait()
            time.sleep(self.seconds)
            if job:
                self.paper.append(job)
        finally:
            self.master.release()


class Master:
    """A driver of one of the machines; each time it is set up there is a new one."""

    def __init__(self, machine: Machine) -> None:
        self._machine = machine

    def status(self) -> PrinterStatus:
        self._machine.use()
        return PrinterStatus.of(Condition.READY)

    def print(self, payload: bytes, name: str) -> Delivery:
        self._machine.use(name)
        return Delivery(PrintState.PRINTED, condition=Condition.READY)

    def resume(self) -> Delivery:
        return Delivery(PrintState.UNKNOWN)

    def interrupt(self) -> None:
        """It hears nobody."""

    def close(self) -> None:
        """Nothing is open."""


class Room:
    """A till with two machines for receipts and kitchen."""

    def __init__(self, till: Station, folder: Path) -> None:
        self.till = till
        self.machines = {LEFT.address: Machine(), RIGHT.address: Machine()}
        self.settings = Settings(folder, device={"receipt": LEFT, "kitchen": RIGHT})
        self.devices = StationDevices(lambda: self.settings, till.database.reader, till.writer)
        till.writer.executor.listeners.append(self.devices.heard)
        self.jobs: list[str] = []

    def printer(self, setting: DeviceSetting, _folder: Path) -> Printer:
        return Master(self.machines[setting.address])

    def swap(self) -> None:
        """Let each play the role of the other."""
        device = self.settings.device
        device = {"receipt": device["kitchen"], "kitchen": device["receipt"]}
        self.settings = replace(self.settings, device=device)
        self.devices.follow()

    def ask(self, role: str) -> None:
        self.jobs.append(f"{role}-{len(self.jobs)}")
        ask = AskPrint(self.jobs[-1], "t1", PaperKind.DRAWER, "nowhere", role)
        self.till.writer.submit("anna", ask).result()

    def release(self) -> None:
        for machine in self.machines.values():
            machine.runs.set()

    def see(self, is_so: Callable[[], bool]) -> None:
        """Wait until the screen has heard of it."""
        self.till.bot.waitUntil(is_so, timeout=20_000)

    @property
    def paper(self) -> list[str]:
        return [job for machine in self.machines.values() for job in machine.paper]

    @property
    def quarrels(self) -> int:
        return sum(machine.quarrels for machine in self.machines.values())

    def is_settled(self) -> bool:
        reader = self.till.database.reader()
        try:
            return all(state_of(reader, job) == PrintState.PRINTED for job in self.jobs)
        finally:
            reader.close()


@pytest.fixture
def room(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Room]:
    till = Station(set_up(tmp_path), qtbot).start()
    made = Room(till, tmp_path)
    monkeypatch.setattr(chosen, "printer_of", made.printer)
    made.devices.start("t1")
    yield made
    made.release()
    made.devices.close()
    till.stop()


def test_two_printers_change_their_roles_ten_times_while_both_hang(room: Room) -> None:
    for machine in room.machines.values():
        machine.runs.clear()
    room.ask("receipt")
    room.ask("kitchen")
    until(lambda: all(machine.master.locked() for machine in room.machines.values()))
    before = time.monotonic()
    for _ in range(10):
        room.swap()
    assert time.monotonic() - before < 10, "each change that waited for a second would have taken twice as long"
    assert room.paper == []
    room.release()
    until(room.is_settled)
    assert sorted(room.paper) == ["kitchen-1", "receipt-0"]
    assert room.quarrels == 0


@pytest.mark.parametrize("seed", range(8))
def test_whatever_changes_when_each_job_comes_out_once_and_in_its_order(room: Room, seed: int) -> None:
    dice = random.Random(seed)
    for _ in range(30):
        match dice.randrange(5):
            case 0:
                dice.choice(list(room.machines.values())).runs.clear()
            case 1:
                dice.choice(list(room.machines.values())).runs.set()
            case 2:
                room.swap()
            case _:
                room.ask(dice.choice(["receipt", "kitchen"]))
        time.sleep(dice.choice([0, 0, 0.002, 0.02]))
    room.release()
    until(room.is_settled)
    assert sorted(room.paper) == sorted(room.jobs)
    assert room.quarrels == 0


def test_one_printer_for_receipts_and_kitchen_is_used_by_one_of_them_at_a_time(room: Room) -> None:
    room.machines[LEFT.address].seconds = 0.01
    room.settings = replace(room.settings, device={"receipt": LEFT, "kitchen": LEFT})
    room.devices.follow()
    for _ in range(20):
        room.ask("receipt")
        room.ask("kitchen")
        for spooler in room.devices.spoolers.values():
            spooler.wake()
    until(room.is_settled)
    assert sorted(room.paper) == sorted(room.jobs)
    assert room.quarrels == 0


def test_who_waits_for_a_printer_that_hangs_says_so(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(device_thread, "PATIENCE_SECONDS", 0.0)
    told: list[PrinterStatus] = []
    room.devices.printer_changed.connect(lambda _role, status: told.append(status))
    machine = room.machines[LEFT.address]
    machine.runs.clear()
    room.ask("receipt")
    until(machine.master.locked)
    room.swap()
    room.see(lambda: any(status.sentence == device_thread.KEPT_WAITING for status in told))
    room.release()
    until(room.is_settled)
    room.see(lambda: told[-1].condition is Condition.READY)


def test_what_one_says_that_plays_the_role_no_more_is_not_heard(room: Room) -> None:
    told: list[Condition] = []
    room.devices.printer_changed.connect(lambda _role, status: told.append(status.condition))
    old = room.devices.devices["receipt"]
    room.swap()
    room.devices._told.emit("receipt", old, PrinterStatus.of(Condition.OFFLINE))
    room.see(lambda: Condition.READY in told)
    assert Condition.OFFLINE not in told


def test_the_program_ends_within_a_second_though_a_printer_hangs(room: Room, monkeypatch: pytest.MonkeyPatch) -> None:
    for machine in room.machines.values():
        machine.runs.clear()
    room.ask("receipt")
    until(room.machines[LEFT.address].master.locked)
    for _ in range(5):
        room.swap()
    monkeypatch.setattr(device_thread, "STOP_SECONDS", 1.0)
    before = time.monotonic()
    room.devices.close()
    assert time.monotonic() - before < 8, "ten threads, and one second for all of them"


def test_a_device_that_cannot_be_used_and_prints_nothing_has_no_queue(room: Room) -> None:
    told: list[tuple[str, Link]] = []
    room.devices.link_changed.connect(lambda role, link: told.append((role, link)))
    broken = DeviceSetting("no such driver", "serial:x")
    room.settings = replace(room.settings, device={**room.settings.device, "scale": broken})
    room.devices.follow()
    assert [(role, link.power) for role, link in told] == [("scale", Power.OFFLINE)]
    assert "scale" not in room.devices.spoolers
