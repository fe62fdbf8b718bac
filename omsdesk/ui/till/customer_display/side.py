"""The customer's side of the till: what was set up for it, put to work."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from omsdesk.ui.till.customer_display.display import CustomerDisplay
from omsdesk.ui.till.customer_display.pole import OnPole

if TYPE_CHECKING:
    from omsdesk.devices.line_display import LineDisplay
    from omsdesk.ui.till.state import TillState

POLE, SCREEN = "display", "customer-screen"
"""The roles of what the customer sees by, as the station's settings name them."""


class CustomerSide:
    """Lives as long as the till's state."""

    def __init__(self, state: TillState) -> None:
        """Begin with nothing to see by."""
        self.display = CustomerDisplay(state)

    def attach(self, role: str, device: object) -> None:
        """Use what speaks to a device from now on; None is no device any more."""
        if role == POLE:
            self.display.set_viewer(role, OnPole(cast("LineDisplay", device)) if device is not None else None)
