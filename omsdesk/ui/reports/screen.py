"""The reports page: shifts and receipts of this till on the left, the chosen one as paper on the right."""

from __future__ import annotations

from omsdesk.ui.navigation import Screen
from omsdesk.ui.reports.office import Office


class ReportsScreen(Screen):
    """Shows reports and receipts as they were printed."""

    def __init__(self, office: Office) -> None:
        """Show the newest shift."""
        super().__init__()
        self.office = office
