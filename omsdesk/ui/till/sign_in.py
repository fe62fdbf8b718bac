"""Who stands at the till: locking it, and switching cashiers by PIN."""

from __future__ import annotations

from omsdesk.actions.people import knows_pin
from omsdesk.domain.people import SYSTEM, Person, Role, SignIn
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.counter import Aspect, Counter, Tone, ignore


class SignInDesk:
    """State and intents of the lock."""

    def __init__(self, counter: Counter) -> None:
        """Lock the till until somebody signs in; a shop where nobody has a PIN has no lock."""
        self.counter = counter
        self.is_wrong = False
        self.is_checking = False
        if not self.has_lock and counter.person is None:
            counter.person = next(iter(self.people()), Person(SYSTEM, "", Role.OWNER))

    @property
    def has_lock(self) -> bool:
        """Whether anybody has a PIN."""
        return any(person.pin_hash for person in self.people())

    @property
    def is_locked(self) -> bool:
        """Whether a PIN is wanted."""
        return self.counter.person is None

    def people(self) -> list[Person]:
        """List who works here."""
        return [person for person in queries.people(self.counter.reader) if person.is_active]

    def lock(self) -> None:
        """Lock the till; the ticket in work stays as it is."""
        if not self.has_lock:
            self.counter.say(Tone.INFO, "Nobody has a PIN yet. Give people a PIN in the settings to lock the till.")
            return
        self.counter.person, self.is_wrong = None, False
        self.counter.tell(Aspect.MODE)

    def sign_in(self, person: Person, pin: str) -> None:
        """Check a PIN off the GUI thread, then unlock."""
        self.is_checking = True

        def checked(is_right: bool) -> None:
            self.is_checking, self.is_wrong = False, not is_right
            if is_right:
                self.enter(person)
            self.counter.tell(Aspect.MODE)

        self.counter.work.work(lambda: knows_pin(person, pin), checked)

    def enter(self, person: Person) -> None:
        """Let a person in whose PIN is known to be right."""
        self.counter.person = person
        self.counter.change(SignIn(self.counter.till.id, person.id), then=ignore)
