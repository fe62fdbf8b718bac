"""How the exchange with the service stands, and coming and going of this station. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from omsdesk.domain.shop import series_of
from omsdesk.store import exchange as notes
from omsdesk.store.queries import till as queries
from omsdesk.sync.state import Phase, SyncState
from omsdesk.ui.exchange import Trouble
from omsdesk.ui.sync.enrol_session import EnrolSession
from omsdesk.ui.sync.office import NO_RIGHT, Office
from omsdesk.ui.sync_words import SHARED_TILL, Told, changes, clock_time, last_heard, told

if TYPE_CHECKING:
    from omsdesk.sync.messages import Enrolled


_NEW_SERIES = (
    "This computer was let in again with a code, or came to a till at which somebody had sold before. It began a new "
    "series there, so that no receipt number can appear twice. Nothing else changed."
)


class StandingSession:
    """State and intents of the first part."""

    def __init__(self, office: Office) -> None:
        """Show how it stands."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.refusal = self.done = ""
        self.enrolment = EnrolSession(office, self._entered)
        self.is_leaving = False
        """Whether it was asked for, and somebody has to say that they mean it."""
        self.is_busy = False
        self.on_joined: Callable[[], None] = lambda: None
        """Called when this station was let in and has no shop yet."""

    @property
    def state(self) -> SyncState:
        """How the exchange stands."""
        return self.office.exchange.state

    @property
    def words(self) -> Told:
        """The same in words."""
        return told(self.state, self.office.clock.now())

    @property
    def needs_code(self) -> bool:
        """Whether a code is what this station needs: it works by itself, or the service lets it in no more."""
        return self.state.phase in {Phase.OFF, Phase.REFUSED}

    @property
    def is_line_good(self) -> bool:
        """Whether what is asked for now goes through, as far as anybody knows."""
        return self.state.phase in {Phase.IDLE, Phase.TALKING}

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may let this station in, or take it out; before there is a shop anybody may."""
        if self.office.shop is None:
            return True
        return self.office.may("shop.edit")

    @property
    def facts(self) -> list[tuple[str, str]]:
        """What is known of it: a label and a value each."""
        state, now, service = self.state, self.office.clock.now(), self.office.exchange.service
        last = clock_time(state.last_contact_ms, now) if state.last_contact_ms else "not since this program was started"
        waits = (
            f"{changes(state.waiting)}, since {clock_time(state.waiting_since_ms, now)}" if state.waiting else "nothing"
        )
        till, shop = queries.till_of(self.office.reader, self.office.till()), self.office.shop
        what = "Head office" if self.office.is_head else "Back office"
        return [
            ("Last contact", last),
            ("Waits here to be sent", waits),
            ("Still to be heard", changes(state.lag) if state.lag else "nothing"),
            ("Service", service.address),
            ("Shop", "all stores" if self.office.is_head else shop.name if shop else "none yet"),
            ("This computer", f"{till.name} ({till.code})" if till else what),
        ]

    @property
    def fork_words(self) -> str:
        """What happened to this station's history, in plain words; empty where nothing did."""
        found = [fork for fork in notes.forks(self.office.reader) if fork.moved or fork.kept]
        if not found:
            return ""
        where = queries.station(self.office.reader)
        till = queries.till_of(self.office.reader, where.till)
        series = f" New receipts have the series {series_of(till, where.epoch)}." if till else ""
        if not any(notes.went_on_elsewhere(self.office.reader, where.device, fork) for fork in found):
            return f"{_NEW_SERIES}{series}"
        moved = sum(fork.moved for fork in found)
        sent = f" {changes(moved)} that only this computer had were sent again." if moved else ""
        return (
            "This computer was copied, or a backup was put back: for a while its history went on in two places. "
            f"Both were kept, nothing is lost, and no receipt number appears twice.{series}{sent} "
            "If a copy of this computer still runs, enrol it as a till of its own."
        )

    @property
    def neighbour_words(self) -> str:
        """Who else is the till that this computer is, and how that is settled; empty where nobody is."""
        till = queries.till_of(self.office.reader, self.office.till())
        if till is None or not self.state.neighbours:
            return ""
        now = self.office.clock.now()
        others = ", ".join(last_heard(other.name, other.seen_ms, now) for other in self.state.neighbours)
        return f"This computer is {till.name} ({till.code}), and so is {others}. {SHARED_TILL}"

    @property
    def how_to_begin(self) -> str:
        """What makes a new business on a service, to be typed where the service runs."""
        shop = self.office.shop
        name = (shop.name if shop else "My shop").replace('"', "").replace("\\", "").replace("$", "").replace("`", "")
        return f'omsdesk server new-business "{name}"'

    def refresh(self) -> None:
        """Look again."""
        self._tell()

    def arrived(self) -> None:
        """Somebody looks how it stands: on a line that is down it is tried again, as a sale would."""
        if not self.is_line_good:
            self.office.exchange.wake()

    def sync_now(self) -> None:
        """Exchange at once."""
        self.office.exchange.sync_now()

    def ask_to_leave(self) -> None:
        """Ask whether this station shall leave the service."""
        self.refusal = "" if self.may_edit else NO_RIGHT
        self.is_leaving = self.may_edit
        self._tell()

    def stay(self) -> None:
        """Do not leave after all."""
        self.is_leaving = False
        self._tell()

    def leave(self) -> None:
        """Let this station work by itself again."""
        if self.is_busy or not self.is_leaving:
            return
        self.is_busy, self.is_leaving = True, False
        self.office.exchange.leave(self._left, self._stayed)
        self._tell()

    def enrol(self) -> None:
        """Have this station let in."""
        if self.may_edit and self.needs_code:
            self.done = ""
            self.enrolment.enrol()

    def _entered(self, found: Enrolled) -> None:
        if self.office.home is None:
            # There is nothing to be shown here yet: the shop has to come, or to be made.
            self.on_joined()
            return
        self.done = "This station was let in. What it knows is being sent, and what others know is coming."
        if found.till and not self.office.till() and found.till in {till.id for till in self.office.tills}:
            self.office.become_till(found.till)
        self._tell()

    def _left(self) -> None:
        self.is_busy, self.refusal = False, ""
        self.done = "This station works by itself now. What it told the service stays there."
        self._tell()

    def _stayed(self, trouble: Trouble) -> None:
        self.is_busy, self.refusal = False, trouble.sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
