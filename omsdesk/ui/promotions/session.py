"""The promotions of a business: the list, the one that is open, and what is typed over it. It knows no widget."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any, NamedTuple

from omsdesk.actions.execute import Done
from omsdesk.domain.coupon import MakeCoupons, grouped, new_code
from omsdesk.domain.promotion import Promotion
from omsdesk.domain.promotion_book import SavePromotion, said_of_edit
from omsdesk.domain.values import Money
from omsdesk.store.engine import Connection
from omsdesk.store.queries import promotion as queries
from omsdesk.store.queries.coupon import Batch, Twice, batches, codes_of, used_twice
from omsdesk.store.queries.customer import groups
from omsdesk.store.queries.field_writes import left_at
from omsdesk.store.queries.till import product_by_id
from omsdesk.ui.amounts import money_text
from omsdesk.ui.office import Office
from omsdesk.ui.promotions.draft import Draft, Kind, Reader, draft_of
from omsdesk.ui.promotions.example import example

NO_RIGHT = "You can look at the offers. To change them, ask a manager to sign in."
_CURRENCY = "EUR"


class Stage(StrEnum):
    """Where a promotion stands today."""

    RUNNING = "running"
    COMING = "coming"
    OVER = "over"
    OFF = "switched off"


def stage_of(row: Promotion, day: str) -> Stage:
    """Tell where a promotion stands on a day."""
    if not row.is_active:
        return Stage.OFF
    if row.valid_to and row.valid_to < day:
        return Stage.OVER
    return Stage.COMING if row.valid_from > day else Stage.RUNNING


class _Read(NamedTuple):
    """What the database answered."""

    rows: list[Promotion]
    open: tuple[Promotion, int] | None
    batches: list[Batch]
    twice: list[Twice]


@dataclass(frozen=True, slots=True)
class Codes:
    """What was written of a batch: file text, and for which promotion."""

    name: str
    text: str


class PromotionsSession:
    """State and intents of the page."""

    def __init__(self, office: Office) -> None:
        """Know of nothing yet."""
        self.office = office
        self.listeners: list[Callable[[], None]] = []
        self.rows: list[Promotion] = []
        self.batches: list[Batch] = []
        self.twice: list[Twice] = []
        self.stage: Stage | None = None
        self.chosen = ""
        """The id of the one that is open; empty for none."""
        self.draft = self.start = Draft()
        self.errors: dict[str, str] = {}
        self.refusal = self.saved = ""
        self.is_saving = False
        self._known: Promotion | None = None
        """The open one as it was read; None while it is new."""
        self._base = 0
        self._left: dict[str, tuple[Promotion | None, int, Draft, Draft]] = {}
        """What was typed of others that were left before it was saved."""

    # ------------------------------------------------------------------------------ what there is

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change promotions."""
        return self.office.may(SavePromotion.permission)

    @property
    def currency(self) -> str:
        """The money that is typed here: that of the shop."""
        shop = self.office.shop
        return shop.currency if shop else _CURRENCY

    @property
    def listed(self) -> list[Promotion]:
        """What the list shows: running first, then by name."""
        day, order = self.office.clock.now().day, list(Stage)
        rows = [(order.index(stage_of(row, day)), row.name.casefold(), row) for row in self.rows]
        return [row for at, _, row in sorted(rows, key=lambda of: of[:2]) if self.stage in {None, order[at]}]

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return bool(self.chosen) and self.draft != self.start

    @property
    def is_new(self) -> bool:
        """Whether the open one was never saved."""
        return bool(self.chosen) and self._known is None

    def groups(self) -> list[tuple[str, str]]:
        """The groups of customers that a promotion can be for."""
        known = groups(self.office.reader).values()
        return sorted(((row.id, row.name) for row in known if row.is_active), key=lambda row: row[1].casefold())

    def stores(self) -> list[tuple[str, str]]:
        """The stores that a promotion can hold in."""
        return [(shop.id, shop.name) for shop in self.office.shops]

    def money(self, amount: Money) -> str:
        """Write an amount."""
        return money_text(amount, self.office.locale)

    def example(self) -> str:
        """Say what the promotion does as it stands in the form."""
        reader = Reader(self.currency, self.office.locale)
        draft = replace(self.draft, name="-", goods_sought="", others_sought="")
        row = reader.read(self.chosen, draft, self._known)
        wrong = {
            "value",
            "buy",
            "get",
            "amount",
            "goods",
            "others",
            *(f"{what}_{n}" for what in ("step", "off") for n in (1, 2, 3)),
        }
        return "" if wrong & set(reader.errors) else example(row, self.currency, self._price, self.money)

    def _price(self, product: str) -> Money | None:
        shop = self.office.shop
        found = product_by_id(self.office.reader, product, shop, self.office.clock.now().day) if shop else None
        return found.article.prices[0].price if found and found.article.prices else None

    # ------------------------------------------------------------------------------ looking

    def refresh(self) -> None:
        """Read again what there is; what was typed and not saved yet stays."""
        chosen = self.chosen

        def read(reader: Connection) -> _Read:
            known = queries.promotion(reader, chosen) if chosen else None
            return _Read(queries.promotions(reader), known, batches(reader, chosen), used_twice(reader))

        self.office.work.ask(read, lambda found: self._told(chosen, found))

    def _told(self, chosen: str, found: _Read) -> None:
        self.rows, self.twice = found.rows, found.twice
        if chosen == self.chosen:
            self.batches = found.batches
            if found.open is not None and not self.has_changes:
                self._show(*found.open)
            elif not chosen and self.listed and self.stage is None:
                self.choose(self.listed[0].id)
        self._tell()

    def filter(self, stage: Stage | None) -> None:
        """Show those of one stage, or all."""
        self.stage = stage
        self._tell()

    def choose(self, id: str) -> None:
        """Open a promotion; what was typed over another and not saved waits there."""
        row = next((row for row in self.rows if row.id == id), None)
        if id == self.chosen or (row is None and id not in self._left):
            return
        self._leave(id)
        if id in self._left:
            self._known, self._base, self.start, self.draft = self._left.pop(id)
        elif row is not None:
            self._show(row, 0)
        self.refresh()

    @property
    def unsaved(self) -> list[tuple[str, str]]:
        """The ids and names of those that are not saved: the open one last."""
        rows = [(id, draft.name) for id, (_, _, _, draft) in self._left.items()]
        return [*rows, (self.chosen, self.draft.name)] if self.has_changes else rows

    def _leave(self, id: str) -> None:
        if self.has_changes:
            self._left[self.chosen] = (self._known, self._base, self.start, self.draft)
        self.chosen, self.batches, self.errors, self.refusal, self.saved = id, [], {}, "", ""

    def begin(self) -> None:
        """Open an empty form."""
        if self.may_edit:
            self._leave(self.office.clock.new_id())
            self._known, self._base = None, 0
            self.draft = self.start = Draft()
            self._tell()

    def _show(self, row: Promotion, base: int) -> None:
        self._known, self._base = row, base
        self.draft = self.start = draft_of(row, self.currency, self.office.locale)
        self.errors = {}

    # ------------------------------------------------------------------------------ changing

    def set(self, name: str, value: Any) -> None:
        """Take what was typed into a field."""
        change: dict[str, Any] = {name: value}
        if name == "kind" and value == Kind.BASKET and self.draft.way == "price":
            change["way"] = "percent"
        self.draft = replace(self.draft, **change)
        self.errors.pop(name, None)
        self.saved = self.refusal = ""
        self._tell()

    def discard(self) -> None:
        """Forget what was typed and not saved."""
        self.draft, self.errors, self.refusal = self.start, {}, ""
        self._tell()

    def save(self) -> None:
        """Save what was typed."""
        if self.is_saving or not self.has_changes:
            return
        reader = Reader(self.currency, self.office.locale)
        row = reader.read(self.chosen, self.draft, self._known)
        self.errors, self.refusal = reader.errors, "" if self.may_edit else NO_RIGHT
        if not self.errors and not self.refusal:
            known = self._known
            command = SavePromotion(row, said_of_edit(known, row) if known else (), self._base)
            sent, self.is_saving = self.draft, True
            self.office.change(command, then=lambda done: self._saved(row, sent, done), refused=self._refused)
        self._tell()

    def _saved(self, row: Promotion, sent: Draft, done: Done) -> None:
        self.is_saving = False
        if self.chosen == row.id:
            self._known, self.start = row, sent
            self._base = left_at(self.office.reader, "promotion", row.id, done.entries)
        self.saved = f"“{row.name}” saved"
        self.refresh()

    def _refused(self, sentence: str) -> None:
        self.is_saving, self.refusal = False, sentence
        self._tell()

    # ------------------------------------------------------------------------------ codes

    def make_codes(self, text: str) -> None:
        """Make so many codes for the open promotion, as it was saved."""
        count = int(text) if text.strip().isdecimal() else 0
        if not self.may_edit or self._known is None or not self._known.is_by_single_codes:
            return
        codes = tuple({new_code(secrets.token_bytes(12)) for _ in range(min(count, 100_000))})
        command = MakeCoupons(self.office.clock.new_id(), self.chosen, codes)
        self.office.change(command, then=lambda _: self._made(len(codes)), refused=self._refused)

    def _made(self, count: int) -> None:
        self.saved = "1 code made" if count == 1 else f"{count} codes made"
        self.refresh()

    def codes(self, batch: str) -> Codes:
        """Write the codes of a batch as a file: one line for each, and whether it was used."""
        name = self._known.name if self._known else ""
        until = self._known.valid_to if self._known else ""
        rows = [
            f"{grouped(code)};{_quoted(name)};{until};{'used' if used else ''}"
            for code, used in codes_of(self.office.reader, self.chosen, batch)
        ]
        return Codes(name, "\r\n".join(["code;promotion;until;state", *rows]) + "\r\n")

    def write_codes(self, codes: Codes, path: Path) -> None:
        """Write codes into a file, and say whether that went well."""
        try:
            # A byte order mark, because spreadsheets take the file for another alphabet without it.
            path.write_text("\ufeff" + codes.text, encoding="utf-8", newline="")
        except OSError as failure:
            self.refusal = f"“{path.name}” could not be written: {failure.strerror}. Is it open in another program?"
        else:
            self.refusal, self.saved = "", f"The codes are in “{path.name}”"
        self._tell()

    def _tell(self) -> None:
        for listener in self.listeners:
            listener()


def _quoted(text: str) -> str:
    """Quote a text for a file of fields (RFC 4180)."""
    return '"' + text.replace('"', '""') + '"'
