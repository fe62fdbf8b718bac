"""A scale beside the till, in the vocabulary of UnifiedPOS: it weighs by itself, and shows it to whoever asks."""

from __future__ import annotations

from enum import StrEnum
from typing import Protocol

from omsdesk.domain.records import record
from omsdesk.domain.values import Quantity


class ScaleStatus(StrEnum):
    """How a live weight is (UnifiedPOS ScaleLiveWeight)."""

    STABLE = "stable weight"
    UNSTABLE = "weight unstable"
    ZERO = "weight zero"
    OVERWEIGHT = "weight overweight"
    UNDER_ZERO = "weight under zero"
    NOT_READY = "not ready"


_ADVICE = {
    ScaleStatus.STABLE: "",
    ScaleStatus.UNSTABLE: "The weight is not steady yet. Take your hand off.",
    ScaleStatus.ZERO: "Put it on the scale.",
    ScaleStatus.OVERWEIGHT: "This is too heavy for the scale. Weigh it in parts.",
    ScaleStatus.UNDER_ZERO: "The scale shows less than nothing. Empty it, and set it to zero.",
    ScaleStatus.NOT_READY: "The scale does not answer. Check that it is switched on, or type the weight.",
}


@record
class Weighing:
    """What a scale shows."""

    status: ScaleStatus
    grams: int = 0
    """Net: without the tare."""
    tare: int = 0
    """What is taken off for the package, in grams."""

    @property
    def sentence(self) -> str:
        """What to do, where it is no weight to sell by."""
        return _ADVICE[self.status]

    @property
    def weight(self) -> Quantity | None:
        """The weight in kilograms, where it is one to sell by: steady, and above zero."""
        is_good = self.status is ScaleStatus.STABLE and self.grams > 0
        return Quantity(self.grams * 1000) if is_good else None


class Scale(Protocol):
    """A scale. A driver reads it on a thread of its own: no call here waits."""

    def live_weight(self) -> Weighing:
        """Give what it shows now."""

    def set_tare(self, grams: int) -> None:
        """Take the package off what it shows from now on."""

    def zero(self) -> None:
        """Call what lies on it nothing."""

    def close(self) -> None:
        """Let go of the device."""
