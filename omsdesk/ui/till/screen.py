"""The till's screen: which view is shown when, and what happens around it."""

from __future__ import annotations

from PySide6.QtCore import Signal

from omsdesk.devices.ports import PrinterStatus
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.navigation import Screen
from omsdesk.ui.sounds import Speaker
from omsdesk.ui.till.state import TillState


class TillScreen(Screen):
    """Sell: search, tiles and cart, and the views that take their place for a while."""

    settings_wanted = Signal()
    user_changed = Signal(str)
    """Emitted with the name of whoever stands at the till now; empty while it is locked."""

    def __init__(self, state: TillState, feed: ChangeFeed, speaker: Speaker) -> None:
        """Take what the till is about, and what tells of changes from elsewhere."""
        super().__init__()
        self.state = state
        self.speaker = speaker
        self.feed = feed

    def show_printer(self, status: PrinterStatus) -> None:
        """Show how the printer is; call it on the GUI thread."""
