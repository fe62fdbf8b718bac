"""The stations of the business: who they are, letting in a new one, letting one in again, letting one in no more."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from omsdesk.domain.shop import SaveTill, Shop, Till, free_codes
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui.exchange import Roster, Trouble
from omsdesk.ui.sync.enrol_session import is_local
from omsdesk.ui.sync.office import NO_RIGHT, Office
from omsdesk.ui.sync_words import ago, clock_time, left

if TYPE_CHECKING:
    from omsdesk.sync.messages import Code, CodeWish, KnownCode, KnownDevice, KnownDevices

NEW_TILL, BACK_OFFICE, NEW_STORE = "new", "", "store"
ASK_EVERY_MS, ASK_SOON_MS = 15_000, 3_000
"""How old the list may be while somebody looks at it, and while a code waits for a station to come with it."""


class Ticket(NamedTuple):
    """A code that was made: what to type, what to scan, whom it is for and until when it holds (ms UTC).

    ``before`` are the stations as they were: id, and when each was let in.
    """

    code: str
    invitation: str
    what: str
    until_ms: int
    till: str
    device: str
    before: frozenset[tuple[str, int]]

    def is_used_by(self, row: KnownDevice) -> bool:
        """Whether a station came in with it."""
        is_new = not row.retired_ms and (row.device, row.enrolled_ms) not in self.before
        return is_new and row.till == self.till and self.device in {"", row.device}


class Opening(NamedTuple):
    """What a new station can be, in words and for the service; ``till`` is set up first where it is new."""

    label: str
    store: str
    till: Till | None = None
    is_new: bool = False


class StationsSession:
    """State and intents of the stations' part. It knows no widget."""

    def __init__(self, office: Office) -> None:
        """Know nobody yet."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.refusal = self.done = ""
        self.stations: tuple[KnownDevice, ...] = ()
        self.codes: tuple[KnownCode, ...] = ()
        self.chosen = ""
        self.ticket: Ticket | None = None
        self.is_adding = self.is_retiring = self.is_busy = False
        self.typed: str | None = None
        """What the chosen station shall be called; None as long as nobody types."""
        self._is_asking = False
        self._asked_ms = 0
        self._lost = ""
        """What was said when the list did not come."""

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may let stations in and out."""
        return self.office.may("shop.edit")

    @property
    def station(self) -> KnownDevice | None:
        """The chosen station."""
        return next((row for row in self.stations if row.device == self.chosen), None)

    def is_here(self, device: str) -> bool:
        """Whether a station is this computer."""
        return device == self.office.exchange.device

    def name(self, device: str) -> str:
        """Call a station by a name that people know."""
        if self.is_here(device):
            return "this computer"
        known = next((row for row in self.stations if row.device == device), None)
        till = known and self._till_of(known)
        # Once, where the station is called as its till is.
        return " · ".join(dict.fromkeys(part for part in (till, known and known.name) if part)) or "another station"

    def title(self, station: KnownDevice) -> str:
        """Head what is shown of a station: what it is, and its name where that says more."""
        what = self._till_of(station) or ("Head office" if station.store == HEAD_OFFICE else "Back office")
        return " · ".join(dict.fromkeys((what, station.name or "no name")))

    def store_of(self, station: KnownDevice) -> str:
        """Name the store that a station works in; empty where the business has one alone."""
        if station.store == HEAD_OFFICE:
            return "Head office"
        shops = self.office.shops
        found = next((shop.name for shop in shops if shop.id == station.store), "Not set up yet")
        return found if len(shops) > 1 or found == "Not set up yet" else ""

    def _till_of(self, station: KnownDevice) -> str:
        return next((till.name for till in self.office.tills if till.id == station.till), "")

    def neighbours(self, station: KnownDevice) -> list[KnownDevice]:
        """List the other stations that are the till that one is: that is to be settled."""
        return [
            row
            for row in self.stations
            if station.till and row.till == station.till and row.device != station.device
            and not (row.retired_ms or station.retired_ms)
        ]  # fmt: skip

    def when(self, moment_ms: int) -> str:
        """Say when something was."""
        return clock_time(moment_ms, self.office.clock.now()) if moment_ms else "never"

    def ago(self, moment_ms: int) -> str:
        """Say how long ago something was."""
        return ago(moment_ms, self.office.clock.now()) if moment_ms else "never"

    @property
    def is_service_here(self) -> bool:
        """Whether the service runs on this computer, and is known by an address that leads nowhere from another."""
        return is_local(self.office.exchange.service.address)

    @property
    def remains(self) -> str:
        """How long the code that is shown still holds."""
        return left(self.ticket.until_ms, self.office.clock.now()) if self.ticket else ""

    # ------------------------------------------------------------------------------ who is there

    def refresh(self) -> None:
        """Ask who is there."""
        self._ask()
        self._tell()

    def tick(self) -> None:
        """Time passes while somebody looks: ask again when it is time, and take away a code that holds no more."""
        now = self.office.clock.now().utc_ms
        if self.ticket is not None and now >= self.ticket.until_ms:
            self.ticket, self.refusal = None, "The code was not used in time and holds no more. Make a new one."
            self._tell()
        if now - self._asked_ms >= (ASK_SOON_MS if self.ticket else ASK_EVERY_MS):
            self._ask()

    def _ask(self) -> None:
        if self.office.exchange.service.is_enrolled and not self._is_asking:
            self._is_asking = True
            self._asked_ms = self.office.clock.now().utc_ms
            self.office.exchange.roster(self._told, self._not_told)

    def choose(self, device: str) -> None:
        """Show a station."""
        self.chosen, self.is_adding, self.is_retiring, self.ticket = device, False, False, None
        self.refusal, self.done, self.typed = "", "", None
        self._tell()

    def _told(self, roster: Roster) -> None:
        self._is_asking, self.codes = False, roster.codes.codes
        # Only what was said of the list: why something else was not done stays in sight.
        if self.refusal == self._lost:
            self.refusal = ""
        self._lost = ""
        self._show(roster.devices)

    def _not_told(self, trouble: Trouble) -> None:
        self._is_asking = False
        self._lost = self.refusal = trouble.sentence
        self._tell()

    def _show(self, known: KnownDevices) -> None:
        self.stations = tuple(sorted(known.devices, key=lambda row: (bool(row.retired_ms), row.enrolled_ms)))
        ticket = self.ticket
        came = next(filter(ticket.is_used_by, self.stations), None) if ticket else None
        if came is not None:
            self.ticket, self.chosen = None, came.device
            self.done = f"{self._till_of(came) or came.name or 'A station'} has joined."
        if self.station is None and self.stations:
            self.chosen = self.stations[0].device
        self._tell()

    # ------------------------------------------------------------------------------ codes

    @property
    def waiting_codes(self) -> list[str]:
        """What each code is for that lets somebody in still, who made it, and how long it holds."""
        now = self.office.clock.now()
        return [
            f"{self._what_for(code)}: made by {self._maker(code)}, holds for {left(code.expires_ms, now)} more"
            for code in self.codes
            if not code.used_by and code.expires_ms > now.utc_ms
        ]

    def let_in_by(self, station: KnownDevice) -> str:
        """Name who made the code that a station came with; empty where it was too long ago to be known."""
        code = next((code for code in self.codes if code.used_by == station.device and code.made_by), None)
        return self._maker(code) if code else ""

    def _what_for(self, code: KnownCode) -> str:
        if code.device:
            return f"{self.name(code.device)}, again"
        till = next((till.name for till in self.office.tills if till.id == code.till), "")
        return till or ("Head office" if code.store == HEAD_OFFICE else "A station without a till")

    def _maker(self, code: KnownCode) -> str:
        from omsdesk.sync.messages import COMMAND_LINE

        if code.made_by == COMMAND_LINE:
            return "whoever runs the service"
        is_station = any(row.device == code.made_by for row in self.stations)
        return self.name(code.made_by) if is_station else code.made_by or "somebody"

    # ------------------------------------------------------------------------------ names

    @property
    def called(self) -> str:
        """What the chosen station is called, as it stands in its field."""
        known = self.station.name if self.station else ""
        return known if self.typed is None else self.typed

    @property
    def can_rename(self) -> bool:
        """Whether there is another name to save."""
        station = self.station
        return station is not None and self.may_edit and self.called.strip() not in {"", station.name}

    def type_name(self, text: str) -> None:
        """Take what was typed into the name."""
        if text != self.called:
            self.typed = text
            self._tell()

    def rename(self) -> None:
        """Call the chosen station what was typed."""
        from omsdesk.sync.messages import StationFacts

        station = self.station
        if station is not None and self.can_rename and not self.is_busy:
            self.is_busy = True
            name = self.called.strip()
            self.office.exchange.describe(
                station.device, StationFacts(name), lambda known: self._renamed(known, name), self._failed
            )
            self._tell()

    def _renamed(self, known: KnownDevices, name: str) -> None:
        self.is_busy, self.typed = False, None
        self.refusal, self.done = "", f"It is called {name} now."
        self._show(known)

    # ------------------------------------------------------------------------------ letting in

    @property
    def openings(self) -> dict[str, Opening]:
        """What a new station can be: a till of this store (a head office: of each), a back office, a new store."""
        office = self.office
        home = [office.home or office.shop] if not office.is_head else office.shops
        found: dict[str, Opening] = {}
        for shop in filter(None, home):
            found |= self._openings_of(shop)
        if office.is_head:
            found[BACK_OFFICE] = Opening("A head office, no till", HEAD_OFFICE)
        # A store is known by any name that nobody else has; its first computer says what people call it.
        found[NEW_STORE] = Opening("The first till of a new store", office.clock.new_id())
        if not office.is_head:
            found[HEAD_OFFICE] = Opening("A head office: it hears all stores, no till", HEAD_OFFICE)
        return found

    def _openings_of(self, shop: Shop) -> dict[str, Opening]:
        of, at = (f"{shop.name}: ", f":{shop.id}") if self.office.is_head else ("", "")
        taken = {row.till for row in self.stations if not row.retired_ms} | {self.office.till()}
        new = self._new_till(shop)
        store = shop.id if self.office.is_head else self.office.store()
        return {
            NEW_TILL + at: Opening(f"{of}A new till: {new.name}", store, new, is_new=True),
            **{
                till.id: Opening(f"{of}{till.name} ({till.code})", store, till)
                for till in self.office.tills
                if till.id not in taken and till.shop == shop.id
            },
            BACK_OFFICE + at: Opening(f"{of}A back office, no till", store),
        }

    @property
    def posts(self) -> list[tuple[str, str]]:
        """The same as choices: a key and a label each."""
        return [(key, opening.label) for key, opening in self.openings.items()]

    def begin(self) -> None:
        """Ask what a new station shall be."""
        self.refusal, self.done = ("" if self.may_edit else NO_RIGHT), ""
        self.is_adding, self.ticket, self.is_retiring = self.may_edit, None, False
        self._tell()

    def add(self, post: str) -> None:
        """Make a code for a new station; a new till is set up first."""
        opening = self.openings.get(post)
        if opening is None or self.is_busy or not self._is_allowed():
            return
        self.is_busy = True
        till = opening.till
        if till is not None and opening.is_new:
            what = f"{till.name}, a new till"
            self.office.change(
                SaveTill(till),
                then=lambda _: self._make(opening.store, till.id, "", what),
                refused=lambda sentence: self._failed(Trouble(sentence)),
            )
        else:
            self._make(opening.store, till.id if till else "", "", opening.label)
        self._tell()

    def let_in_again(self) -> None:
        """Make a code for the chosen station, which lost its key or its disk; it comes back to its own store."""
        station = self.station
        if station is not None and not self.is_busy and self._is_allowed():
            self.is_busy = True
            self._make(station.store, station.till, station.device, f"{self.name(station.device)}, which comes again")
            self._tell()

    def _make(self, store: str, till: str, device: str, what: str) -> None:
        from omsdesk.sync.messages import CodeWish

        person = self.office.person()
        wish = CodeWish(store, till, device, person.name if person else "")
        self.office.exchange.make_code(wish, lambda code: self._made(code, wish, what), self._failed)

    def _made(self, code: Code, wish: CodeWish, what: str) -> None:
        from omsdesk.sync.codes import grouped, invitation, plain

        self.ticket = Ticket(
            grouped(plain(code.code)),
            invitation(self.office.exchange.service.address, code.code),
            what,
            code.expires_ms,
            wish.till,
            wish.device,
            frozenset((row.device, row.enrolled_ms) for row in self.stations),
        )
        self.is_busy = self.is_adding = False
        self.refusal = ""
        self._tell()

    def _new_till(self, shop: Shop) -> Till:
        number = next(free_codes(till.code for till in self.office.tills))
        return Till(self.office.clock.new_id(), shop.id, number, f"Till {number}")

    # ------------------------------------------------------------------------------ letting in no more

    def ask_to_retire(self) -> None:
        """Ask whether the chosen station shall be let in no more."""
        self.done = ""
        self.is_retiring = self._is_allowed()
        self._tell()

    def keep(self) -> None:
        """Do not retire it after all, or make no code."""
        self.is_retiring = self.is_adding = False
        self._tell()

    def retire(self) -> None:
        """Let the chosen station in no more."""
        station = self.station
        if station is None or not self.is_retiring or self.is_busy:
            return
        self.is_busy, self.is_retiring = True, False
        name = self.name(station.device)
        self.office.exchange.retire(station.device, lambda known: self._retired(known, name), self._failed)
        self._tell()

    def _retired(self, known: KnownDevices, name: str) -> None:
        self.is_busy = False
        self.refusal, self.done = "", f"{name[0].upper()}{name[1:]} is let in no more. What it told stays."
        self._show(known)

    def _failed(self, trouble: Trouble) -> None:
        self.is_busy, self.refusal = False, trouble.sentence
        self._tell()

    def _is_allowed(self) -> bool:
        self.refusal = "" if self.may_edit else NO_RIGHT
        if self.refusal:
            self._tell()
        return not self.refusal

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
