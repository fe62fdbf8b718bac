"""The shop in the settings: what was typed, what is wrong with it, how it is saved and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

from omsdesk.actions.set_up import countries, country_preset
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.ui.settings.office import NO_RIGHT, Office
from omsdesk.ui.settings.shop_draft import MethodDraft, RateDraft, ShopDraft, draft_of, problems, shop_of, with_customs


class ShopSession:
    """State and intents of everything that belongs to the shop: name, taxes, ways to pay. It knows no widget."""

    def __init__(self, office: Office) -> None:
        """Show the shop as it is."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.shop = Shop("", "", "EUR")
        self.draft = self.start = ShopDraft()
        self.errors: dict[str, str] = {}
        self.refusal = ""
        self.saved = ""
        """What was saved just now; the next change ends it."""
        self.is_saving = False
        self._before: Shop | None = None
        self.refresh()

    def refresh(self) -> None:
        """Read the shop again; what was typed and not saved yet stays."""
        shop = self.office.shop
        if shop is None or (shop != self.shop and self.has_changes):
            return
        if shop != self.shop:
            self.shop = shop
            self.draft = self.start = draft_of(shop)
        self._tell()

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change the shop."""
        return self.office.may("shop.edit")

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return self.draft != self.start

    def countries(self) -> list[tuple[str, str]]:
        """The countries there are customs of, and the shop's own."""
        known = list(countries().items())
        return known if self.draft.country in dict(known) else [(self.draft.country, "Other"), *known]

    # ------------------------------------------------------------------------------ changing

    def set(self, name: str, value: str | bool) -> None:
        """Take what was typed into a field."""
        if getattr(self.draft, name) != value:
            change: dict[str, Any] = {name: value}
            self._change(replace(self.draft, **change), name)

    def set_row(self, rows: str, number: int, name: str, value: str | bool) -> None:
        """Take what was typed into a row of ``rates`` or ``methods``."""
        all_rows = list(getattr(self.draft, rows))
        change: dict[str, Any] = {name: value}
        all_rows[number] = replace(all_rows[number], **change)
        self.set_rows(rows, tuple(all_rows), f"{rows}.{number}")

    def add_row(self, rows: str) -> None:
        """Add an empty row."""
        empty = RateDraft() if rows == "rates" else MethodDraft()
        self.set_rows(rows, (*getattr(self.draft, rows), empty))

    def remove_row(self, rows: str, number: int) -> None:
        """Take a row out; what was sold keeps its own copy of taxes and ways to pay."""
        before = getattr(self.draft, rows)
        self.errors = {name: text for name, text in self.errors.items() if not name.startswith(f"{rows}.")}
        self.set_rows(rows, before[:number] + before[number + 1 :])

    def set_rows(self, rows: str, value: tuple[Any, ...], corrected: str = "") -> None:
        """Put other rows in the place of these."""
        change: dict[str, Any] = {rows: value}
        self._change(replace(self.draft, **change), corrected)

    def take_customs(self) -> None:
        """Take the usual taxes of the shop's country over."""
        if self.draft.country in countries():
            self._change(with_customs(self.draft, country_preset(self.draft.country)), "")

    def _change(self, draft: ShopDraft, corrected: str) -> None:
        self.draft, self.saved, self.refusal = draft, "", ""
        self.errors.pop(corrected, None)
        self._tell()

    # ------------------------------------------------------------------------------ saving

    def save(self) -> None:
        """Save the shop; what is wrong is said at its field and nothing is saved."""
        if self.is_saving or not self.has_changes:
            return
        self.errors = problems(self.draft, self.shop)
        self.refusal = "" if self.may_edit else NO_RIGHT
        if not (self.errors or self.refusal):
            self.is_saving = True
            self._before = self.shop
            shop, sent = shop_of(self.draft, self.shop), self.draft
            self.office.change(
                SaveShop(shop), then=lambda _: self._saved(shop, sent, "Shop saved"), refused=self._refused
            )
        self._tell()

    def take_back(self) -> None:
        """Save the shop as it was before."""
        before, self._before = self._before, None
        if before is not None:
            self.office.change(
                SaveShop(before), then=lambda _: self._saved(before, self.draft, ""), refused=self._refused
            )

    def _saved(self, shop: Shop, sent: ShopDraft, sentence: str) -> None:
        self.shop, self.is_saving, self.saved = shop, False, sentence
        self.start = draft_of(shop)
        # What was typed while the disk was busy is not lost.
        self.draft = self.start if self.draft == sent else self.draft
        self._tell()

    def _refused(self, sentence: str) -> None:
        self.is_saving, self.refusal = False, sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
