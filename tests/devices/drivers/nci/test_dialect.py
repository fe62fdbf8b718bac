"""A scale that answers as its maker describes it, at the end of a real serial cable."""

from __future__ import annotations

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.nci.dialect import Nci
from omsdesk.devices.ports import DeviceError
from omsdesk.devices.scale import ScaleStatus, Weighing
from tests.devices.one_answer import answered

STEADY = b"\nS00\r\x03"


@pytest.mark.parametrize(
    ("answer", "weighing"),
    [
        (b"\n01.234kg\r\nS00\r\x03", Weighing(ScaleStatus.STABLE, 1234)),
        (b"\n 00.50LB\r\nS00\r\x03", Weighing(ScaleStatus.STABLE, 227)),
        (b"\n-0.100kg\r\nS00\r\x03", Weighing(ScaleStatus.UNDER_ZERO, -100)),
        (b"\n00.000kg\r\nS20\r\x03", Weighing(ScaleStatus.ZERO)),
        (b"\n01.234kg\r\nS10\r\x03", Weighing(ScaleStatus.UNSTABLE)),
        (b"\nS02\r\x03", Weighing(ScaleStatus.OVERWEIGHT)),
        (b"\nS01\r\x03", Weighing(ScaleStatus.UNDER_ZERO)),
        (b"\nS08\r\x03", Weighing(ScaleStatus.NOT_READY)),
    ],
)
def test_answers_are_read(answer: bytes, weighing: Weighing) -> None:
    assert answered({b"W\r": answer}, Nci().weigh) == weighing


@pytest.mark.parametrize("answer", [b"\n?\r\x03", b"\nhello\r\nS00\r\x03", b"\x03"])
def test_noise_is_no_weight(answer: bytes) -> None:
    with pytest.raises(DeviceError, match="cannot be understood"):
        answered({b"W\r": answer}, Nci().weigh)


def test_zero_is_asked_for() -> None:
    assert answered({b"Z\r": STEADY}, Nci().zero)


def test_a_name_tells_it() -> None:
    driver = registry.driver(registry.card_of("nci"))
    assert driver.probe(Found(Address(Bus.SERIAL, "x"), "Brecknell 6710U")) == 70
    assert driver.probe(Found(Address(Bus.SERIAL, "x"), "USB Serial")) == 4
    assert driver.probe(Found(Address(Bus.NETWORK, "x"), "Router")) == 0
