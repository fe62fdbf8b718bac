"""One product that is being looked at or changed: what was typed, what is wrong with it, and how it is saved."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

from omsdesk.actions.execute import Done
from omsdesk.channels.product_files.amounts import read_quantity
from omsdesk.documents.formats import format_quantity
from omsdesk.domain.catalogue import PackCode, ProductEdit, SaveProducts, SetPrices
from omsdesk.domain.field_write import changed
from omsdesk.domain.messages import Command
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import ONE, barcode_key, barcode_text, check_digit
from omsdesk.store.queries import catalogue as queries
from omsdesk.store.queries.field_writes import left_at
from omsdesk.store.queries.products import deposits, other_prices
from omsdesk.store.queries.till import (
    categories,
    full_name,
    on_hand,
    price_lists,
    shop_by_id,
    shop_ids,
    variants_of,
)
from omsdesk.ui.catalogue.contents import Contents
from omsdesk.ui.catalogue.draft import (
    Draft,
    PriceDraft,
    based_on,
    by_base,
    commands_of,
    draft_of,
    edit_of,
    mark_of,
    opposite_of,
    price_changes,
    problems,
)
from omsdesk.ui.catalogue.office import NO_RIGHT, Office
from omsdesk.ui.catalogue.tax_choices import tax_choices
from omsdesk.ui.catalogue.variants import edits, fault, made_words, names, proposed
from omsdesk.ui.drafts import rebased

NO_PRICE = "A price stays until there is another one. Type it, or untick “Is sold”."


class Part(StrEnum):
    """A part of what the form shows; listeners repaint only what changed."""

    ALL = "all"
    BARCODES = "barcodes"
    PRICES = "prices"
    CONTENTS = "contents"
    ERRORS = "errors"
    STATE = "state"
    """Whether there is anything to save, whether it is being saved."""


@dataclass(frozen=True, slots=True)
class Undo:
    """What was saved and how to take it back."""

    sentence: str
    product: str
    commands: tuple[SaveProducts | SetPrices, ...]


@dataclass(frozen=True, slots=True)
class Left:
    """A form with what was typed into it, left before it was saved, so that one can come back to it."""

    name: str
    known: ProductEdit
    is_new: bool
    start: Draft
    draft: Draft
    begun: dict[str, int]
    """The revisions that what was typed was typed over, by the names of the fields."""
    to_add: dict[str, tuple[str, str]]
    """What was typed to be added to a list, and was not yet."""

    @property
    def sentence(self) -> str:
        """What is the matter."""
        return f"“{self.name}” is not saved"


class FormSession:
    """State and intents of the product form. It knows no widget, and says “Saved” when it is durable."""

    def __init__(self, office: Office, on_saved: Callable[[Undo | Left | None], None]) -> None:
        """Show nothing yet.

        ``on_saved`` gets what was saved, None when something was taken back, and a form that was refused after it
        was left.
        """
        self.office = office
        self._on_saved = on_saved
        self.listeners: list[Callable[[Part], None]] = []
        self.known = ProductEdit("")
        self.is_new = True
        self.draft = self.start = Draft()
        self._begun: dict[str, int] = {}
        """Fields that were typed over before the product was changed elsewhere, and the revision that was shown then.

        They are saved as edits of that revision: whoever changed them too is not overwritten, but stands beside.
        """
        self.to_add: dict[str, tuple[str, str]] = {}
        """What is typed to be added to a list, and how many of it; Enter adds it, and so does saving."""
        self.errors: dict[str, str] = {}
        self.warning = ""
        """What is odd about the barcode that was added last."""
        self.refusal = ""
        self.notice = ""
        """What happened elsewhere to the product that is open."""
        self.on_hand = ""
        self.contents = Contents(office)
        self.is_saving = False
        self.shop = office.shop

    # ------------------------------------------------------------------------------ opening

    def open(self, product: str) -> bool:
        """Show a product; tells whether it is there."""
        known = queries.product_as_edit(self.office.reader, product)
        if known is None:
            return False
        self._show(known, is_new=False)
        return True

    def begin(self, *, name: str = "", category: str = "", code: str = "") -> None:
        """Show an empty form for a new product."""
        self._show(ProductEdit(self.office.clock.new_id()), is_new=True)
        rate = next(iter(self.shop.tax_rates), None)
        self.draft = replace(
            self.draft, name=name, category=category, tax_category=rate.category if rate else "", unit="piece"
        )
        self.start = self.draft
        if code:
            self.add_barcode(code)
        self._tell(Part.ALL)

    def _show(self, known: ProductEdit, *, is_new: bool) -> None:
        self.shop = self._with_every_extra(self.office.shop)
        self.known, self.is_new, self._begun = known, is_new, {}
        self.draft = self.start = draft_of(known, self._prices(), price_lists(self.office.reader), self.shop)
        self.errors, self.warning, self.refusal, self.notice, self.is_saving = {}, "", "", "", False
        self.to_add = {}
        level = on_hand(self.office.reader, known.product, self.shop)
        self.on_hand = "" if level is None else format_quantity(level, self.shop.locale)
        self._tell(Part.ALL)

    def _with_every_extra(self, shop: Shop) -> Shop:
        """Let a product be asked what any store asks: a store without such a group does not ask it."""
        found = (shop_by_id(self.office.reader, id) for id in shop_ids(self.office.reader))
        groups = [group for one in (shop, *filter(None, found)) for group in one.modifiers]
        return replace(shop, modifiers=tuple({group.name: group for group in reversed(groups)}.values()))

    def leave(self) -> Left | None:
        """What was typed and is not saved, if there is anything: the form is left."""
        return self._as_it_stands() if self.has_changes and self.may_edit and not self.is_saving else None

    @property
    def name(self) -> str:
        """What the product is called as it was typed."""
        return full_name(self.draft.name.strip(), self.draft.variant.strip()) or "The new product"

    def _as_it_stands(self) -> Left:
        begun = self._typed_over(self.start)
        return Left(self.name, self.known, self.is_new, self.start, self.draft, begun, self.to_add)

    def come_back(self, left: Left) -> None:
        """Show a form again that was left."""
        if left.is_new or not self.open(left.known.product):
            self._show(left.known, is_new=True)
            self.start = left.start
        self._type_again(left.draft, left.start, left.begun)
        self.to_add = left.to_add
        self._tell(Part.ALL)

    def _typed_over(self, before: Draft, revision: int = 0) -> dict[str, int]:
        """Tell over which revision each field was typed that is different from ``before``."""
        shown = revision or self.known.base
        return {name: self._begun.get(name, shown) for name in changed(before, self.draft)}

    def _type_again(self, mine: Draft, before: Draft, begun: dict[str, int]) -> None:
        """Put what was typed over the product as it is now."""
        self.draft = rebased(mine, before, self.start)
        if "prices" in begun:
            # Which price was taken off is told by those that were there.
            self.start = replace(self.start, prices=before.prices)
        self._begun = {name: begun[name] for name in changed(self.start, self.draft) if name in begun}

    def _prices(self) -> list[Any]:
        return other_prices(self.office.reader, self.known.product)

    # ------------------------------------------------------------------------------ what is shown beside the draft

    @property
    def title(self) -> str:
        """What the page is called."""
        return "New product" if self.is_new else full_name(self.known.name or "", self.known.variant or "")

    @property
    def has_changes(self) -> bool:
        """Whether there is anything to save."""
        return self.draft != self.start or any(text.strip() for text, _ in self.to_add.values())

    def was_read(self) -> None:
        """Forget what was said: somebody read it."""
        self.refusal, self.notice = "", ""

    @property
    def may_edit(self) -> bool:
        """Whether whoever is here may change the product."""
        return self.office.may_edit

    def categories(self) -> list[str]:
        """Every category there is."""
        return [name for name, _ in categories(self.office.reader)]

    def lists(self) -> list[str]:
        """Every price list there is."""
        return [row.name for row in price_lists(self.office.reader)]

    def taxes(self) -> list[tuple[str, str]]:
        """The tax categories of the shop with what they come to today."""
        return tax_choices(self.shop, self.office.clock.now().day, self.draft.tax_category)

    def deposits(self) -> list[tuple[str, str]]:
        """The deposits that can go with a product, after none."""
        return [("", "None"), *(row for row in deposits(self.office.reader) if row[0] != self.known.product)]

    # ------------------------------------------------------------------------------ changing

    def set(self, name: str, value: str | bool) -> None:
        """Take what was typed into a field."""
        if getattr(self.draft, name) != value:
            change: dict[str, Any] = {name: value}
            self.draft = replace(self.draft, **change)
            self.errors.pop(name, None)
            self._tell(Part.STATE)

    def type_to_add(self, name: str, text: str, quantity: str) -> None:
        """Know what stands where barcodes or components are added."""
        self.to_add = {**self.to_add, name: (text, quantity)}
        self._tell(Part.STATE)

    def _add_what_is_typed(self) -> bool:
        """Add it as Enter would; tells whether all of it could be."""
        adders = {"barcodes": self.add_barcode, "components": self.add_component}
        for name, (text, quantity) in self.to_add.items():
            if text.strip() and not adders[name](text, quantity):
                return False
        self.to_add = {}
        return True

    def add_scanned(self, code: str) -> None:
        """Take a barcode from the scanner, and how many units one scan means if only that is typed."""
        text, quantity = self.to_add.get("barcodes", ("", "1"))
        if text.strip():
            self.add_barcode(code)
        elif self.add_barcode(code, quantity):
            self.to_add = {name: typed for name, typed in self.to_add.items() if name != "barcodes"}
            self._tell(Part.BARCODES)

    def add_barcode(self, text: str, quantity: str = "1") -> bool:
        """Take a barcode that was scanned or typed, and how many units one scan of it means."""
        key, self.warning = barcode_key(text), ""
        self.errors.pop("barcodes", None)
        problem = self._barcode_problem(key)
        amount = ONE
        try:
            said = read_quantity(quantity, mark_of(self.shop))
            amount = ONE if said is None else said
        except ValueError as error:
            problem = problem or str(error)
        if amount.micro <= 0:
            problem = problem or "One scan means at least something: type how many units."
        if problem:
            self.errors["barcodes"] = problem
            self._tell(Part.BARCODES)
            return False
        self.warning = _oddity(key)
        self.draft = replace(self.draft, barcodes=(*self.draft.barcodes, PackCode(key, amount)))
        self._tell(Part.BARCODES)
        return True

    def _barcode_problem(self, key: str) -> str:
        if not key:
            return "Scan or type a barcode."
        if any(pack.code == key for pack in self.draft.barcodes):
            return f"{barcode_text(key)} is on the list already."
        owner = queries.owners(self.office.reader, [key]).get(key, self.known.product)
        if owner == self.known.product:
            return ""
        other = queries.product_as_edit(self.office.reader, owner)
        name = full_name(other.name or "", other.variant or "") if other else "another product"
        return f"{barcode_text(key)} belongs to “{name}”. Take it off there first."

    def remove_barcode(self, code: str) -> None:
        """Take a barcode off."""
        self.warning = ""
        self.errors.pop("barcodes", None)
        self.draft = replace(self.draft, barcodes=tuple(row for row in self.draft.barcodes if row.code != code))
        self._tell(Part.BARCODES)

    def add_component(self, text: str, count: str = "1") -> bool:
        """Take a product that is in the bundle, and how many of it."""
        self.errors.pop("components", None)
        known = self.draft.components
        try:
            added = self.contents.read(text, count, known, self.known.product)
        except ValueError as error:
            self.errors["components"] = str(error)
        else:
            self.draft = replace(self.draft, components=(*known, added))
        self._tell(Part.CONTENTS)
        return "components" not in self.errors

    def remove_component(self, product: str) -> None:
        """Take a product out of the bundle."""
        self.errors.pop("components", None)
        left = tuple(row for row in self.draft.components if row.product != product)
        self.draft = replace(self.draft, components=left)
        self._tell(Part.CONTENTS)

    def variants(self) -> list[str]:
        """Name the variants that the family of this product has already."""
        family = self.known.family or self.known.product
        found = variants_of(self.office.reader, family, self.shop, self.office.clock.now().day)
        return [row.variant for row in found if row.variant]

    def skus(self, first: str, second: str, beginning: str) -> dict[str, str]:
        """Propose the SKUs of the variants that would be made, by their names; none without a beginning."""
        there = self.variants()
        missing = [name for name in names(first, second) if name not in there]
        return proposed(missing, beginning, lambda sku: queries.has_sku(self.office.reader, sku))

    def make_variants(self, first: str, second: str, beginning: str = "") -> bool:
        """Make the variants that are missing; what was typed elsewhere in the form is saved first."""
        wanted = names(first, second)
        error = fault(wanted)
        if self.is_new or self.has_changes:
            error = "Save the product first: its variants are made like it."
        self.errors = {"variants": error} if error else {}
        skus = self.skus(first, second, beginning) if not error else {}
        made = edits(self.known, wanted, self.variants(), self.office.clock.new_id, skus) if not error else ()
        if not made or self.is_saving or not self.may_edit:
            self._tell(Part.ERRORS)
            return False
        new = [edit.product for edit in made if edit.product != self.known.product]
        back = [opposite_of(edit, self.known) for edit in made if edit.product == self.known.product]
        back += [ProductEdit(product, is_sold=False, family="") for product in new]
        undo = (SaveProducts(self.office.clock.new_id(), tuple(back), "undo"),)
        offer, left = Undo(made_words(made), self.known.product, undo), self._as_it_stands()
        self.is_saving = True
        self.office.change(
            SaveProducts(self.office.clock.new_id(), made, "products"),
            then=lambda done: self._saved(offer, left.draft, done),
            refused=lambda sentence: self._refused(left, sentence),
        )
        return True

    def add_price(self) -> None:
        """Begin a further price."""
        self.draft = replace(self.draft, prices=(*self.draft.prices, PriceDraft()))
        self._tell(Part.PRICES)

    def set_price(self, number: int, **values: str) -> None:
        """Take what was typed into a further price."""
        rows = list(self.draft.prices)
        rows[number] = replace(rows[number], **values)  # type: ignore[arg-type]  # its text fields
        self.draft = replace(self.draft, prices=tuple(rows))
        self.errors.pop(f"prices.{number}", None)
        self._tell(Part.STATE)

    def remove_price(self, number: int) -> None:
        """Take a further price off."""
        rows = self.draft.prices
        self.draft = replace(self.draft, prices=rows[:number] + rows[number + 1 :])
        self.errors = {name: text for name, text in self.errors.items() if not name.startswith("prices.")}
        self._tell(Part.PRICES)

    # ------------------------------------------------------------------------------ saving

    def save(self) -> None:
        """Save what is different; what is wrong is said at its field and nothing is saved."""
        if self.is_saving or not (self.has_changes or self.is_new):
            return
        if self.may_edit and not self._add_what_is_typed():
            self._tell(Part.ERRORS)
            return
        self.errors = problems(self.draft, self.shop, self.known.modifiers or ())
        if self.known.price is not None and not self.draft.price.strip():
            self.errors["price"] = NO_PRICE
        self.refusal = "" if self.may_edit else NO_RIGHT
        if self.errors or self.refusal:
            self._tell(Part.ERRORS)
            return
        edit = edit_of(self.draft, self.known, self.shop)
        lists = price_lists(self.office.reader)
        todo, undo = price_changes(edit.product, self.draft, self.start.prices, self.shop, lists)
        batch = self.office.clock.new_id()
        edits = by_base(edit, self._begun)
        commands: list[Command] = [SaveProducts(batch, edits, "products")] if edits else []
        if not commands and not todo:
            self._show_again(self.draft)
            return
        back: list[SaveProducts | SetPrices] = []
        if edit.said:
            back.append(SaveProducts(self.office.clock.new_id(), (opposite_of(edit, self.known),), "undo"))
        back += commands_of(self.office.clock.new_id(), undo)
        name = full_name(self.draft.name.strip(), self.draft.variant.strip())
        offer, left = Undo(f"Saved “{name}”", edit.product, tuple(back)), self._as_it_stands()
        self.is_saving = True
        self._tell(Part.STATE)
        self.office.change(
            *commands,
            *based_on(self._begun.get("prices", self.known.base), commands_of(batch, todo)),
            then=lambda done: self._saved(offer, left.draft, done),
            refused=lambda sentence: self._refused(left, sentence),
        )

    def _saved(self, offer: Undo, sent: Draft, done: Done) -> None:
        revision = left_at(self.office.reader, "product", offer.product, done.entries)
        if self.known.product == offer.product:
            self._begun = {}
            self._show_again(sent, revision)
        self._on_saved(replace(offer, commands=based_on(revision, offer.commands)))

    def _show_again(self, before: Draft, revision: int = 0) -> bool:
        """Read the product again; what was typed since ``before`` stays. Tells whether there was anything.

        ``revision`` is the one that was saved, if what was typed was typed over that.
        """
        mine, begun, to_add = self.draft, self._typed_over(before, revision), self.to_add
        self.open(self.known.product)
        self._type_again(mine, before, begun)
        self.to_add = to_add
        if self.has_changes:
            self._tell(Part.ALL)
        return self.has_changes

    def _refused(self, left: Left, sentence: str) -> None:
        if self.known.product != left.known.product:
            self._on_saved(left)
            return
        self.is_saving, self.refusal = False, sentence
        self._tell(Part.ERRORS)

    def take_back(self, undo: Undo) -> None:
        """Undo what was saved."""
        self.office.change(*undo.commands, then=lambda done: self._taken_back(undo, done), refused=self._not_taken_back)

    def _taken_back(self, undo: Undo, done: Done) -> None:
        if self.known.product == undo.product:
            self._show_again(self.start, left_at(self.office.reader, "product", undo.product, done.entries))
        self._on_saved(None)

    def _not_taken_back(self, sentence: str) -> None:
        self.refusal = sentence
        self._tell(Part.ERRORS)

    # ------------------------------------------------------------------------------ changes from elsewhere

    def follow(self) -> None:
        """Look whether the open product was changed elsewhere: what was not typed over here shows the new values."""
        if self.is_new or self.is_saving or not self.known.product:
            return
        known = queries.product_as_edit(self.office.reader, self.known.product)
        if known is None or known.base == self.known.base:
            return
        if self._show_again(self.start):
            self.notice = "This product was changed elsewhere just now. What you typed is still here."
            self._tell(Part.ERRORS)

    def _tell(self, part: Part) -> None:
        for listener in self.listeners:
            listener(part)


def _oddity(key: str) -> str:
    """What is odd about a code that looks like a GTIN and has another check digit."""
    if key.isdecimal() and len(key) in {8, 12, 13} and check_digit(key[:-1]) != int(key[-1]):
        return f"{key} is kept as it is, but its last digit would be {check_digit(key[:-1])}. Was it typed wrong?"
    return ""
