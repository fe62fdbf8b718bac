"""Products, barcodes, prices and the words they are found by, as rows."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from omsdesk.domain.body import from_body
from omsdesk.domain.catalogue import (
    ORDINARY_PRICE,
    PRICE,
    TRAITS,
    PackCode,
    PricesSet,
    ProductEdit,
    ProductsSaved,
    price_place,
    price_value,
)
from omsdesk.domain.field_write import Seen
from omsdesk.domain.messages import Json
from omsdesk.domain.pricing import HEAD, PriceList
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.barcodes import Barcodes
from omsdesk.store.projections.field_write import FieldWrites
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.search_index import SearchIndex, count_early
from omsdesk.store.sql import Statements

_sql = Statements("catalogue")
_NEW: dict[str, Any] = {
    **dict.fromkeys(("name", "variant", "family", "brand", "sku", "category", "tax_category", "description"), ""),
    **dict.fromkeys(("image", "source_key", "traits"), ""),
    "unit": "piece",
    "favourite": 0,
    "is_sold": 1,
    "is_tracked": 1,
    "revision": 0,
    "sold_count": 0,
}


_NEW_LIST = {"is_given": False, "off_ppm": 0}


@on(ProductsSaved)
def products_saved(connection: Connection, entry: Entry, fact: ProductsSaved) -> None:
    """Write the products of one entry, a whole import batch at once."""
    batch = _Batch(connection, entry, {edit.product for edit in fact.edits})
    for edit in fact.edits:
        batch.add(edit)
    batch.write()


@on(PricesSet)
def prices_set(connection: Connection, entry: Entry, fact: PricesSet) -> None:
    """Write the prices of one list."""
    _set_list(connection, entry, fact)
    writes = FieldWrites(connection, "product", entry, {row.product for row in fact.rows})
    prices: list[dict[str, Any]] = []
    for row in fact.rows:
        field, value = row.field(fact.price_list.id), price_value(row.price, row.valid_to)
        if row.generation:
            no, revision = connection.row(_sql.NEXT_REVISION, id=row.product) or (None, 0)
            value = writes.take(row.product, Seen(row.saw, row.generation), {field: value}, revision)[field]
        else:
            no = None if field in writes.shown(row.product) else connection.value(_sql.PRODUCT_NO, id=row.product)
        if no is not None:
            prices.append(_price_row(no, field, value))
    connection.many(_sql.SAVE_PRICE, prices)
    writes.save()


def _set_list(connection: Connection, entry: Entry, fact: PricesSet) -> None:
    """Write what was said of the price list itself; who sets prices in one that is known says nothing of it."""
    head = fact.price_list
    if not fact.generation:
        connection.run(_sql.ADD_PRICE_LIST, **_NEW_LIST | _list_row(head))
        return
    writes = FieldWrites(connection, "price_list", entry, {head.id})
    shown: Any = writes.take(head.id, Seen(fact.saw, fact.generation), {HEAD: _list_row(head)}, 1)[HEAD]
    connection.run(_sql.SAVE_PRICE_LIST, **_NEW_LIST | shown)
    writes.save()


def save_price_lists(connection: Connection, entry: Entry, lists: Iterable[PriceList]) -> None:
    """Write the price lists that a shop brings; what was said of one where prices are set goes before."""
    known = list(lists)
    writes = FieldWrites(connection, "price_list", entry, {row.id for row in known})
    connection.many(_sql.SAVE_PRICE_LIST, [_NEW_LIST | _list_row(row) for row in known if not writes.shown(row.id)])


def _list_row(head: PriceList) -> dict[str, Any]:
    row = {name: getattr(head, name) for name in ("id", "name", "priority", "valid_from", "valid_to")}
    # Left out where they say nothing, as in what was written before there were any.
    return row | {name: getattr(head, name) for name in _NEW_LIST if getattr(head, name)}


def _price_row(no: int, field: str, value: Json) -> dict[str, Any]:
    assert isinstance(value, list)
    list_id, from_quantity, valid_from = price_place(field)
    place = {"product_no": no, "list_id": list_id, "from_quantity": from_quantity.micro, "valid_from": valid_from}
    return place | dict(zip(("minor", "currency", "valid_to"), value, strict=True))


class _Batch:
    """The rows of one entry, collected so that each table is read and written in one go."""

    def __init__(self, connection: Connection, entry: Entry, products: set[str]) -> None:
        self._connection = connection
        columns = _sql.PRODUCT_COLUMNS.split(", ")
        self._next_no = int(connection.value(_sql.LAST_PRODUCT_NO) or 0) + 1
        known = connection.rows(_sql.PRODUCT_ROWS, ids=json.dumps(list(products)))
        self._products = {row[1]: dict(zip(columns, row, strict=True)) for row in known}
        self._changed: dict[str, dict[str, Any]] = {}
        self._writes = FieldWrites(connection, "product", entry, products)
        self._barcodes = Barcodes(connection)
        self._prices: list[dict[str, Any]] = []
        self._index = SearchIndex(connection)
        self._new: set[str] = set()
        self._categories: set[str] = set()

    def add(self, edit: ProductEdit) -> None:
        """Take up one edit."""
        old = self._products.get(edit.product)
        if edit.category:
            # Whatever of it is shown: the categories must not depend on what was heard first.
            self._categories.add(edit.category)
        shown = self._take(edit, old) if edit.generation else self._begin(edit)
        if old is not None:
            self._put(old["no"], shown, old)
        elif not edit.generation:
            shown["id"] = edit.product
            self._put(self._next_no, shown, None)
            self._next_no += 1
            self._new.add(edit.product)

    def _take(self, edit: ProductEdit, old: dict[str, Any] | None) -> dict[str, Any]:
        """Merge an edit that says what it saw; of a product whose beginning has yet to be heard it is kept."""
        revision = old["revision"] + 1 if old else 0
        return self._writes.take(edit.product, Seen(edit.saw, edit.generation), edit.writes, revision)

    def _begin(self, edit: ProductEdit) -> dict[str, Any]:
        """Take what is the first that was said, under what was said of these fields since."""
        said = edit.changes
        if (price := said.pop("price", None)) is not None:
            said[ORDINARY_PRICE] = price_value(price, "")
        if not said.keys().isdisjoint(TRAITS):
            said.update((name, value) for name, value in edit.writes.items() if name in TRAITS)
        said.update(self._writes.begin(edit.product))
        return said

    def _put(self, no: int, shown: dict[str, Any], old: dict[str, Any] | None) -> None:
        for field in [name for name in shown if name.startswith(PRICE)]:
            self._prices.append(_price_row(no, field, shown.pop(field)))
        if "barcodes" in shown:
            self._barcodes.give(no, map(_pack, shown.pop("barcodes")), is_new=old is None)
        known = old or _NEW
        traits = {name: shown.pop(name) for name in TRAITS if name in shown}
        if traits:
            shown["traits"] = _with_traits(known["traits"], traits)
        new = {**known, **shown, "no": no, "revision": known["revision"] + 1}
        self._products[new["id"]] = self._changed[new["id"]] = new
        self._index.place(new, old)

    def write(self) -> None:
        """Write everything that was collected."""
        run = self._connection.many
        run(_sql.SAVE_PRODUCT, self._changed.values())
        self._barcodes.write()
        run(_sql.SAVE_PRICE, self._prices)
        self._index.write()
        count_early(self._connection, self._new)
        run(_sql.ADD_CATEGORY, [{"name": name} for name in sorted(self._categories)])
        self._writes.save()


def _with_traits(known: str, said: dict[str, Json]) -> str:
    """Write what is out of the ordinary: no words for what is not, so that all stations write the same."""
    merged: dict[str, Any] = {**(json.loads(known) if known else {}), **said}
    if not merged.get("minimum_price", [0])[0]:
        merged.pop("minimum_price", None)
    kept = {name: value for name, value in merged.items() if value}
    return json.dumps(kept, sort_keys=True, separators=(",", ":")) if kept else ""


def _pack(pack: PackCode | dict[str, Json]) -> PackCode:
    return pack if isinstance(pack, PackCode) else from_body(PackCode, pack)
