"""Where a manager reads reports: the ways to ask and to print, the folder for files, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from omsdesk.actions.clock import Clock
from omsdesk.domain.people import Person
from omsdesk.domain.shop import Shop
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.office import any_printer


@dataclass(frozen=True, slots=True)
class Office:
    """What the reports' screens work with."""

    reader: Connection
    work: Background
    feed: ChangeFeed
    clock: Clock
    till: str
    person: Callable[[], Person | None]
    pdf_folder: Callable[[], Path]
    has_printer: Callable[[str], bool] = any_printer
    """Tells whether a printer is set up for a role."""

    @property
    def shop(self) -> Shop:
        """The shop as it is set up now; one without a name where there is none yet."""
        return queries.shop_of(self.reader, self.till) or Shop("", "", "EUR")

    @property
    def may_read(self) -> bool:
        """Whether whoever is here may see the figures of shifts."""
        person = self.person()
        return person is not None and person.may("reports.read")
