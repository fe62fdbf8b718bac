"""Who works at a station that is no till: signing in by PIN or badge, and leaving. It knows no widget.

Nothing of it is noted in the journal but PINs that were wrong too often: what somebody does there carries their name.
"""

from __future__ import annotations

from collections.abc import Callable

from omsdesk.actions.clock import Clock
from omsdesk.actions.people import could_be_badge
from omsdesk.domain.people import SYSTEM, Person, Role
from omsdesk.domain.shop import Shop
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.sync.scopes import HEAD_OFFICE
from omsdesk.ui.background import Background
from omsdesk.ui.proof import Proof


class BackOfficeSession:
    """State and intents; ``store`` gives the store that this station is enrolled for, empty for none."""

    def __init__(self, reader: Connection, work: Background, store: Callable[[], str], clock: Clock) -> None:
        """Let nobody in yet; where nobody has a PIN there is nobody to ask."""
        self.reader, self.work, self._store = reader, work, store
        self.listeners: list[Callable[[], None]] = []
        self.proof = Proof(reader, work, clock, lambda: queries.station(reader).device)
        self.is_wrong = self.is_checking = False
        self.message = ""
        """What was wrong, and what to do."""
        self.badge_of = ""
        """Whose badge was read: they type their PIN now."""
        self._who = ""

    @property
    def person(self) -> Person | None:
        """Who is here, with the rights they have by now; None where somebody has to sign in first."""
        if not self.people:
            return self._without_pin()
        person = queries.person(self.reader, self._who) if self._who else None
        return person if person is not None and person.is_active else None

    def _without_pin(self) -> Person | None:
        if queries.shop_of(self.reader, "") is None:
            return None
        return next((row for row in queries.people(self.reader) if row.is_active), Person(SYSTEM, "", Role.OWNER))

    @property
    def people(self) -> list[Person]:
        """List who can sign in: those first who have something to do where nothing is sold."""
        found = [person for person in queries.people(self.reader) if person.is_active and person.pin_hash]
        return sorted(found, key=lambda person: not person.may("reports.read"))

    @property
    def title(self) -> str:
        """What this computer is."""
        if self._store() == HEAD_OFFICE:
            return "Head office"
        return f"Back office of {self.shop.name}" if self.shop else "Back office"

    @property
    def what(self) -> str:
        """What it is for, in a sentence."""
        if self._store() == HEAD_OFFICE:
            return "This computer hears all stores. It is no till: nothing is sold here."
        return "This computer is no till: nothing is sold here."

    @property
    def shop(self) -> Shop | None:
        """The store it belongs to, or the only one there is."""
        return queries.shop_by_id(self.reader, self._store()) or queries.shop_of(self.reader, "")

    def sign_in(self, person: Person, pin: str) -> None:
        """Check a PIN off the GUI thread, then let them in."""
        if self.is_checking:
            return
        self.is_checking = True

        def checked(is_right: bool) -> None:
            self.is_checking, self.is_wrong = False, not is_right
            self.message = "" if is_right else self.proof.words(person)
            if is_right:
                self._who = person.id
            self.tell()

        self.proof.check_pin(person, pin, checked)

    def read_badge(self, code: str) -> bool:
        """Take a scan where somebody has to sign in: a badge says who it is, and lets them in if the shop says so."""
        people = self.people
        if self.person is not None:
            return False
        if not could_be_badge(code) or not any(row.badge_hash for row in people):
            # The digits of an article are no PIN.
            self.is_wrong, self.message = True, "Sign in first, then scan."
            self.tell()
            return True

        def found(person: Person | None) -> None:
            shop = self.shop
            self.is_wrong = person is None
            self.message = "Nobody here has this badge." if person is None else ""
            if person is not None and shop is not None and shop.badge_signs_in:
                self._who = person.id
            elif person is not None:
                self.badge_of = person.id
            self.tell()

        self.proof.find_badge(code, people, found)
        return True

    def sign_out(self) -> None:
        """Leave the station; whoever comes next types their PIN."""
        self._who, self.is_wrong, self.badge_of = "", False, ""
        self.tell()

    def tell(self) -> None:
        """Let the screen show what is so now."""
        for listener in self.listeners:
            listener()
