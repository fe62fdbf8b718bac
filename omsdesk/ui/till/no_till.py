"""What stands in the till's place while there is no shop or this computer is no till."""

from __future__ import annotations

from PySide6.QtCore import Signal

from omsdesk.ui.navigation import Screen
from omsdesk.ui.widgets.empty_state import EmptyState
from omsdesk.ui.widgets.layouts import column


class NoTill(Screen):
    """Says what is missing and leads there."""

    settings_wanted = Signal()

    def __init__(self, *, has_shop: bool = False, button: str = "Open the settings") -> None:
        """Tell a computer without a shop from one that has a shop and is no till; ``button`` is what leads on."""
        super().__init__()
        sentence = (
            "This computer is not a till yet. Choose which till it is, and you can sell."
            if has_shop
            else "There is no shop yet. Set up its name, taxes and ways to pay, and you can sell."
        )
        self.state = EmptyState("store", sentence, button)
        self.state.pressed.connect(self.settings_wanted)
        self.setLayout(column(self.state))
