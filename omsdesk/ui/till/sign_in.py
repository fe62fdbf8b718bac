"""Who stands at the till: locking it, and switching cashiers by PIN."""

from __future__ import annotations

from omsdesk.actions.people import knows_pin
from omsdesk.domain.people import Person, SignIn
from omsdesk.store.queries import till as queries
from omsdesk.ui.till.counter import Aspect, Counter, ignore


class SignInDesk:
    """State and intents of the lock."""

    def __init__(self, counter: Counter) -> None:
        """Lock the till until somebody signs in; a shop where nobody has a PIN has no lock."""
        self.counter = counter
        self.is_wrong = False
        self.is_checking = False

    @property
    def is_locked(self) -> bool:
        """Whether a PIN is wanted."""
        return self.counter.person is None

    def people(self) -> list[Person]:
        """List who can sign in."""
        return queries.people(self.counter.reader)

    def lock(self) -> None:
        """Lock the till; the ticket in work stays as it is."""
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
