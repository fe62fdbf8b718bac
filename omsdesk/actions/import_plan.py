"""What the rows of a product file come to: edits of products, opening stock, and what a person has to know of.

A file is believed in what it says, and what it leaves empty changes nothing: a re-import never clears a field, takes a
barcode off a product or touches stock. A product is known again by the key of its row, and one that was typed in by
hand by its barcode. A barcode is never taken from one product for another.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from operator import attrgetter
from typing import Any

from omsdesk.actions.tax_words import TaxWords
from omsdesk.channels.product_files.rows import ProductRow
from omsdesk.domain.catalogue import TRAITS, PackCode, ProductEdit
from omsdesk.domain.stock import ADJUSTMENT, Move
from omsdesk.domain.traits import PLAIN
from omsdesk.domain.values import Quantity, barcode_key, barcode_text
from omsdesk.store.engine import Connection
from omsdesk.store.queries.importing import (
    Known,
    Owner,
    owners_of,
    product_named,
    products_by_id,
    products_by_source_key,
)

_PIECE = "piece"
_PLAIN = {name: getattr(PLAIN, name) for name in TRAITS}
_SAID = ("name", "variant", "brand", "sku", "category", "description", "image", "favourite")
_said_of = attrgetter(*_SAID)


class Effect(StrEnum):
    """What a row does."""

    NEW = "new"
    CHANGED = "changed"
    UNCHANGED = "unchanged"


@dataclass(frozen=True, slots=True)
class PlannedRow:
    """What one row comes to. ``changes`` names the fields that get another value."""

    row: ProductRow
    effect: Effect
    changes: tuple[str, ...] = ()
    refused: str = ""
    """A sentence about what the row asks for and does not get."""


@dataclass(slots=True)
class Plan:
    """What a batch of rows comes to."""

    rows: list[PlannedRow] = field(default_factory=list)
    edits: list[ProductEdit] = field(default_factory=list)
    moves: list[Move] = field(default_factory=list)

    def count(self, effect: Effect) -> int:
        """How many rows have this effect."""
        return sum(row.effect is effect for row in self.rows)


class Planner:
    """Turns batches of rows into plans, each by what the database knows when its turn has come.

    ``remembers`` is for a rehearsal: nothing is written, so what earlier batches would have made is kept in mind.
    """

    def __init__(
        self, connection: Connection, source: str, place: str, taxes: TaxWords, new_id: Callable[[], str],
        *, remembers: bool = False,
    ) -> None:  # fmt: skip
        """Take where to look products up, what their keys begin with, and where opening stock goes."""
        self._connection = connection
        self._source = source
        self._place = place
        self._taxes = taxes
        self._new_id = new_id
        self._made: dict[int, int] | None = {} if remembers else None
        self._deposits: dict[str, str] = {}
        """The deposits that the file itself brings, by SKU and barcode."""

    def plan(self, rows: Iterable[ProductRow]) -> Plan:
        """Work out a batch; of rows with one key the last one counts."""
        by_key = {f"{self._source}:{row.key}": row for row in rows}
        packs = {key: _packs(row) for key, row in by_key.items()}
        owners = owners_of(self._connection, {code for own in packs.values() for code in own})
        known = products_by_source_key(self._connection, by_key)
        if owners:
            known |= self._made_by_hand(packs, owners, known)
        known |= self._of_our_own(by_key, known)
        owner_of = {code: (owner.product, owner.name) for code, owner in owners.items()}
        plan = Plan()
        # A bottle may stand above the deposit that it names.
        for key, row in sorted(by_key.items(), key=lambda item: ("is_deposit", True) not in item[1].traits):
            self._add(plan, key, row, packs[key], known.get(key), owner_of)
        return plan

    def _of_our_own(self, keys: Iterable[str], known: dict[str, Known]) -> dict[str, Known]:
        """Find products by their own ids, as a file has them that was written here."""
        start = f"{self._source}:id:"
        ids = {key.removeprefix(start): key for key in keys if key not in known and key.startswith(start)}
        return {ids[product]: row for product, row in products_by_id(self._connection, ids).items()}

    def _made_by_hand(
        self, packs: dict[str, dict[str, int]], owners: dict[str, Owner], known: dict[str, Known]
    ) -> dict[str, Known]:
        found: dict[str, str] = {}
        for key, codes in packs.items():
            if key not in known:
                by_hand = {owners[code].product for code in codes if code in owners and not owners[code].source_key}
                if len(by_hand) == 1 and by_hand.isdisjoint(found.values()):
                    found[key] = by_hand.pop()
        by_id = products_by_id(self._connection, found.values())
        return {key: by_id[product] for key, product in found.items()}

    def _add(
        self, plan: Plan, key: str, row: ProductRow, packs: dict[str, int], known: Known | None,
        owner_of: dict[str, tuple[str, str]],
    ) -> None:  # fmt: skip
        product = known.product if known else self._new_id()
        own = known.codes if known else {}
        taken = [
            code
            for code in packs
            if (code not in own and owner_of.get(code, (product,))[0] != product) or self._is_made(code, key)
        ]
        free = {code: micro for code, micro in packs.items() if code not in taken} if taken else packs
        for code in free:
            owner_of[code] = (product, row.name)
        said = self._said(row, known.columns["source_key"] if known and _is_own_id(key, known) else key)
        lacking = self._named_deposit(said) if row.traits else ""
        if ("is_deposit", True) in row.traits:
            self._deposits.update(dict.fromkeys((row.sku, *(pack.code for pack in row.barcodes)), product))
        edit = _changed(known, said, row, free) if known else _created(product, said, row, free, self._taxes.ordinary)
        refused = _refusal(taken, owner_of) or lacking
        if known or self._is_made(key, key):
            effect = Effect.CHANGED if edit else Effect.UNCHANGED
        else:
            effect = Effect.NEW
            if row.on_hand:
                plan.moves.append(self._opening(product, row.on_hand))
        self._remember(key, free)
        if edit:
            plan.edits.append(edit)
        plan.rows.append(PlannedRow(row, effect, edit.said if edit and known else (), refused))

    def _said(self, row: ProductRow, key: str) -> dict[str, Any]:
        said = {name: value for name, value in zip(_SAID, _said_of(row), strict=True) if value}
        said["source_key"] = key
        said.update(row.traits)
        tax_category = self._taxes.category(row.tax) if row.tax else ""
        if tax_category:
            said["tax_category"] = tax_category
        return said

    def _named_deposit(self, said: dict[str, Any]) -> str:
        """Put the product in the place of a deposit's SKU or barcode; gives a sentence where there is none."""
        named = said.pop("deposit", "")
        if not named:
            return ""
        found = self._deposits.get(named) or product_named(self._connection, named)
        if not found:
            return f"There is no deposit with the SKU or barcode “{named}”. The product was imported without it."
        said["deposit"] = found
        return ""

    def _opening(self, product: str, on_hand: Quantity) -> Move:
        if on_hand.micro < 0:
            return Move(product, -on_hand, self._place, ADJUSTMENT)
        return Move(product, on_hand, ADJUSTMENT, self._place)

    def _is_made(self, what: str, key: str) -> bool:
        """Tell whether an earlier batch of a rehearsal gave this key, or this code, to another row."""
        if self._made is None:
            return False
        maker = self._made.get(hash(what))
        return maker is not None and (what == key or maker != hash(key))

    def _remember(self, key: str, codes: Iterable[str]) -> None:
        # Hashes instead of texts: a rehearsal of a million rows takes a tenth of the memory.
        if self._made is not None:
            maker = hash(key)
            self._made[maker] = maker
            for code in codes:
                self._made[hash(code)] = maker


