"""Products, barcodes, prices and the words they are found by, as rows."""

from __future__ import annotations

from typing import Any

from omsdesk.domain.catalogue import PricesSet, ProductEdit, ProductsSaved
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
    next_no = int(connection.value(_sql.LAST_PRODUCT_NO) or 0) + 1
    batch = _Batch(connection)
    for edit in fact.edits:
        old = batch.product(edit.product)
        if old is None:
            batch.add(edit, {**_NEW, "id": edit.product, "no": next_no}, is_new=True)
            next_no += 1
        else:
            batch.add(edit, old, is_new=False)
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
    """The rows of one entry, collected so that each table is written in one go."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._columns = _sql.PRODUCT_COLUMNS.split(", ")
        self._products: dict[str, dict[str, Any]] = {}
        self._barcodes: list[dict[str, Any]] = []
        self._prices: list[dict[str, Any]] = []
        self._index = SearchIndex(connection)
        self._categories: dict[str, None] = {}

    def product(self, product: str) -> dict[str, Any] | None:
        """Find the product as it is: in this batch already, or in the table."""
        if product in self._products:
            return self._products[product]
        row = self._connection.row(_sql.PRODUCT_ROW, id=product)
        return dict(zip(self._columns, row, strict=True)) if row else None

    def add(self, edit: ProductEdit, old: dict[str, Any], *, is_new: bool) -> None:
        """Take up one edit."""
        said = {name: getattr(edit, name) for name in edit.said if name in _NEW}
        new = {**old, **said, "revision": old["revision"] + 1}
        new["is_sold"], new["is_tracked"] = int(new["is_sold"]), int(new["is_tracked"])
        if new["category"]:
            self._categories[new["category"]] = None
        self._products[edit.product] = new
        self._index.place(new, None if is_new else old)
        self._code(edit, new["no"], is_new=is_new)
        if edit.price is not None:
            self._prices.append(
                {"product_no": new["no"], "list_id": RETAIL, "from_quantity": 0, "valid_from": "", "valid_to": "",
                 "minor": edit.price.minor, "currency": edit.price.currency}
            )  # fmt: skip

    def _code(self, edit: ProductEdit, no: int, *, is_new: bool) -> None:
        if edit.barcodes is None:
            return
        if not is_new:
            self._connection.run(_sql.CLEAR_BARCODES, product_no=no)
            self._barcodes = [row for row in self._barcodes if row["product_no"] != no]
        self._barcodes += [
            {"code": pack.code, "product_no": no, "quantity": pack.quantity.micro} for pack in edit.barcodes
        ]

    def write(self) -> None:
        """Write everything that was collected."""
        run = self._connection.many
        run(_sql.SAVE_PRODUCT, self._products.values())
        run(_sql.SAVE_BARCODE, self._barcodes)
        run(_sql.SAVE_PRICE, self._prices)
        self._index.write()
        count = int(self._connection.value(_sql.CATEGORY_COUNT))
        for position, name in enumerate(self._categories, count):
            self._connection.run(_sql.ADD_CATEGORY, name=name, hue=position % _HUES, position=position)
