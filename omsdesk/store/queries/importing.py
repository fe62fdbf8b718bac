"""What an import asks of a whole batch of rows at once: which products they are, as they stand now."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, NamedTuple

from omsdesk.domain.catalogue import TRAITS
from omsdesk.domain.values import Money, barcode_key
from omsdesk.store.engine import Connection
from omsdesk.store.queries.till import traits_from
from omsdesk.store.sql import Statements

_sql = Statements("importing")
_catalogue = Statements("catalogue")


@dataclass(frozen=True, slots=True)
class Known:
    """A product as it stands: its columns by name, its ordinary price, its barcodes with micro units per scan."""

    product: str
    revision: int
    columns: dict[str, Any]
    price: Money | None
    codes: dict[str, int]


class Owner(NamedTuple):
    """Whose a barcode is, and which import made the product (empty: it was typed in by hand)."""

    product: str
    source_key: str
    name: str


def products_by_source_key(connection: Connection, keys: Iterable[str]) -> dict[str, Known]:
    """Find the products that earlier imports made, by the keys of their rows."""
    found = _known(connection, _sql.BY_SOURCE_KEYS, list(keys))
    return {known.columns["source_key"]: known for known in found}


def products_by_id(connection: Connection, products: Iterable[str]) -> dict[str, Known]:
    """Find products by their ids."""
    return {known.product: known for known in _known(connection, _sql.BY_IDS, list(products))}


def product_named(connection: Connection, text: str) -> str:
    """Find the one product with an SKU or a barcode; empty where there is none, or several share it."""
    found = connection.rows(_catalogue.BY_SKU, sku=text)
    if len(found) == 1:
        return str(found[0][1])
    owned = connection.rows(_sql.OWNERS, values=json.dumps([barcode_key(text)]))
    return str(owned[0][1]) if owned else ""


def owners_of(connection: Connection, codes: Iterable[str]) -> dict[str, Owner]:
    """Find whose barcodes these are; free ones are left out."""
    rows = connection.rows(_sql.OWNERS, values=json.dumps(list(codes)))
    return {code: Owner(*owner) for code, *owner in rows}


def _known(connection: Connection, statement: str, values: list[str]) -> list[Known]:
    if not values:
        return []
    names = _sql.COLUMNS.split(", ")
    rows = [dict(zip(names, row, strict=True)) for row in connection.rows(statement, values=json.dumps(values))]
    for row in rows:
        if row["traits"]:
            traits = traits_from(row["traits"])
            row.update({name: getattr(traits, name) for name in TRAITS})
    numbers = json.dumps([row["no"] for row in rows])
    prices = {no: Money(minor, currency) for no, minor, currency in connection.rows(_sql.RETAIL_PRICES, values=numbers)}
    codes: dict[int, dict[str, int]] = {}
    for no, code, micro in connection.rows(_sql.CODES, values=numbers):
        codes.setdefault(no, {})[code] = micro
    return [
        Known(row["id"], row["revision"], row, prices.get(row["no"]), codes.get(row["no"], {}))
        for row in rows
    ]  # fmt: skip
