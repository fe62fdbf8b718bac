"""What the back office works with: the ways to ask and to change, where this station is, and who is there."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from omsdesk.actions.clock import Clock
from omsdesk.actions.execute import Done
from omsdesk.domain.messages import Command, Refusal
from omsdesk.domain.people import SYSTEM, Person
from omsdesk.domain.shop import Shop, Till
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui.background import Background
from omsdesk.ui.changes import ChangeFeed


def _nowhere() -> str:
    return ""


def _forget(_shop: str) -> str:
    return ""


@dataclass(frozen=True, slots=True)
class Post:
    """Where this station works.

    ``till`` gives which till it is, empty for none; ``store`` what it is enrolled for, empty for nothing and
    ``HEAD_OFFICE`` for all stores. Where it is no till, ``chosen`` gives the shop that somebody chose to look at, and
    ``choose`` remembers one, or says why not now.
    """

    till: Callable[[], str]
    store: Callable[[], str] = _nowhere
    chosen: Callable[[], str] = _nowhere
    choose: Callable[[str], str] = _forget


def any_printer(_role: str) -> bool:
    """Have a printer for every role."""
    return True


def home_of(reader: Connection, store: str) -> Shop | None:
    """Find the shop of a store; for a head office, or without a service, any that there is; None where it is to be."""
    return queries.shop_of(reader, "") if store in {"", HEAD_OFFICE} else queries.shop_by_id(reader, store)


@dataclass(frozen=True, slots=True)
class Office:
    """What every page of the back office works with."""

    reader: Connection
    work: Background
    feed: ChangeFeed
    clock: Clock
    post: Post
    person: Callable[[], Person | None]

    def till(self) -> str:
        """Which till this computer is; empty for none."""
        return self.post.till()

    def store(self) -> str:
        """Which store it is enrolled for; empty for none, ``HEAD_OFFICE`` for all of them."""
        return self.post.store()

    @property
    def shop(self) -> Shop | None:
        """The shop of this till, or the one that is looked at; as it is set up now, None before it is."""
        return self.find_shop()

    def find_shop(self) -> Shop | None:
        """Read the shop."""
        if self.till():
            return queries.shop_of(self.reader, self.till()) or queries.shop_of(self.reader, "")
        known = (queries.shop_by_id(self.reader, shop) for shop in (self.post.chosen(), self.store()) if shop)
        return next(filter(None, known), None) or queries.shop_of(self.reader, "")

    @property
    def shops(self) -> list[Shop]:
        """The shops of the business, by name."""
        found = (queries.shop_by_id(self.reader, shop) for shop in queries.shop_ids(self.reader))
        return sorted(filter(None, found), key=lambda shop: shop.name.casefold())

    @property
    def home(self) -> Shop | None:
        """The shop that this station belongs to; None where the store it was let in for is not set up yet."""
        return home_of(self.reader, self.store())

    @property
    def locale(self) -> str:
        """How amounts and moments are written here."""
        shop = self.shop
        return shop.locale if shop else "en"

    @property
    def tills(self) -> list[Till]:
        """The tills of all shops, by their codes."""
        return queries.tills(self.reader)

    @property
    def is_head(self) -> bool:
        """Whether this station belongs to no store and hears all of them."""
        return self.store() == HEAD_OFFICE

    def hears(self, shop: str) -> bool:
        """Whether what a shop sells comes to this station at all."""
        return self.store() in {"", HEAD_OFFICE, shop}

    def may(self, right: str) -> bool:
        """Whether whoever is here has a right."""
        person = self.person()
        return person is not None and person.may(right)

    def change(self, *commands: Command, then: Callable[[Done], None], refused: Callable[[str], None]) -> None:
        """Carry commands out in the name of whoever is here; a refusal's sentence goes to ``refused``."""
        person = self.person()
        if person is None:
            refused("Sign in first, then try again.")
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
