"""The settings page: what can be set up on the left, the chosen part on the right."""

from __future__ import annotations

from omsdesk.ui.navigation import Screen
from omsdesk.ui.settings.office import Office


class SettingsScreen(Screen):
    """Shop, taxes, ways to pay, tills, people, this computer."""

    def __init__(self, office: Office) -> None:
        """Show the shop."""
        super().__init__()
        self.office = office
