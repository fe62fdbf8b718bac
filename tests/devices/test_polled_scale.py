"""A scale that is asked: what it shows, and what is no weight."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from omsdesk.devices import attendant, polled_scale
from omsdesk.devices.attendant import Attendant, Power
from omsdesk.devices.polled_scale import PolledScale, grams
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scale import Scale, ScaleStatus, Weighing
from omsdesk.devices.talk import SILENT, Talk
from omsdesk.devices.wires.serial_line import SerialPort
from tests.devices.serial_gadgets import Frames, Gadget
from tests.patience import until


class Dialect:
    """The plainest there can be: a question mark, and grams up to the end of the line."""

    can_zero = True

    def weigh(self, talk: Talk) -> Weighing:
        talk.say(b"?")
        return Weighing(ScaleStatus.STABLE, grams(talk.hear(b"\n").decode(), "g"))

    def zero(self, talk: Talk) -> bool:
        if self.can_zero:
            talk.say(b"Z")
            talk.hear(b"\n")
        return self.can_zero


class Bench:
    """Goods on a scale at the other end of a cable."""

    def __init__(self) -> None:
        self.grams = 0
        self.zeroed = 0
        self.gadget = Gadget(Frames({b"?": self._weight, b"Z": self._zero}))
        self.dialect = Dialect()
        self.polled = PolledScale(SerialPort(self.gadget.name), self.dialect)
        self.scale: Scale = self.polled
        self.attendant = Attendant(self.polled)

    def _weight(self) -> bytes:
        return f"{self.grams}\n".encode()

    def _zero(self) -> bytes:
        self.zeroed += 1
        self.grams = 0
        return b"ok\n"

    def shows(self, weighing: Weighing) -> None:
        """Wait until the scale shows it."""
        until(lambda: self.scale.live_weight() == weighing)


@pytest.fixture
def bench() -> Iterator[Bench]:
    made = Bench()
    made.attendant.start()
    yield made
    made.attendant.stop()
    made.gadget.pull_out()


def test_it_shows_what_lies_on_it(bench: Bench) -> None:
    bench.shows(Weighing(ScaleStatus.ZERO))
    bench.grams = 350
    bench.shows(Weighing(ScaleStatus.STABLE, 350))


def test_the_package_is_taken_off(bench: Bench) -> None:
    bench.grams = 370
    bench.scale.set_tare(20)
    bench.shows(Weighing(ScaleStatus.STABLE, 350, 20))
    bench.grams = 5
    bench.shows(Weighing(ScaleStatus.UNDER_ZERO, -15, 20))


def test_it_is_set_to_zero_at_the_scale_itself(bench: Bench) -> None:
    bench.grams = 8
    bench.shows(Weighing(ScaleStatus.STABLE, 8))
    bench.scale.zero()
    bench.shows(Weighing(ScaleStatus.ZERO))
    assert bench.zeroed == 1


def test_a_scale_that_cannot_be_told_is_reckoned_from_there(bench: Bench) -> None:
    bench.dialect.can_zero = False
    bench.grams = 8
    bench.shows(Weighing(ScaleStatus.STABLE, 8))
    bench.scale.zero()
    bench.shows(Weighing(ScaleStatus.ZERO))
    bench.grams = 358
    bench.shows(Weighing(ScaleStatus.STABLE, 350))


def test_a_scale_that_was_switched_off_shows_nothing_old(bench: Bench) -> None:
    bench.grams = 350
    bench.shows(Weighing(ScaleStatus.STABLE, 350))
    bench.gadget.switch_off()
    bench.shows(Weighing(ScaleStatus.NOT_READY))
    until(lambda: bench.attendant.link.power is Power.OFFLINE)
    assert bench.attendant.link.sentence == SILENT


def test_a_scale_that_comes_back_is_heard_again(bench: Bench) -> None:
    bench.shows(Weighing(ScaleStatus.ZERO))
    bench.gadget.pull_out()
    until(lambda: bench.attendant.link.power is Power.OFFLINE)
    bench.shows(Weighing(ScaleStatus.NOT_READY))


def test_a_wire_without_a_scale_is_never_taken_for_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(attendant, "BACKOFF", (0.01,))
    silent, links, opened = Gadget(lambda _: b""), list[Power](), list[str]()

    class Counted(SerialPort):
        def open(self, deadline: float) -> None:
            opened.append(silent.name)
            super().open(deadline)

    at_night = Attendant(PolledScale(Counted(silent.name), Dialect()), lambda link: links.append(link.power))
    at_night.start()
    until(lambda: len(opened) > 3)
    at_night.stop()
    silent.pull_out()
    assert links == [Power.OFFLINE], "it was said once, and nobody was told that it is back"


def test_a_scale_that_was_off_when_it_was_to_be_zeroed_is_not_zeroed_later_with_goods_on_it(bench: Bench) -> None:
    bench.dialect.can_zero = False
    bench.grams = 8
    bench.shows(Weighing(ScaleStatus.STABLE, 8))
    bench.scale.zero()
    bench.shows(Weighing(ScaleStatus.ZERO))
    bench.gadget.switch_off()
    until(lambda: bench.attendant.link.power is Power.OFFLINE)
    bench.scale.zero()
    bench.grams = 350
    bench.gadget.switch_on()
    bench.shows(Weighing(ScaleStatus.STABLE, 350))


def test_a_weight_that_is_old_is_none(monkeypatch: pytest.MonkeyPatch) -> None:
    scale = PolledScale(SerialPort("/dev/null"), Dialect())
    scale._shown, scale._seen_at = Weighing(ScaleStatus.STABLE, 350), time.monotonic()
    assert scale.live_weight().grams == 350
    monkeypatch.setattr(polled_scale, "_STALE_SECONDS", -1.0)
    assert scale.live_weight() == Weighing(ScaleStatus.NOT_READY)


@pytest.mark.parametrize(
    ("number", "unit", "expected"),
    [("1.234", "kg", 1234), ("0.0005", "kg", 0), ("1", "lb", 454), ("16", "oz", 454), ("-0.100", "kg", -100)],
)
def test_weights_are_read_to_the_gram(number: str, unit: str, expected: int) -> None:
    assert grams(number, unit) == expected


@pytest.mark.parametrize(
    ("number", "unit"), [("", "kg"), ("1.2.3", "kg"), ("1", "stone"), ("NaN", "kg"), ("Infinity", "g")]
)
def test_noise_is_no_weight(number: str, unit: str) -> None:
    with pytest.raises(DeviceError) as fault:
        grams(number, unit)
    assert fault.value.code is ErrorCode.TIMEOUT
