"""The scale of others at the end of a real serial cable says what lies on it."""

from __future__ import annotations

from omsdesk.devices.polled_scale import PolledScale
from omsdesk.devices.scale import ScaleStatus
from tests.devices.foreign_scale import ForeignScale
from tests.devices.stories_of_a_scale import StoriesOfAScale
from tests.patience import until


class TestSma(StoriesOfAScale):
    """It is asked as scale makers agreed."""

    driver, profile = "sma", "sma-15kg"

    def test_it_is_set_to_zero_from_here(self, foreign: ForeignScale, scale: PolledScale) -> None:
        foreign.put(15)
        until(lambda: scale.live_weight().grams == 15)
        scale.zero()
        until(lambda: scale.live_weight().status is ScaleStatus.ZERO)

    def test_pounds_are_weighed_too(self, foreign: ForeignScale, scale: PolledScale) -> None:
        foreign.put(454)
        foreign._scale.next_unit()
        until(lambda: scale.live_weight().grams == 454)
