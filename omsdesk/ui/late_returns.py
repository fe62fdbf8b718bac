"""Goods that came back at this till and, as is heard later, in another store, too: all stores are told."""

from __future__ import annotations

from omsdesk.actions.execute import Changes
from omsdesk.domain.other_store import TellReturns
from omsdesk.domain.people import SYSTEM
from omsdesk.store.engine import Connection
from omsdesk.store.queries.other_store import untold
from omsdesk.store.queries.till import station
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed


class LateReturns:
    """Looks at the start, and whenever another store told of goods that came back there."""

    def __init__(self, feed: ChangeFeed, work: Background) -> None:
        """Listen from now on."""
        self._work = work
        feed.changed.connect(self._heard)
        self.look()

    def look(self) -> None:
        """Tell what is to be told, if there is anything."""
        self._work.ask(_is_any, self._found)

    def _heard(self, changes: Changes) -> None:
        if changes.touch("return"):
            self.look()

    def _found(self, is_any: bool) -> None:
        if is_any:
            self._work.change(SYSTEM, TellReturns(), then=lambda _: None)


def _is_any(reader: Connection) -> bool:
    till = station(reader).till
    return bool(till and untold(reader, till))
