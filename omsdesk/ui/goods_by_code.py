"""The article that a code stands for, wherever it was scanned or typed."""

from __future__ import annotations

from omsdesk.domain.shop import Shop
from omsdesk.store.engine import Connection
from omsdesk.store.queries import till as queries
from omsdesk.store.queries.till import Found


def by_number(reader: Connection, code: str, shop: Shop, day: str) -> Found | None:
    """Find an article by its barcode, else by its SKU, else by what a number can be beside itself."""
    code = code.strip()
    found = queries.product_by_barcode(reader, code, shop, day) or queries.product_by_sku(reader, code, shop, day)
    if found is not None:
        return found
    from omsdesk.domain.gtin import other_readings

    by_key = (queries.product_by_barcode(reader, key, shop, day) for key in other_readings(code))
    return next(filter(None, by_key), None)


def by_code(reader: Connection, code: str, shop: Shop, day: str) -> Found | None:
    """Find an article by any code that stands on it, whatever else a code of GS1 says."""
    found = by_number(reader, code, shop, day)
    if found is not None:
        return found
    from omsdesk.devices import gs1

    article = gs1.article(code.strip())
    return by_number(reader, article, shop, day) if article != code else None
