"""The customer's side of the till: what was set up for it, put to work."""

from __future__ import annotations

from typing import TYPE_CHECKING, cast

from omsdesk.ui.till.customer_display.display import CustomerDisplay
from omsdesk.ui.till.customer_display.pole import OnPole

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from omsdesk.devices.customer_screen import CustomerScreen
    from omsdesk.devices.line_display import LineDisplay
    from omsdesk.ui.till.customer_display.screen_window import ScreenWindow
    from omsdesk.ui.till.state import TillState

POLE, SCREEN = "display", "customer-screen"
"""The roles of what the customer sees by, as the station's settings name them."""
_TRIED = "tried"


class CustomerSide:
    """Lives as long as the till's state."""

    def __init__(self, state: TillState) -> None:
        """Begin with nothing to see by."""
        self._state = state
        self.display = CustomerDisplay(state)
        self.windows: dict[str, ScreenWindow] = {}

    def attach(self, role: str, device: object, till: QWidget) -> None:
        """Use what speaks to a device from now on, or nothing; ``till`` is the window that keeps the keys."""
        from omsdesk.devices.customer_screen import CustomerScreen

        self._let_go(role)
        if isinstance(device, CustomerScreen):
            self._open(role, device, till)
        elif device is not None:
            self.display.set_viewer(role, OnPole(cast("LineDisplay", device)))

    def show_in_window(self, till: QWidget) -> None:
        """Show what the customer sees beside the till's own window: to try it, and to teach."""
        from omsdesk.devices.customer_screen import CustomerScreen

        self._let_go(_TRIED)
        self._open(_TRIED, CustomerScreen(is_window=True, names_customer=True), till)

    def _open(self, role: str, wanted: CustomerScreen, till: QWidget) -> None:
        from omsdesk.ui.till.customer_display.screen_window import ScreenWindow

        window = self.windows[role] = ScreenWindow(wanted, till, self._state.counter.work)
        window.view.destroyed.connect(lambda: self._gone(role, window))
        self.display.set_viewer(role, window)

    def _gone(self, role: str, window: ScreenWindow) -> None:
        """Forget a window that somebody closed, or that went with the till's."""
        if self.windows.get(role) is window:
            del self.windows[role]
            self.display.set_viewer(role, None)

    def _let_go(self, role: str) -> None:
        self.display.set_viewer(role, None)
        window = self.windows.pop(role, None)
        if window is not None:
            window.close()
