"""Where the shop is set up: the ways to ask and to change, this computer, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from omsdesk.actions.clock import Clock
from omsdesk.actions.execute import Done
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import SYSTEM, Person
from omsdesk.domain.shop import Shop
from omsdesk.settings import Settings
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed

NO_RIGHT = "You can look at the settings. To change them, ask a manager to sign in."


@dataclass(frozen=True, slots=True)
class Station:
    """This computer: what holds for it alone, and the ways to change that."""

    settings: Callable[[], Settings]
    keep: Callable[[Settings], None]
    """Writes the settings and makes them hold: theme, text size, sounds, printer. Raises OSError."""
    become_till: Callable[[str], None]
    """Makes this computer a till, or (empty) a back office."""
    make_demo_shop: Callable[[], None]
    """Fills an empty database with the demonstration shop; slow, called in another thread. Raises StoreFailure."""


@dataclass(frozen=True, slots=True)
class Office:
    """What the settings' screens work with. ``till`` gives which till this computer is, empty for none."""

    reader: Connection
    work: Background
    feed: ChangeFeed
    clock: Clock
    till: Callable[[], str]
    person: Callable[[], Person | None]
    station: Station

    @property
    def shop(self) -> Shop | None:
        """The shop as it is set up now; None before it is."""
        return queries.shop_of(self.reader, self.till()) or queries.shop_of(self.reader, "")

    def may(self, right: str) -> bool:
        """Whether whoever is here has a right."""
        person = self.person()
        return person is not None and person.may(right)

    def change(self, *commands: Command, then: Callable[[Done], None], refused: Callable[[str], None]) -> None:
        """Carry commands out in the name of whoever is here; a refusal's sentence goes to ``refused``."""
        person = self.person()
        if person is None:
            refused("Sign in first, then save again.")
        else:
            self.change_as(person.id, *commands, then=then, refused=refused)

    def set_up(self, *commands: Command, then: Callable[[Done], None], refused: Callable[[str], None]) -> None:
        """Carry out the first commands of all, before there is anybody."""
        self.change_as(SYSTEM, *commands, then=then, refused=refused)

    def change_as(
        self, actor: str, *commands: Command, then: Callable[[Done], None], refused: Callable[[str], None]
    ) -> None:
        """Carry commands out in somebody's name."""
        self.work.change(
            actor,
            *commands,
            then=lambda outcome: refused(outcome.sentence) if isinstance(outcome, Refusal) else then(outcome),
        )
