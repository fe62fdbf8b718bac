"""Where a manager keeps the catalogue: the ways to ask and to change, the clock, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from omsdesk.actions.clock import Clock
from omsdesk.actions.execute import Done
from omsdesk.actions.writer import Writer
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import Person
from omsdesk.domain.shop import Shop
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed

NO_RIGHT = "You can look at the products. To change them, ask a manager to sign in."


@dataclass(frozen=True, slots=True)
class Office:
    """What the catalogue's screens work with. ``till`` is empty where this computer is no till."""

    reader: Connection
    work: Background
    writer: Writer
    """What an import writes through, batch by batch."""
    feed: ChangeFeed
    clock: Clock
    till: str
    person: Callable[[], Person | None]

    @property
    def shop(self) -> Shop:
        """The shop as it is set up now; one without a name where there is none yet."""
        return queries.shop_of(self.reader, self.till) or Shop("", "", "EUR")

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change the catalogue."""
        person = self.person()
        return person is not None and person.may("catalogue.edit")

    def change(self, *commands: Command, then: Callable[[Done], None], refused: Callable[[str], None]) -> None:
        """Carry commands out; a refusal's sentence goes to ``refused``."""
        person = self.person()
        if person is None:
            refused("Sign in first, then save again.")
            return
        self.work.change(
            person.id,
            *commands,
            then=lambda outcome: refused(outcome.sentence) if isinstance(outcome, Refusal) else then(outcome),
        )
