"""Somebody stays with a device that talks, and is back when it is back."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest

from omsdesk.devices import attendant as attendant_module
from omsdesk.devices.attendant import Attendant, Link, Power
from omsdesk.devices.ports import DeviceError, ErrorCode
from tests.patience import until

GONE = DeviceError(ErrorCode.NO_HARDWARE, "Plug it in.")


@dataclass
class Lamp:
    """A device that somebody plugs in and pulls out."""

    is_there: bool = True
    fault: Exception | None = None
    opened: int = 0
    closed: int = 0
    served: int = 0
    stopped: threading.Event = field(default_factory=threading.Event)

    def open(self, deadline: float) -> None:
        assert deadline > time.monotonic()
        self.opened += 1
        if not self.is_there:
            raise GONE

    def serve(self) -> None:
        self.served += 1
        self.stopped.wait(0.01)
        if not self.is_there:
            raise GONE
        if self.fault is not None:
            fault, self.fault = self.fault, None
            raise fault

    def close(self) -> None:
        self.closed += 1

    def interrupt(self) -> None:
        self.stopped.set()


@dataclass
class Room:
    """A lamp and whoever attends it."""

    lamp: Lamp = field(default_factory=Lamp)
    told: list[Link] = field(default_factory=list)
    attendant: Attendant = field(init=False)

    def __post_init__(self) -> None:
        self.attendant = Attendant(self.lamp, self.told.append, "lamp")


@pytest.fixture
def room() -> Iterator[Room]:
    made = Room()
    yield made
    made.attendant.stop()


def test_a_device_that_is_there_is_served(room: Room) -> None:
    room.attendant.start()
    until(lambda: room.lamp.served > 2)
    assert room.told == [Link(Power.ONLINE)]
    room.attendant.stop()
    assert room.lamp.closed == 1


def test_a_device_that_was_pulled_out_is_told_and_comes_back_by_itself(room: Room) -> None:
    room.attendant.start()
    until(lambda: room.lamp.served > 0)
    room.lamp.is_there = False
    until(lambda: room.attendant.link == Link(Power.OFFLINE, "Plug it in."))
    until(lambda: room.lamp.opened > 2)
    room.lamp.is_there = True
    room.attendant.wake()
    until(lambda: room.attendant.link == Link(Power.ONLINE))
    assert [link.power for link in room.told] == [Power.ONLINE, Power.OFFLINE, Power.ONLINE]


def test_whoever_plugs_it_in_need_not_wait(room: Room) -> None:
    room.lamp.is_there = False
    room.attendant.start()
    until(lambda: room.lamp.opened > 0)
    room.lamp.is_there = True
    before = time.monotonic()
    while room.attendant.link.power is not Power.ONLINE and time.monotonic() < before + 20:
        room.attendant.wake()
        time.sleep(0.01)
    assert room.attendant.link == Link(Power.ONLINE)


def test_a_fault_of_the_driver_ends_nothing(room: Room) -> None:
    room.lamp.fault = ZeroDivisionError("a driver of others")
    room.attendant.start()
    until(lambda: len(room.told) == 3)
    assert [link.power for link in room.told] == [Power.ONLINE, Power.OFFLINE, Power.ONLINE]
    assert "tried again by itself" in room.told[1].sentence


def test_one_that_is_there_and_never_serves_is_asked_less_and_less_often(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(attendant_module, "BACKOFF", (0.0, 0.0, 600.0))

    def refuse() -> None:
        raise GONE

    monkeypatch.setattr(room.lamp, "serve", refuse)
    room.attendant.start()
    until(lambda: room.lamp.closed == 3)
    assert not room.attendant.is_gone(0.2)
    assert room.lamp.opened == 3


def test_an_attendant_that_never_began_can_stop(room: Room) -> None:
    room.attendant.stop()
    assert room.lamp.opened == 0


def test_nor_is_what_a_driver_does_when_it_is_interrupted(room: Room) -> None:
    room.attendant.start()
    until(lambda: room.lamp.served > 0)
    room.attendant._is_ending.set()
    room.lamp.fault = TypeError("closed in the middle of a wait")
    until(room.attendant.is_gone)
    assert room.told == [Link(Power.ONLINE)]


def test_news_of_what_is_lost_at_the_end_is_not_told(room: Room) -> None:
    room.attendant.start()
    until(lambda: room.lamp.served > 0)
    room.attendant.stop()
    assert room.told == [Link(Power.ONLINE)]
