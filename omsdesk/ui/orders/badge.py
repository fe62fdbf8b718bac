"""How many orders are open, at the page's entry in the rail."""

from __future__ import annotations

from PySide6.QtCore import QObject

from omsdesk.actions.execute import Changes
from omsdesk.store.engine import Connection
from omsdesk.store.queries.orders import open_count
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.widgets.rail import Rail


class OrderBadge(QObject):
    """Counts again whenever an order changed, here or elsewhere."""

    def __init__(self, feed: ChangeFeed, reader: Connection, rail: Rail) -> None:
        """Count now, and follow what comes."""
        super().__init__(rail)
        self._reader, self._rail = reader, rail
        feed.changed.connect(self._changed)
        self._show()

    def _changed(self, changes: Changes) -> None:
        if changes.touch("order"):
            self._show()

    def _show(self) -> None:
        count = open_count(self._reader)
        self._rail.set_badge("orders", str(count) if count else "")
