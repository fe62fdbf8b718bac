"""Products, barcodes, prices and the words they are found by, as rows."""

from __future__ import annotations

import json
from typing import Any

from omsdesk.domain.catalogue import PackCode, PricesSet, ProductEdit, ProductsSaved
from omsdesk.domain.pricing import RETAIL, PriceList
from omsdesk.store.engine import Connection
from omsdesk.store.journal import Entry
from omsdesk.store.projections.registry import on
from omsdesk.store.projections.search_index import SearchIndex
from omsdesk.store.sql import Statements

_sql = Statements("catalogue")
_HUES = 8
_NEW: dict[str, Any] = {
    **dict.fromkeys(("name", "variant", "family", "brand", "sku", "category", "tax_category", "description"), ""),
    **dict.fromkeys(("image", "source_key"), ""),
    "unit": "piece",
    "favourite": 0,
    "is_sold": 1,
    "is_tracked": 1,
    "revision": 0,
    "sold_count": 0,
}


@on(ProductsSaved)
def products_saved(connection: Connection, _: Entry, fact: ProductsSaved) -> None:
    """Write the products of one entry, a whole import batch at once."""
    batch = _Batch(connection, {edit.product for edit in fact.edits})
    for edit in fact.edits:
        batch.add(edit)
    batch.write()


@on(PricesSet)
def prices_set(connection: Connection, _: Entry, fact: PricesSet) -> None:
    """Write the prices of one list."""
    save_price_list(connection, fact.price_list)
    for row in fact.rows:
        product_no = connection.value(_sql.PRODUCT_NO, id=row.product)
        if product_no is not None:
            connection.run(
                _sql.SAVE_PRICE,
                product_no=product_no,
                list_id=fact.price_list.id,
                from_quantity=row.from_quantity.micro,
                valid_from=row.valid_from,
                valid_to=row.valid_to,
                minor=row.price.minor,
                currency=row.price.currency,
            )


def save_price_list(connection: Connection, price_list: PriceList) -> None:
    """Write the head of a price list."""
    connection.run(
        _sql.SAVE_PRICE_LIST,
        id=price_list.id,
        name=price_list.name,
        priority=price_list.priority,
        valid_from=price_list.valid_from,
        valid_to=price_list.valid_to,
    )


class _Batch:
    """The rows of one entry, collected so that each table is read and written in one go."""

    def __init__(self, connection: Connection, products: set[str]) -> None:
        self._connection = connection
        self._columns = _sql.PRODUCT_COLUMNS.split(", ")
        self._next_no = int(connection.value(_sql.LAST_PRODUCT_NO) or 0) + 1
        known = connection.rows(_sql.PRODUCT_ROWS, ids=json.dumps(list(products)))
        self._products = {row[1]: dict(zip(self._columns, row, strict=True)) for row in known}
        self._changed: dict[str, dict[str, Any]] = {}
        self._barcodes: dict[int, tuple[PackCode, ...]] = {}
        self._recoded: set[int] = set()
        self._prices: list[dict[str, Any]] = []
        self._index = SearchIndex(connection)
        self._categories: dict[str, None] = {}

    def add(self, edit: ProductEdit) -> None:
        """Take up one edit."""
        old = self._products.get(edit.product)
        said = edit.changes
        price, barcodes = said.pop("price", None), said.pop("barcodes", None)
        if old is None:
            new = {**_NEW, **said, "id": edit.product, "no": self._next_no, "revision": 1}
            self._next_no += 1
        else:
            new = {**old, **said, "revision": old["revision"] + 1}
        no = new["no"]
        self._products[edit.product] = self._changed[edit.product] = new
        self._index.place(new, old)
        if new["category"]:
            self._categories[new["category"]] = None
        if barcodes is not None:
            self._barcodes[no] = barcodes
            if old is not None:
                self._recoded.add(no)
        if price is not None:
            self._prices.append(
                {"product_no": no, "list_id": RETAIL, "from_quantity": 0, "valid_from": "", "valid_to": "",
                 "minor": price.minor, "currency": price.currency}
            )  # fmt: skip

    def write(self) -> None:
        """Write everything that was collected."""
        run = self._connection.many
        run(_sql.SAVE_PRODUCT, self._changed.values())
        run(_sql.CLEAR_BARCODES, ({"product_no": no} for no in self._recoded))
        run(
            _sql.SAVE_BARCODE,
            (
                {"code": pack.code, "product_no": no, "quantity": pack.quantity.micro}
                for no, packs in self._barcodes.items()
                for pack in packs
            ),
        )
        run(_sql.SAVE_PRICE, self._prices)
        self._index.write()
        self._add_categories()

    def _add_categories(self) -> None:
        named = json.dumps(list(self._categories))
        known = {name for (name,) in self._connection.rows(_sql.KNOWN_CATEGORIES, names=named)}
        first = int(self._connection.value(_sql.CATEGORY_COUNT))
        for position, name in enumerate((name for name in self._categories if name not in known), first):
            self._connection.run(_sql.ADD_CATEGORY, name=name, hue=position % _HUES, position=position)
