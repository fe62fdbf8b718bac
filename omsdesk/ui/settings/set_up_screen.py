"""The first start: one page that ends with a working till."""

from __future__ import annotations

from PySide6.QtCore import Signal

from omsdesk.ui.navigation import Screen
from omsdesk.ui.settings.office import Office


class SetUpScreen(Screen):
    """Asks for country, shop and first person; ``finished`` when this computer is a till that can sell."""

    finished = Signal()

    def __init__(self, office: Office) -> None:
        """Show an empty page."""
        super().__init__()
        self.office = office
