"""The first start: what a shop needs before it can sell, and how it gets it. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from omsdesk.actions.people import hash_pin
from omsdesk.actions.set_up import CountryPreset, countries, country_preset
from omsdesk.domain.people import Person, Role, SavePerson
from omsdesk.domain.shop import SaveShop, SaveTill, Till
from omsdesk.store.engine import StoreFailure
from omsdesk.ui.settings.customs import customs
from omsdesk.ui.settings.office import Office
from omsdesk.ui.settings.people_session import PersonDraft
from omsdesk.ui.settings.people_session import problems as person_problems


@dataclass(frozen=True, slots=True)
class SetUpDraft:
    """What was typed so far."""

    country: str = ""
    shop_name: str = ""
    name: str = ""
    pin: str = ""
    pin_again: str = ""


def problems(draft: SetUpDraft) -> dict[str, str]:
    """Say what is missing or wrong, by field."""
    found: dict[str, str] = {}
    if not draft.country:
        found["country"] = "Choose your country: money and taxes come with it."
    if not draft.shop_name.strip():
        found["shop_name"] = "Type what your shop is called: it stands on receipts."
    person = PersonDraft(draft.name, str(Role.OWNER), pin=draft.pin, pin_again=draft.pin_again)
    wrong = person_problems(person, has_pin=False)
    if "name" in wrong:
        wrong["name"] = "Type your name."
    if not draft.pin:
        wrong["pin"] = "Choose a PIN of four to eight digits: you sign in with it."
    return found | wrong


class SetUpSession:
    """State and intents of the first start."""

    def __init__(self, office: Office, country: str, on_finished: Callable[[], None]) -> None:
        """Begin with the country of the desktop; ``on_finished`` when this computer is a till that can sell."""
        self.office = office
        self._on_finished = on_finished
        self.listeners: list[Callable[[], None]] = []
        self.countries = list(countries().items())
        if country not in dict(self.countries):
            # Nobody is taken for whoever comes first in the alphabet.
            country, self.countries = "", [("", "Choose…"), *self.countries]
        self.draft = SetUpDraft(country)
        self.errors: dict[str, str] = {}
        self.refusal = ""
        self.is_working = False

    @property
    def preset(self) -> CountryPreset:
        """The customs of the chosen country."""
        return country_preset(self.draft.country)

    @property
    def customs(self) -> str:
        """The customs of the chosen country in words."""
        if not self.draft.country:
            return "The money of the shop, its taxes and its usual ways to pay come with the country."
        return customs(self.preset.shop("", ""), self.office.clock.now().day)

    def set(self, name: str, value: str | bool) -> None:
        """Take what was typed."""
        if getattr(self.draft, name) != value:
            change: dict[str, Any] = {name: value}
            self.draft = replace(self.draft, **change)
            self.errors.pop(name, None)
            self._tell()

    def open_shop(self) -> None:
        """Make the shop, its first till and its owner."""
        if self.is_working:
            return
        self.errors, self.refusal = problems(self.draft), ""
        if not self.errors:
            self.is_working = True
            pin = self.draft.pin
            self.office.work.work(lambda: hash_pin(pin), self._hashed)
        self._tell()

    def _hashed(self, pin_hash: str) -> None:
        new_id, draft = self.office.clock.new_id, self.draft
        # A station that was let in before there was a shop makes the one that the service keeps a place for.
        shop = self.preset.shop(self.office.station.settings().service.store or new_id(), draft.shop_name.strip())
        till = Till(new_id(), shop.id, "1", "Till 1")
        owner = Person(new_id(), draft.name.strip(), Role.OWNER, pin_hash)
        self.office.set_up(
            SaveShop(shop),
            SaveTill(till),
            SavePerson(owner),
            then=lambda _: self._opened(till.id),
            refused=self._refused,
        )

    def _opened(self, till: str) -> None:
        self.office.station.become_till(till)
        self._finished()

    def open_demo_shop(self) -> None:
        """Make the demonstration shop."""
        if self.is_working:
            return
        self.is_working, self.refusal, self.errors = True, "", {}
        self._tell()
        make = self.office.station.make_demo_shop

        def made() -> str:
            try:
                make()
            except StoreFailure as failure:
                return str(failure)
            return ""

        self.office.work.work(made, lambda trouble: self._refused(trouble) if trouble else self._finished())

    def _finished(self) -> None:
        self.is_working = False
        self._tell()
        self._on_finished()

    def _refused(self, sentence: str) -> None:
        self.is_working, self.refusal = False, sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
