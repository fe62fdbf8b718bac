"""What the product pages and the import ask."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from omsdesk.domain.catalogue import PackCode, ProductEdit
from omsdesk.domain.pricing import RETAIL
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.engine import Connection
from omsdesk.store.sql import Statements

_sql = Statements("catalogue")


def owners(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Find the product each of these barcodes belongs to; free ones are left out."""
    return dict(connection.rows(_sql.OWNERS_OF_BARCODES, codes=json.dumps(list(codes))))


def product_by_source_key(connection: Connection, source_key: str) -> str:
    """Find the product that an earlier import made of the same source row; empty where there is none."""
    return str(connection.value(_sql.BY_SOURCE_KEY, source_key=source_key) or "")


def product_count(connection: Connection) -> int:
    """Count all products."""
    return int(connection.value(_sql.PRODUCT_COUNT))


def product_as_edit(connection: Connection, product: str) -> ProductEdit | None:
    """Read everything that is known of a product, in the form in which it can be changed."""
    row = connection.row(_sql.PRODUCT_ROW, id=product)
    if row is None:
        return None
    known: dict[str, Any] = dict(zip(_sql.PRODUCT_COLUMNS.split(", "), row, strict=True))
    barcodes = tuple(
        PackCode(code, Quantity(quantity))
        for code, quantity in connection.rows(_sql.BARCODES_OF, product_no=known["no"])
    )
    fields = {name: known[name] for name in known if name not in {"no", "id", "revision", "sold_count"}}
    fields |= {"is_sold": bool(known["is_sold"]), "is_tracked": bool(known["is_tracked"])}
    return ProductEdit(
        product, known["revision"], **fields, price=retail_price(connection, known["no"]), barcodes=barcodes
    )


def retail_price(connection: Connection, no: int) -> Money | None:
    """Read a product's ordinary price."""
    for list_id, from_quantity, valid_from, _, minor, currency in connection.rows(_sql.PRICES_OF, product_no=no):
        if list_id == RETAIL and not from_quantity and not valid_from:
            return Money(minor, currency)
    return None
