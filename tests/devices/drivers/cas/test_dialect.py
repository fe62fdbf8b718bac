"""A scale that answers as its maker describes it, at the end of a real serial cable."""

from __future__ import annotations

from functools import reduce
from operator import xor

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.driver import Found
from omsdesk.devices.drivers.cas.dialect import Cas
from omsdesk.devices.ports import DeviceError
from omsdesk.devices.scale import ScaleStatus, Weighing
from tests.devices.one_answer import answered


def frame(body: bytes) -> bytes:
    return b"\x01\x02" + body + bytes([reduce(xor, body)]) + b"\x03\x04"


def weighed(answer: bytes) -> Weighing:
    return answered({b"\x05": b"\x06", b"\x11": answer}, Cas().weigh)


@pytest.mark.parametrize(
    ("body", "weighing"),
    [
        (b"S  1.234kg", Weighing(ScaleStatus.STABLE, 1234)),
        (b"S  0.000kg", Weighing(ScaleStatus.ZERO)),
        (b"S- 0.020kg", Weighing(ScaleStatus.UNDER_ZERO, -20)),
        (b"S  2.000lb", Weighing(ScaleStatus.STABLE, 907)),
        (b"U  1.234kg", Weighing(ScaleStatus.UNSTABLE)),
        (b"SF15.123kg", Weighing(ScaleStatus.OVERWEIGHT)),
    ],
)
def test_answers_are_read(body: bytes, weighing: Weighing) -> None:
    assert weighed(frame(body)) == weighing


@settings(max_examples=20)
@given(weight=st.integers(1, 29_999), at=st.integers(2, 11), bit=st.integers(0, 6))
def test_one_wrong_bit_is_no_weight(weight: int, at: int, bit: int) -> None:
    answer = bytearray(frame(f"S {weight / 1000:6.3f}kg".encode()))
    answer[at] ^= 1 << bit
    with pytest.raises(DeviceError):
        weighed(bytes(answer))


def test_it_is_set_to_zero_by_its_key() -> None:
    assert not answered({}, Cas().zero)


def test_a_name_tells_it() -> None:
    driver = registry.driver(registry.card_of("cas"))
    assert driver.probe(Found(Address(Bus.SERIAL, "x"), "CAS PD-II")) == 70
