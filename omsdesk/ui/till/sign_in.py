"""Who stands at the till: locking it, and switching cashiers by PIN or badge."""

from __future__ import annotations

from collections.abc import Callable

from omsdesk.actions.people import could_be_badge
from omsdesk.domain.people import SYSTEM, Person, Role, SignIn
from omsdesk.store.queries import till as queries
from omsdesk.ui.proof import Proof
from omsdesk.ui.till.counter import Aspect, Counter, Tone, ignore

_MAY_BE_FREE = {Aspect.MODE, Aspect.CART, Aspect.LEFT}


class SignInDesk:
    """State and intents of the lock."""

    def __init__(self, counter: Counter, proof: Proof, is_busy: Callable[[], bool] = lambda: False) -> None:
        """Lock the till until somebody signs in; a shop where nobody has a PIN has no lock.

        ``is_busy`` tells whether a customer is being served.
        """
        self.counter, self.proof = counter, proof
        self.is_wrong = False
        self.message = ""
        """What was wrong, and what to do."""
        self.badge_of: Person | None = None
        """Whose badge was read: they type their PIN now."""
        self.is_checking = False
        self.is_ending = False
        """Whether the till locks as soon as this customer is served."""
        self._is_busy = is_busy
        if not self.has_lock and counter.person is None:
            counter.person = self._without_pin()
        counter.listeners.append(self._heard)

    def _without_pin(self) -> Person:
        return next(iter(self.people()), Person(SYSTEM, "", Role.OWNER))

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
        self.counter.person, self.is_wrong, self.is_ending, self.badge_of = None, False, False, None
        self.counter.tell(Aspect.MODE)

    def look_again(self) -> None:
        """Follow what became of people meanwhile: names, rights, and who does not work here any more.

        Whoever serves a customer serves them to the end.
        """
        counter = self.counter
        if counter.person is None:
            counter.person = None if self.has_lock else self._without_pin()
            return
        known = queries.person(counter.reader, counter.person.id)
        if known is not None and known.is_active:
            counter.person, self.is_ending = known, False
        elif (known is not None or self.has_lock) and not self.is_ending:
            self.is_ending = True
            self._end()
            if self.is_ending:
                who = f"{known.name} cannot sign in any more" if known else "From now on people sign in here"
                counter.say(Tone.WARN, f"{who}. Finish this sale: then the till locks.")

    def _heard(self, aspect: Aspect) -> None:
        if aspect in _MAY_BE_FREE:
            self._end()

    def _end(self) -> None:
        if self.is_ending and not self._is_busy():
            self.is_ending = False
            self.counter.person, self.is_wrong = None if self.has_lock else self._without_pin(), False
            self.counter.hush()
            self.counter.tell(Aspect.MODE)

    def sign_in(self, person: Person, pin: str) -> None:
        """Check a PIN off the GUI thread, then unlock."""
        self.is_checking = True

        def checked(is_right: bool) -> None:
            self.is_checking, self.is_wrong = False, not is_right
            self.message = "" if is_right else self.proof.words(person)
            if is_right:
                self.enter(person)
            self.counter.tell(Aspect.MODE)

        self.proof.check_pin(person, pin, checked)

    def read_badge(self, code: str) -> None:
        """Take a scan while the till is locked: a badge says who is there, and lets them in where the shop says so.

        A badge alone agrees to one thing; what it would open here is a whole till, and it can be lost or copied.
        Goods are not for a till that is locked, and their digits are no PIN.
        """
        people = self.people()
        if not could_be_badge(code) or not any(person.badge_hash for person in people):
            self.message = "Sign in first, then scan."
            self.counter.tell(Aspect.MODE)
            return

        def found(person: Person | None) -> None:
            self.is_wrong, self.badge_of, self.message = False, None, ""
            if person is None:
                self.is_wrong, self.message = True, "Nobody here has this badge."
            elif self.counter.shop.badge_signs_in:
                self.enter(person)
            elif person.pin_hash:
                self.badge_of = person
            else:
                self.is_wrong, self.message = (
                    True,
                    f"{person.name} has no PIN, and a badge alone does not sign in here.",
                )
            self.counter.tell(Aspect.MODE)

        self.proof.find_badge(code, people, found)

    def enter(self, person: Person) -> None:
        """Let a person in whose PIN is known to be right."""
        self.counter.person, self.is_ending = person, False
        self.counter.change(SignIn(self.counter.till.id, person.id), then=ignore)
