"""The shop in the settings: what was typed, what is wrong with it, how it is saved and taken back."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

from omsdesk.actions.execute import Done
from omsdesk.actions.set_up import countries, country_preset
from omsdesk.domain.field_write import changed
from omsdesk.domain.shop import SaveShop, Shop
from omsdesk.store.queries.field_writes import left_at, revisions
from omsdesk.ui.drafts import rebased
from omsdesk.ui.logo_file import LogoFile, read_logo
from omsdesk.ui.settings.office import NO_RIGHT, Office
from omsdesk.ui.settings.shop_draft import MethodDraft, RateDraft, ShopDraft, draft_of, problems, shop_of, with_customs
from omsdesk.ui.settings.typed_over import TypedOver

ELSEWHERE = "The shop was changed on another computer just now. What you typed is still here."


class ShopSession(TypedOver[ShopDraft]):
    """State and intents of everything that belongs to the shop: name, taxes, ways to pay. It knows no widget."""

    right = "shop.edit"

    def __init__(self, office: Office) -> None:
        """Show the shop as it is."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.shop = Shop("", "", "EUR")
        self.draft = self.start = ShopDraft()
        self.errors: dict[str, str] = {}
        self.refusal = self.notice = ""
        self.saved = ""
        """What was saved just now; the next change ends it."""
        self.is_saving = False
        self._undo: tuple[Shop, Shop, int] | None = None
        """The shop before it was saved, and after, and the revision that left."""
        self._base = 0
        """Which revision of the shop what is typed was typed over."""
        self.refresh()

    def refresh(self) -> None:
        """Read the shop again: what was typed and not saved yet stays, what was not touched follows."""
        # The revision first: what is saved elsewhere in between was then not seen here.
        known = revisions(self.office.reader, Shop)
        shop = self.office.shop
        if shop is not None and shop.id != self.shop.id:
            # Another one is looked at: what was saved in the one before is not taken back here.
            self._undo, self.saved, self.errors = None, "", {}
        if shop is not None and shop != self.shop and not self.is_saving:
            self.notice = ELSEWHERE if self.has_changes else ""
            self._stand_on(shop, self.start)
        if shop is not None and not self.has_changes:
            self._base = known.get(shop.id, 0)
        self._tell()

    def _stand_on(self, shop: Shop, base: ShopDraft) -> None:
        self.shop, self.start = shop, draft_of(shop)
        self.draft = rebased(self.draft, base, self.start)

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
            self._change(with_customs(self.draft, country_preset(self.draft.country), self.shop.locale), "")

    def choose_logo(self, path: Path) -> None:
        """Read a picture file; it becomes the logo when the shop is saved."""
        self.office.work.work(lambda: read_logo(path), self._take_logo)

    def _take_logo(self, file: LogoFile) -> None:
        if file.trouble:
            self.errors["logo"] = file.trouble
            self._tell()
        else:
            self._change(replace(self.draft, logo=file.logo), "logo")

    def _change(self, draft: ShopDraft, corrected: str) -> None:
        self.draft, self.saved, self.refusal = draft, "", ""
        self.errors.pop(corrected, None)
        self._tell()

    # ------------------------------------------------------------------------------ saving

    def save(self) -> None:
        """Save the shop; what is wrong is said at its field and nothing is saved."""
        if self.is_saving or not self.has_changes:
            return
        self.refresh()
        self.errors = problems(self.draft, self.shop)
        self.refusal = "" if self.may_edit else NO_RIGHT
        if not (self.errors or self.refusal):
            self.is_saving = True
            before, sent = self.shop, self.draft
            shop = shop_of(sent, before)
            self.office.change(
                SaveShop(shop, changed(before, shop), self._base),
                then=lambda done: self._saved(shop, sent, done, before),
                refused=self._refused,
            )
        self._tell()

    def discard(self) -> None:
        """Forget what was typed and not saved."""
        self.errors, self.notice = {}, ""
        self._change(self.start, "")

    def take_back(self) -> None:
        """Save what was different before; what others changed since stays."""
        undo, self._undo, now = self._undo, None, self.office.shop
        if undo is not None and now is not None:
            before, after, revision = undo
            shop, base = rebased(before, after, now), self.start
            self.office.change(
                SaveShop(shop, changed(before, after), revision),
                then=lambda done: self._saved(shop, base, done),
                refused=self._refused,
            )

    def _saved(self, shop: Shop, base: ShopDraft, done: Done, before: Shop | None = None) -> None:
        """Go on from what was saved; ``before`` is what takes it back, if it can be taken back."""
        self._base = left_at(self.office.reader, "shop", shop.id, done.entries)
        self.is_saving, self.notice = False, ""
        self._undo = None if before is None else (before, shop, self._base)
        # What was typed while the disk was busy is not lost.
        self._stand_on(shop, base)
        self.saved = "" if before is None else "Shop saved"
        self.refresh()

    def _refused(self, sentence: str) -> None:
        self.is_saving, self.refusal = False, sentence
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()
