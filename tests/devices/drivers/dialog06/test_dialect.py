"""A scale that answers as its makers describe it, at the end of a real serial cable."""

from __future__ import annotations

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.dialog06.dialect import Dialog06
from omsdesk.devices.ports import DeviceError, ErrorCode
from omsdesk.devices.scale import ScaleStatus, Weighing
from tests.devices.one_answer import answered

PRICE = b"\x04\x0201\x1b000100\x1b\x03"
ASK = b"\x04\x05"


def weighed(scale: Dialog06, answer: bytes) -> Weighing:
    return answered({PRICE: b"\x06", ASK: answer}, scale.weigh)


def refused(code: str) -> bytes:
    return b"\x0209\x1b" + code.encode() + b"\x03"


def given(weight: int) -> bytes:
    return b"\x0202\x1b3\x1b%05d\x1b000100\x1b000123\x03" % weight


def test_a_weight_is_read() -> None:
    assert weighed(Dialog06(), given(1234)) == Weighing(ScaleStatus.STABLE, 1234)


def test_what_was_weighed_stays_until_it_was_moved() -> None:
    scale = Dialog06()
    assert weighed(scale, refused("21")) == Weighing(ScaleStatus.ZERO)
    weighed(scale, given(1234))
    assert weighed(scale, refused("21")) == Weighing(ScaleStatus.STABLE, 1234)


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("20", ScaleStatus.UNSTABLE),
        ("30", ScaleStatus.ZERO),
        ("31", ScaleStatus.UNDER_ZERO),
        ("32", ScaleStatus.OVERWEIGHT),
        ("99", ScaleStatus.NOT_READY),
    ],
)
def test_why_there_is_no_weight_is_said(code: str, status: ScaleStatus) -> None:
    assert weighed(Dialog06(), refused(code)) == Weighing(status)


def test_a_scale_that_checks_the_program_says_what_to_set() -> None:
    with pytest.raises(DeviceError) as fault:
        weighed(Dialog06(), b"\x0211\x1bD\x1b12\x03")
    assert fault.value.code is ErrorCode.ILLEGAL
    assert "without a check" in fault.value.sentence


def test_noise_is_no_weight() -> None:
    with pytest.raises(DeviceError, match="cannot be understood"):
        weighed(Dialog06(), b"\x02xx\x03")
    assert not answered({}, Dialog06().zero)


def test_a_name_tells_it() -> None:
    driver = registry.driver(registry.card_of("dialog06"))
    assert driver.probe(Found(Address(Bus.SERIAL, "x"), "Bizerba CS 300")) == 70
