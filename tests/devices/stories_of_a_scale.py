"""Stories that any scale of others tells at the end of a real serial cable, whatever it speaks."""

from __future__ import annotations

from collections.abc import Iterator
from typing import ClassVar

import pytest

from omsdesk.devices import registry
from omsdesk.devices.address import Address, Bus
from omsdesk.devices.attendant import Attendant
from omsdesk.devices.polled_scale import PolledScale
from omsdesk.devices.scale import ScaleStatus
from tests.devices.foreign_scale import ForeignScale
from tests.patience import until


class StoriesOfAScale:
    """Told by the test class of each driver, which names it and the foreign scale's profile."""

    driver: ClassVar[str]
    profile: ClassVar[str]

    @pytest.fixture
    def foreign(self) -> Iterator[ForeignScale]:
        """Put the scale of others down."""
        made = ForeignScale(self.profile)
        yield made
        made.gadget.pull_out()

    @pytest.fixture
    def scale(self, foreign: ForeignScale) -> Iterator[PolledScale]:
        """Plug it in."""
        # A pseudo-terminal carries eight bits, whatever the scale is set to.
        made = registry.attach(self.driver, Address(Bus.SERIAL, foreign.gadget.name), {"line": "9600 8N1"})
        assert isinstance(made, PolledScale)
        attendant = Attendant(made)
        attendant.start()
        yield made
        attendant.stop()

    @pytest.mark.parametrize("grams", [5, 350, 1250, 14_995])
    def test_what_lies_on_it_is_read(self, foreign: ForeignScale, scale: PolledScale, grams: int) -> None:
        """A weight within its range is a weight to sell by."""
        foreign.put(grams)
        until(lambda: scale.live_weight().grams == grams)
        assert scale.live_weight().status is ScaleStatus.STABLE

    @pytest.mark.parametrize(
        ("grams", "status"),
        [(0, ScaleStatus.ZERO), (15_100, ScaleStatus.OVERWEIGHT), (-50, ScaleStatus.UNDER_ZERO)],
    )
    def test_what_is_no_weight_is_said(
        self, foreign: ForeignScale, scale: PolledScale, grams: int, status: ScaleStatus
    ) -> None:
        """Nothing is sold by what is no weight."""
        foreign.put(grams)
        until(lambda: scale.live_weight().status is status)
        assert scale.live_weight().weight is None

    def test_what_still_moves_is_waited_for(self, foreign: ForeignScale, scale: PolledScale) -> None:
        """What moves is no weight yet."""
        foreign.put(500, is_steady=False)
        until(lambda: scale.live_weight().status is ScaleStatus.UNSTABLE)
        until(lambda: scale.live_weight().grams == 500)
