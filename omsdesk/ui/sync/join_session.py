"""Becoming another till of a shop that exists: being let in, hearing the shop, being one of its tills."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING, NamedTuple

from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui.exchange import Trouble
from omsdesk.ui.sync.enrol_session import EnrolSession
from omsdesk.ui.sync.office import Office

if TYPE_CHECKING:
    from omsdesk.sync.messages import KnownDevice, KnownDevices


class Stage(StrEnum):
    """How far one is."""

    CODE = "code"
    FILLING = "filling"
    """Products and people are coming."""
    TILL = "till"
    """The code named no till: somebody chooses."""
    NEW = "new"
    """The shop, or this store of it, is not there yet: this station makes it."""
    DONE = "done"


class Choice(NamedTuple):
    """A till that this computer can be, or (without an id) a back office; ``taken_by`` is the station that is it."""

    till: str
    title: str
    taken_by: str = ""


def _in_shop(shop: str, choice: Choice) -> Choice:
    return choice._replace(title=f"{shop}: {choice.title}" if shop else choice.title)


class JoinSession:
    """State and intents of joining. Where it was broken off it goes on: everything is known from what is there."""

    def __init__(self, office: Office) -> None:
        """Begin where this station is."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.enrolment = EnrolSession(office, lambda _: self._tell())
        self.refusal = ""
        self._known: KnownDevices | None = None
        self._is_asking = self._is_done = False
        self.go_on()

    @property
    def stage(self) -> Stage:
        """How far one is."""
        exchange, shop = self.office.exchange, self.office.home
        is_shut_out = exchange.state.phase is Phase.REFUSED and shop is None
        if not exchange.service.is_enrolled or is_shut_out:
            return Stage.CODE
        if self._is_done:
            return Stage.DONE
        if exchange.state.phase is not Phase.IDLE and shop is None:
            return Stage.FILLING
        if shop is None:
            return Stage.NEW
        # Known only once nothing is left to be heard: before that, the list of tills may be half of it.
        return Stage.TILL if self._known is not None else Stage.FILLING

    @property
    def has_data(self) -> bool:
        """Whether the shop was heard, as far as it had come: only which tills are free is not known."""
        return self.office.home is not None

    @property
    def state(self) -> SyncState:
        """How the exchange stands."""
        return self.office.exchange.state

    @property
    def choices(self) -> list[Choice]:
        """What this computer can be."""
        taken = {row.till: row.name or "another station" for row in self._others() if row.till}
        store = self.office.store()
        tills = [till for till in self.office.tills if store in {HEAD_OFFICE, till.shop}]
        rows = [Choice(till.id, f"{till.name} ({till.code})", taken.get(till.id, "")) for till in tills]
        if self.office.is_head:
            # Nothing is sold there, as a rule.
            shops = {shop.id: shop.name for shop in self.office.shops}
            named = zip((shops.get(till.shop, "") for till in tills), rows, strict=True)
            return [Choice("", "No till: head office"), *(_in_shop(*found) for found in named)]
        return [*rows, Choice("", "No till: back office")]

    def become(self, till: str) -> None:
        """Be a till, or a back office."""
        if any(row.till == till and row.taken_by for row in self.choices):
            self.refusal = "Another station is this till already: their receipts would have the same numbers."
            self._tell()
            return
        self._become(till)

    def _become(self, till: str) -> None:
        self._is_done = True
        self.office.become_till(till)

    def try_again(self) -> None:
        """Ask the service again at once."""
        self.refusal = ""
        self.office.exchange.sync_now()
        self.go_on()

    def go_on(self) -> None:
        """Do what comes next, now that the exchange stands otherwise."""
        is_filled = self.office.exchange.state.phase is Phase.IDLE and self.office.home is not None
        if is_filled and self._known is None and not self._is_asking:
            self._is_asking = True
            self.office.exchange.devices(self._told, self._failed)
        self._be_what_the_code_named()
        self._tell()

    def _told(self, known: KnownDevices) -> None:
        self._is_asking, self._known, self.refusal = False, known, ""
        self._be_what_the_code_named()
        self._tell()

    def _be_what_the_code_named(self) -> None:
        # A till that was set up with the code may be heard a moment later than everything else.
        known = self._known.devices if self._known is not None else ()
        own = next((row.till for row in known if row.device == self.office.exchange.device), "")
        if own in {till.id for till in self.office.tills} and not self._is_done:
            self._become(own)

    def _failed(self, trouble: Trouble) -> None:
        self._is_asking, self.refusal = False, trouble.sentence
        self._tell()

    def _others(self) -> list[KnownDevice]:
        known = self._known.devices if self._known is not None else ()
        return [row for row in known if row.device != self.office.exchange.device and not row.retired_ms]

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
