"""A further store of a business: what it needs before it can sell, and how it gets it. It knows no widget."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any

from omsdesk.actions.set_up import countries, country_preset
from omsdesk.domain.shop import SaveShop, SaveTill, Shop, Till, free_codes
from omsdesk.store.queries import till as queries
from omsdesk.ui.settings.customs import customs
from omsdesk.ui.settings.office import Office

MOST_TILLS = 9
"""Tills that can be set up at once; the settings make more."""


@dataclass(frozen=True, slots=True)
class NewStoreDraft:
    """What was typed so far."""

    name: str = ""
    country: str = ""
    address: str = ""
    phone: str = ""
    tills: str = "1"


class NewStoreSession:
    """State and intents of setting a further store up; money and taxes are proposed as the business has them."""

    def __init__(self, office: Office, on_finished: Callable[[], None]) -> None:
        """Begin in the country of the business; ``on_finished`` when this computer is the store's first till."""
        self.office = office
        self._on_finished = on_finished
        self.listeners: list[Callable[[], None]] = []
        self.model = queries.shop_of(office.reader, "") or Shop("", "", "EUR")
        """A store that there is already."""
        self.draft = NewStoreDraft(country=self.model.country)
        self.errors: dict[str, str] = {}
        self.refusal = ""
        self.is_working = False

    @property
    def countries(self) -> list[tuple[str, str]]:
        """The countries there are customs of, and that of the business."""
        known = list(countries().items())
        return known if self.model.country in dict(known) else [(self.model.country, "As the other stores"), *known]

    @property
    def shop(self) -> Shop:
        """The store as it will be."""
        draft, store = self.draft, self.office.store()
        if draft.country == self.model.country:
            usual = self.model
        else:
            usual = replace(country_preset(draft.country).shop(store, ""), logo=self.model.logo)
        lines = tuple(line.strip() for line in draft.address.splitlines() if line.strip())
        return replace(usual, id=store, name=draft.name.strip(), address=lines, phone=draft.phone.strip())

    @property
    def tills(self) -> list[Till]:
        """The tills it begins with; this computer is the first of them."""
        codes = free_codes(till.code for till in self.office.tills)
        return [Till("", self.shop.id, code, f"Till {code}") for code in islice(codes, int(self.draft.tills))]

    @property
    def customs(self) -> str:
        """Its money and its taxes in words."""
        words = customs(self.shop, self.office.clock.now().day)
        return f"As in {self.model.name}: {words}" if self.draft.country == self.model.country else words

    @property
    def till_words(self) -> str:
        """What its tills are called."""
        first, *others = (till.name for till in self.tills)
        waits = f" {', '.join(others)}: make a code for each computer, under Sync." if others else ""
        return f"This computer is {first}.{waits}"

    def set(self, name: str, value: str | bool) -> None:
        """Take what was typed."""
        if getattr(self.draft, name) != value:
            change: dict[str, Any] = {name: value}
            self.draft = replace(self.draft, **change)
            self.errors.pop(name, None)
            self._tell()

    def open_store(self) -> None:
        """Make the store and its tills."""
        if self.is_working:
            return
        shop = self.shop
        self.errors = {} if shop.name else {"name": "Type what this store is called: it stands on receipts."}
        self.refusal = ""
        if not self.errors:
            self.is_working = True
            tills = [replace(till, id=self.office.clock.new_id()) for till in self.tills]
            self.office.set_up(
                SaveShop(shop), *map(SaveTill, tills), then=lambda _: self._opened(tills[0]), refused=self._refused
            )
        self._tell()

    def _opened(self, till: Till) -> None:
        self.office.station.become_till(till.id)
        self.is_working = False
        self._tell()
        self._on_finished()

    def _refused(self, sentence: str) -> None:
        self.is_working, self.refusal = False, sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
