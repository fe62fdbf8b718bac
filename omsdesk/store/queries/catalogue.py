"""What the product pages and the import ask."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from omsdesk.domain.catalogue import TRAITS, PackCode, ProductEdit
from omsdesk.domain.pricing import RETAIL
from omsdesk.domain.values import Money, Quantity
from omsdesk.store.engine import Connection
from omsdesk.store.queries.till import traits_from
from omsdesk.store.sql import Statements

_sql = Statements("catalogue")


def owners(connection: Connection, codes: Iterable[str]) -> dict[str, str]:
    """Find the product that each of these barcodes is found as; free ones are left out."""
    return {code: products[0] for code, products in claims(connection, codes).items()}


def claims(connection: Connection, codes: Iterable[str]) -> dict[str, list[str]]:
    """Find the products that have each of these barcodes, the one that scanning finds first; free ones are left out."""
    found: dict[str, list[str]] = {}
    for code, product, _ in connection.rows(_sql.CLAIMS, codes=json.dumps(list(codes))):
        found.setdefault(code, []).append(product)
    return found


def revisions(connection: Connection, products: Iterable[str]) -> dict[str, int]:
    """Read the revisions of these products; those that are not known are left out."""
    return dict(connection.rows(_sql.REVISIONS, ids=json.dumps(list(products))))


def has_sku(connection: Connection, sku: str) -> bool:
    """Tell whether a product has this SKU."""
    return connection.row(_sql.BY_SKU, sku=sku) is not None


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
    fields = {name: known[name] for name in known if name not in {"no", "id", "revision", "sold_count", "traits"}}
    fields |= {"is_sold": bool(known["is_sold"]), "is_tracked": bool(known["is_tracked"])}
    traits = traits_from(known["traits"])
    fields |= {name: getattr(traits, name) for name in TRAITS}
    return ProductEdit(
        product, known["revision"], **fields, price=retail_price(connection, known["no"]), barcodes=barcodes
    )


def retail_price(connection: Connection, no: int) -> Money | None:
    """Read a product's ordinary price."""
    for list_id, from_quantity, valid_from, _, minor, currency in connection.rows(_sql.PRICES_OF, product_no=no):
        if list_id == RETAIL and not from_quantity and not valid_from:
            return Money(minor, currency)
    return None