def _packs(row: ProductRow) -> dict[str, int]:
    return {barcode_key(pack.code): pack.quantity.micro for pack in row.barcodes}


def _created(
    product: str, said: dict[str, Any], row: ProductRow, packs: dict[str, int], tax_category: str
) -> ProductEdit:
    said.setdefault("tax_category", tax_category)
    if row.unit != _PIECE:
        said["unit"] = row.unit
    if not row.is_sold:
        said["is_sold"] = False
    return ProductEdit(product, **said, price=row.price, barcodes=_pack_codes(packs) or None)


def _changed(known: Known, said: dict[str, Any], row: ProductRow, packs: dict[str, int]) -> ProductEdit | None:
    columns = known.columns
    changes = {name: value for name, value in said.items() if _is_other(columns.get(name, _PLAIN.get(name)), value)}
    # A file without a column for units says “piece” of everything.
    if row.unit not in (_PIECE, columns["unit"]):
        changes["unit"] = row.unit
    if row.is_sold != bool(columns["is_sold"]):
        changes["is_sold"] = row.is_sold
    if row.price is not None and row.price != known.price:
        changes["price"] = row.price
    if packs.items() - known.codes.items():
        changes["barcodes"] = _pack_codes(known.codes | packs)
    return ProductEdit(known.product, known.revision, **changes) if changes else None


def _is_own_id(key: str, known: Known) -> bool:
    return key.endswith(f":id:{known.product}")


def _is_other(known: Any, said: Any) -> bool:
    """Tell whether a field gets another value; no minimum price and one of nothing are the same."""
    return known != said and bool(known or said)


def _pack_codes(packs: dict[str, int]) -> tuple[PackCode, ...]:
    return tuple(PackCode(code, Quantity(micro)) for code, micro in packs.items())


def _refusal(taken: list[str], owner_of: dict[str, tuple[str, str]]) -> str:
    if not taken:
        return ""
    code = taken[0]
    owner = f"“{owner_of[code][1]}”" if code in owner_of else "another row"
    return f"The barcode {barcode_text(code)} belongs to {owner} already. The product was imported without it."
