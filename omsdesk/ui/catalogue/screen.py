"""The products page: the list, the form of one product and the import, one at a time."""

from __future__ import annotations

from omsdesk.ui.catalogue.office import Office
from omsdesk.ui.navigation import Screen


class ProductsScreen(Screen):
    """Shows the catalogue; a product opens in place of the list."""

    def __init__(self, office: Office) -> None:
        """Show the list."""
        super().__init__()
        self.office = office
