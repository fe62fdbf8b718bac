"""Where somebody looks at all stores: the ways to ask, who is there, and whose sales this station hears."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from omsdesk.actions.clock import Clock
from omsdesk.domain.people import Person
from omsdesk.store.engine import Connection
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed


@dataclass(frozen=True, slots=True)
class Office:
    """``store`` gives the store that this station is enrolled for: empty for none, ``HEAD_OFFICE`` for all of them."""

    reader: Connection
    work: Background
    feed: ChangeFeed
    clock: Clock
    person: Callable[[], Person | None]
    store: Callable[[], str]

    @property
    def may_read(self) -> bool:
        """Whether whoever is here may see figures."""
        person = self.person()
        return person is not None and person.may("reports.read")

    @property
    def is_head(self) -> bool:
        """Whether this station belongs to no store and hears all of them."""
        return self.store() == HEAD_OFFICE

    def hears(self, shop: str) -> bool:
        """Whether what a shop sells comes to this station at all."""
        return self.store() in {"", HEAD_OFFICE, shop}
