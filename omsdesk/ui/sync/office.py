"""What the screens about the service work with: the ways to ask and to change, the exchange, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from omsdesk.actions.clock import Clock
from omsdesk.actions.execute import Done
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import Person
from omsdesk.domain.shop import Shop, Till
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed
from omsdesk.ui.exchange import Exchange

NO_RIGHT = "You can look at this. To change anything, ask a manager to sign in."


@dataclass(frozen=True, slots=True)
class Office:
    """``till`` gives which till this computer is, empty for none; ``become_till`` makes it one."""

    reader: Connection
    work: Background
    feed: ChangeFeed
    clock: Clock
    till: Callable[[], str]
    person: Callable[[], Person | None]
    exchange: Exchange
    become_till: Callable[[str], None]

    @property
    def shop(self) -> Shop | None:
        """The shop as it is set up now; None before it is."""
        return queries.shop_of(self.reader, self.till()) or queries.shop_of(self.reader, "")

    @property
    def locale(self) -> str:
        """How amounts and moments are written here."""
        shop = self.shop
        return shop.locale if shop else "en"

    @property
    def tills(self) -> list[Till]:
        """The tills of all shops, by their codes."""
        return queries.tills(self.reader)

    def may(self, right: str) -> bool:
        """Whether whoever is here has a right."""
        person = self.person()
        return person is not None and person.may(right)

    def change(self, *commands: Command, then: Callable[[Done], None], refused: Callable[[str], None]) -> None:
        """Carry commands out in the name of whoever is here; a refusal's sentence goes to ``refused``."""
        person = self.person()
        if person is None:
            refused("Sign in first, then try again.")
            return
        self.work.change(
            person.id,
            *commands,
            then=lambda outcome: refused(outcome.sentence) if isinstance(outcome, Refusal) else then(outcome),
        )
