"""Serial ports are asked whether a scale is behind them."""

from __future__ import annotations

import pytest

from omsdesk.devices.address import Address, Bus
from omsdesk.devices.asking import found_scale
from omsdesk.devices.driver import Found
from tests.devices.foreign_scale import ForeignScale
from tests.devices.serial_gadgets import Gadget


def port(name: str) -> Found:
    return Found(Address(Bus.SERIAL, name), "USB Serial Port", {"port": name})


@pytest.mark.parametrize(("protocol", "driver"), [("toledo8217-15kg", "toledo_8217"), ("sma-15kg", "sma")])
def test_a_foreign_scale_is_known_by_what_it_answers(protocol: str, driver: str) -> None:
    scale = ForeignScale(protocol)
    answer = found_scale(port(scale.gadget.name))
    assert answer is not None
    assert answer.card.name == driver
    assert answer.found.name == answer.card.title
    assert answer.found.details == {"port": scale.gadget.name}
    scale.gadget.pull_out()


def test_a_port_with_nobody_behind_it_is_no_scale() -> None:
    silent = Gadget(lambda _: b"")
    assert found_scale(port(silent.name)) is None
    silent.pull_out()


def test_noise_is_no_scale() -> None:
    noisy = Gadget(lambda data: b"\xff" * len(data))
    assert found_scale(port(noisy.name)) is None
    noisy.pull_out()


def test_a_port_that_is_not_there_is_no_scale() -> None:
    assert found_scale(port("/dev/ttyNOWHERE")) is None
