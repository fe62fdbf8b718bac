"""A scale, as the till sees it."""

from __future__ import annotations

import pytest

from omsdesk.devices.drivers.virtual_scale.scale import CAPACITY, SimulatedScale
from omsdesk.devices.scale import Scale, ScaleStatus, Weighing
from omsdesk.domain.values import Quantity


@pytest.fixture
def scale() -> SimulatedScale:
    return SimulatedScale()


def test_what_lies_on_it_steadily_is_sold_by(scale: SimulatedScale) -> None:
    device: Scale = scale
    assert device.live_weight().status is ScaleStatus.ZERO
    scale.put(350)
    assert device.live_weight() == Weighing(ScaleStatus.STABLE, 350)
    assert device.live_weight().weight == Quantity.of("0.350")


def test_what_moves_is_not(scale: SimulatedScale) -> None:
    scale.put(350, is_steady=False)
    shown = scale.live_weight()
    assert (shown.status, shown.weight) == (ScaleStatus.UNSTABLE, None)
    assert "not steady" in shown.sentence


def test_the_package_is_not_paid_for(scale: SimulatedScale) -> None:
    scale.put(370)
    scale.set_tare(20)
    assert scale.live_weight() == Weighing(ScaleStatus.STABLE, 350, 20)
    scale.put(0)
    assert scale.live_weight().status is ScaleStatus.UNDER_ZERO


def test_what_lies_there_can_be_called_nothing(scale: SimulatedScale) -> None:
    scale.put(5)
    scale.zero()
    assert scale.live_weight().status is ScaleStatus.ZERO


def test_too_much_is_no_weight_and_neither_is_a_scale_that_is_off(scale: SimulatedScale) -> None:
    scale.put(CAPACITY + 1)
    assert "too heavy" in scale.live_weight().sentence
    scale.switch(is_on=False)
    assert "does not answer" in scale.live_weight().sentence
    assert scale.live_weight().weight is None
    scale.close()
