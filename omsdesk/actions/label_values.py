"""What the labels of a product say, from what the database knows of it now."""

from __future__ import annotations

from omsdesk.actions.paper import letterhead
from omsdesk.documents.labels.product_values import LabelGoods, product_values, shop_values
from omsdesk.documents.labels.values import Values
from omsdesk.domain.catalogue import ProductEdit
from omsdesk.domain.labels import LabelRow
from omsdesk.domain.pricing import unit_price
from omsdesk.domain.shop import Shop
from omsdesk.domain.values import ONE, Money, barcode_text
from omsdesk.store.engine import Connection
from omsdesk.store.queries import catalogue as catalogue_queries
from omsdesk.store.queries import till as till_queries


def values_of_shop(shop: Shop, day: str) -> Values:
    """Write what a label can say of a shop on a day (ISO 8601)."""
    return shop_values(letterhead(shop), shop.locale, day)


def values_of_row(connection: Connection, row: LabelRow, shop: Shop, of_shop: Values, day: str) -> Values:
    """Write what the labels of a row say: of the shop, of its product on a day (ISO 8601), and what was entered for it.

    The price is what the till takes for one on that day from a customer whom it does not know.
    """
    known = catalogue_queries.product_as_edit(connection, row.product) if row.product else None
    entered = {value.name: value.text for value in row.values}
    if known is None:
        return {**of_shop, **entered}
    sold = till_queries.product_by_id(connection, row.product, shop, day)
    price = unit_price(sold.article.prices, ONE) if sold is not None else None
    return {**of_shop, **product_values(_goods(known, price, entered), shop.locale), **entered}


def _goods(known: ProductEdit, price: Money | None, entered: dict[str, str]) -> LabelGoods:
    code = next((barcode_text(pack.code) for pack in known.barcodes or () if pack.quantity == ONE), "")
    return LabelGoods(
        name=known.name or "",
        variant=known.variant or "",
        brand=known.brand or "",
        description=known.description or "",
        category=known.category or "",
        sku=known.sku or "",
        code=code,
        price=price,
        unit=known.unit or "",
        lot=entered.get("lot", ""),
    )
