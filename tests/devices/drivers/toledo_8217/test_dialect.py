"""The scale of others at the end of a real serial cable says what lies on it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.attendant import Attendant
from omsdesk.devices.polled_scale import PolledScale
from omsdesk.devices.scale import ScaleStatus
from tests.devices.foreign_scale import ForeignScale
from tests.patience import until


@pytest.fixture
def foreign() -> Iterator[ForeignScale]:
    made = ForeignScale("toledo8217-15kg")
    yield made
    made.gadget.pull_out()


@pytest.fixture
def scale(foreign: ForeignScale) -> Iterator[PolledScale]:
    # A pseudo-terminal carries eight bits, whatever the scale is set to.
    made = registry.attach("toledo_8217", Address(Bus.SERIAL, foreign.gadget.name), {"line": "9600 8N1"})
    assert isinstance(made, PolledScale)
    attendant = Attendant(made)
    attendant.start()
    yield made
    attendant.stop()


@pytest.mark.parametrize("grams", [5, 350, 1250, 14_995])
def test_what_lies_on_it_is_read(foreign: ForeignScale, scale: PolledScale, grams: int) -> None:
    foreign.put(grams)
    until(lambda: scale.live_weight().grams == grams)
    assert scale.live_weight().status is ScaleStatus.STABLE


@pytest.mark.parametrize(
    ("grams", "status"),
    [(0, ScaleStatus.ZERO), (15_100, ScaleStatus.OVERWEIGHT), (-50, ScaleStatus.UNDER_ZERO)],
)
def test_what_is_no_weight_is_said(foreign: ForeignScale, scale: PolledScale, grams: int, status: ScaleStatus) -> None:
    foreign.put(grams)
    until(lambda: scale.live_weight().status is status)
    assert scale.live_weight().weight is None


def test_what_still_moves_is_waited_for(foreign: ForeignScale, scale: PolledScale) -> None:
    foreign.put(500, is_steady=False)
    until(lambda: scale.live_weight().status is ScaleStatus.UNSTABLE)
    until(lambda: scale.live_weight().grams == 500)
