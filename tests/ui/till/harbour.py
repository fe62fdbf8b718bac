"""The till of a store that is one of several: a window, its database, and its way to a real service."""

from __future__ import annotations

from dataclasses import dataclass

from omsdesk.domain.shop import Shop, Till
from omsdesk.ui.exchange import Exchange
from tests.stories.business import HARBOUR, HARBOUR_TILL, Branch
from tests.ui.till.shop import Station


@dataclass
class HarbourTill(Station):
    """The till of the harbour store, in its window, with its way to the service."""

    shop: Shop = HARBOUR
    till: Till = HARBOUR_TILL
    who: str = "max"

    def reach(self, branch: Branch) -> None:
        """Let it ask the service as the station that was let in."""
        self.exchange = Exchange(
            self.database, self.writer, self.background, lambda: branch.service, lambda _: None, self.path.parent
        )
        self.state.counter.elsewhere = self.exchange
